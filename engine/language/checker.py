"""What every part of the checker shares: the names, the scope, the findings.

A phrase that does not fit is reported where it stands and gives None, so that
nothing follows from it and the rest of the expression is still looked at.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.language import syntax as s
from engine.language.apply import apply
from engine.language.core import Const, Core
from engine.language.names import Names, Scope, VariableName
from engine.language.types import DAY, Code, Type
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.source.suggest import did_you_mean, nearest

FEW = 8
"""So many names can be read at a glance."""

Phrase = Callable[["Checker", Any], Core | None]
"""How one kind of phrase is checked."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks phrases by the table `phrases`, in one scope."""

    names: Names
    scope: Scope
    findings: Diagnostics
    phrases: Mapping[type, Phrase]

    def check(self, node: s.Syntax, like: Type | None = None) -> Core | None:
        """The core of a phrase; `like` is the type wanted, which gives a bare code its codelist."""
        if isinstance(like, Code) and isinstance(node, s.Name | s.CodeLiteral) and not self.is_named(node):
            return self.code(node, like)
        if isinstance(like, Code) and isinstance(node, s.Total | s.Scaled) and self._unquoted(node, like):
            return None
        return self.phrases[type(node)](self, node)

    def inside(self, scope: Scope) -> "Checker":
        return replace(self, scope=scope)

    def fail(self, code: str, message: str, at: Span, help: str | None = None) -> None:
        self.findings.error(code, message, at, help=help)

    def call(self, operator: str, at: Span, *args: Core | None) -> Core | None:
        return apply(operator, args, at, self.findings)

    def _unquoted(self, node: s.Total | s.Scaled, like: Code) -> bool:
        """Whether a code with a sign in it, as `III+V`, stands here as a sum; then it is reported."""
        pairs = node.terms if isinstance(node, s.Total) else node.factors
        words = [f"{sign}{part.name}" for sign, part in pairs if isinstance(part, s.Name)]
        if len(words) < len(pairs) or any(self.is_named(part) for _, part in pairs):
            return False
        code = "".join(words)[1:]
        message = f"a code with a sign in it needs quotes: `{code}` is read as a calculation"
        near = code if code in like.codes else nearest(code, like.codes)
        self.fail("code", message, node.at, f"write `'{near}'`" if near else meant(code, like.codes))
        return True

    def is_named(self, node: s.Syntax) -> bool:
        """Whether this is a name of something, and so no code."""
        known = (self.names.entries, self.names.in_doubt, self.fields())
        return isinstance(node, s.Name) and any(node.name in names for names in known)

    def fields(self) -> dict[str, Type]:
        """The attributes that stand bare: of the record selected, else of the rule's record."""
        holder = self.scope.record or self.scope.this
        return {} if holder is None else fields_of(holder)

    def code(self, node: s.Name | s.CodeLiteral, like: Code) -> Core | None:
        code = node.name if isinstance(node, s.Name) else node.code
        if code in like.codes:
            return Const(code, like, node.at)
        self.fail("code", f"`{code}` is not a code of `{like.codelist}`", node.at, meant(code, like.codes))
        return None


def meant(word: str, known: Iterable[str]) -> str | None:
    """Help for a word that is none of the known ones: the nearest of them, or all if they are few.

    A grade is not guessed from another: `III` and `II` are a letter apart.
    """
    names = tuple(known)
    near = did_you_mean(word, names) if len(word) > 3 else None
    if near is None and 0 < len(names) <= FEW:
        return f"there {'are' if len(names) > 1 else 'is'} {', '.join(f'`{name}`' for name in names)}"
    return near or did_you_mean(word, names)


def fields_of(variable: VariableName) -> dict[str, Type]:
    """What a record of the variable holds: its value, its days, its attributes."""
    fields: dict[str, Type] = {"start": DAY, **variable.attributes}
    if variable.kind == "episode":
        fields["end"] = DAY
    if variable.value is not None:
        fields["value"] = variable.value
    return fields
