"""The answer a case expects, as written: of the type its rule gives, and compared as far as it is written."""

import re
from dataclasses import dataclass
from decimal import Decimal

from engine.assurance.cases import Expected
from engine.assurance.changes import Changing
from engine.language.types import Code, Day, Number, Truth, Type
from engine.language.values import DayRange, NumberRange, OneOf, Value
from engine.source.suggest import did_you_mean
from engine.source.tree import Scalar
from engine.study.linked import ELIGIBLE, Study
from engine.study.typical_values import Wanted, constant

TRUTHS: dict[str, bool | None] = {"true": True, "false": False, "unknown": None}
DECISIONS: dict[str, bool | None] = {"eligible": True, "ineligible": False, "undetermined": None}
UNKNOWN, EXEMPT = "unknown", "does not apply"
_DIGITS = re.compile(r"[-+]?(\d+)(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Answers:
    """Reads the answers of one rule, about one patient."""

    study: Study
    rule: str
    changing: Changing

    def expected(self, scalar: Scalar) -> Expected | None:
        """An answer; what is none for this rule is in the findings."""
        text, kind = scalar.text.strip(), self.study.program.rules[self.rule].type
        if text == EXEMPT:
            return self.exempt(scalar)
        if isinstance(kind, Truth):
            return self.truth(scalar)
        if text == UNKNOWN and not (isinstance(kind, Code) and text in kind.codes):
            return Expected(text, None)
        return self.value(scalar, kind)

    def fail(self, scalar: Scalar, help: str | None) -> None:
        message = f"`{scalar.text.strip()}` is no answer that `{self.rule}` can give"
        self.changing.fail("no-answer", message, scalar.at, help)

    def exempt(self, scalar: Scalar) -> Expected | None:
        if f"{self.rule}.applies_when" in self.study.program.rules:
            return Expected(EXEMPT, True, applies=False)
        self.fail(scalar, f"`{self.rule}` has no `applies_when`: it is about everybody")
        return None

    def truth(self, scalar: Scalar) -> Expected | None:
        text = scalar.text.strip()
        words = TRUTHS | DECISIONS if self.rule == ELIGIBLE else TRUTHS
        if text in words:
            return Expected(text, words[text])
        self.fail(scalar, did_you_mean(text, words) or "it is " + " or ".join(f"`{word}`" for word in words))
        return None

    def value(self, scalar: Scalar, kind: Type) -> Expected | None:
        text = scalar.text.strip()
        if isinstance(kind, Day):
            day = self.changing.day(scalar)
            return None if day is None else Expected(text, day)
        core = self.changing.values.expression(scalar, Wanted(kind))
        if core is None:
            return None
        value: Value = constant(core) if isinstance(kind, Number) else getattr(core, "value", None)
        if value is None:
            self.fail(scalar, "write a value")
            return None
        return Expected(text, value, _tolerance(text, value))


def _tolerance(text: str, value: Value) -> float:
    """Half of the last figure written, in the unit of the rule."""
    digits = _DIGITS.search(text)
    if digits is None or not isinstance(value, Decimal):
        return 0.0
    written = float(digits[0])
    half = 0.5 * 10.0 ** -len(digits[2] or "")
    return half * (abs(float(value) / written) if written else 1.0)


def agrees(expected: Expected, found: Value) -> bool:
    """Whether a value is the one that was written."""
    wanted = expected.value
    match wanted, found:
        case Decimal(), bool() | None | NumberRange() | DayRange() | OneOf() | str():
            return False
        case Decimal(), float() | Decimal():
            return abs(float(found) - float(wanted)) <= expected.tolerance * (1 + 1e-9) + 1e-12
        case _:
            return type(wanted) is type(found) and wanted == found
