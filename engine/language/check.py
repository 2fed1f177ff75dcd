"""Syntax to typed core: names resolved, units matched, sugar gone.

One table says which function checks which phrase; the functions live in
`naming` (names, literals), `conditions` (truth), `arithmetic` (numbers, dates),
`selections` (series) and `visits` (values at a visit).
"""

from engine.language import arithmetic, conditions, naming, selections, visits
from engine.language import syntax as s
from engine.language.checker import Checker, Phrase
from engine.language.core import Core
from engine.language.names import Names, Scope
from engine.language.types import Type
from engine.source.diagnostic import Diagnostics

PHRASES: dict[type, Phrase] = {
    s.Quantity: naming.a_quantity,
    s.DateLiteral: naming.a_date,
    s.TruthLiteral: naming.a_truth,
    s.CodeLiteral: naming.a_code,
    s.Name: naming.a_name,
    s.Attribute: naming.an_attribute,
    s.VisitAspect: naming.a_visit_aspect,
    s.Junction: conditions.junction,
    s.Negation: conditions.negation,
    s.Unless: conditions.unless,
    s.CountOf: conditions.count_of,
    s.Compare: conditions.compare,
    s.Between: conditions.between,
    s.Member: conditions.member,
    s.Known: conditions.known,
    s.IfKnown: conditions.if_known,
    s.IfThenElse: conditions.if_then_else,
    s.Total: arithmetic.total,
    s.Scaled: arithmetic.scaled,
    s.Negative: arithmetic.negative,
    s.Raised: arithmetic.raised,
    s.PercentOf: arithmetic.percent_of,
    s.FunctionCall: arithmetic.function,
    s.Elapsed: arithmetic.elapsed,
    s.At: visits.at,
    s.Selection: selections.select,
}


def check(
    syntax: s.Syntax, names: Names, scope: Scope, findings: Diagnostics, *, like: Type | None = None
) -> Core | None:
    """The core of an expression, or None where it has errors, which are in `findings`.

    `like` is the type wanted, where a bare code needs to be told its codelist.
    """
    return Checker(names, scope, findings, PHRASES).check(syntax, like)
