"""What every part of the checker shares: the names, the scope, the findings.

A phrase that does not fit is reported where it stands and gives None, so that
nothing follows from it and the rest of the expression is still looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.language import syntax as s
from engine.language.apply import apply
from engine.language.core import Const, Core
from engine.language.names import Names, Scope, VariableName
from engine.language.types import DAY, Code, Type
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.source.suggest import did_you_mean

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
        return self.phrases[type(node)](self, node)

    def inside(self, scope: Scope) -> "Checker":
        return replace(self, scope=scope)

    def fail(self, code: str, message: str, at: Span, help: str | None = None) -> None:
        self.findings.error(code, message, at, help=help)

    def call(self, operator: str, at: Span, *args: Core | None) -> Core | None:
        return apply(operator, args, at, self.findings)

    def is_named(self, node: s.Syntax) -> bool:
        return isinstance(node, s.Name) and (node.name in self.names.entries or node.name in self.fields())

    def fields(self) -> dict[str, Type]:
        """The attributes that stand bare: of the record selected, else of the rule's record."""
        holder = self.scope.record or self.scope.this
        return {} if holder is None else fields_of(holder)

    def code(self, node: s.Name | s.CodeLiteral, like: Code) -> Core | None:
        code = node.name if isinstance(node, s.Name) else node.code
        if code in like.codes:
            return Const(code, like, node.at)
        listed = f"its codes are {', '.join(f'`{c}`' for c in like.codes)}"
        help = did_you_mean(code, like.codes) or listed
        self.fail("code", f"`{code}` is not a code of `{like.codelist}`", node.at, help)
        return None


def fields_of(variable: VariableName) -> dict[str, Type]:
    """What a record of the variable holds: its value, its days, its attributes."""
    fields: dict[str, Type] = {"start": DAY, **variable.attributes}
    if variable.kind == "episode":
        fields["end"] = DAY
    if variable.value is not None:
        fields["value"] = variable.value
    return fields
