"""The lints, a row each; the handbook has a page of every row, with what it warns of and what it does not."""

from collections.abc import Iterator

from engine.assurance.lint.criteria import contradictory, implied, same_rule
from engine.assurance.lint.figures import text_disagrees
from engine.assurance.lint.model import Found, Lint, Subject
from engine.assurance.lint.months import chained_months
from engine.assurance.lint.nobody import decided_for_nobody
from engine.assurance.lint.outcomes import never_false, never_true, one_way_comparison
from engine.assurance.lint.parameters import groundless, open_query
from engine.assurance.lint.unused import (
    unscheduled,
    unused_codelist,
    unused_definition,
    unused_parameter,
    unused_variable,
)

ACCEPTS_NOTHING = "accepts-nothing"
"""It is said of what the others found, and cannot be accepted itself."""


def nothing(_: Subject) -> Iterator[Found]:
    return iter(())


_ROWS = (
    Lint(
        "never-true",
        "A rule that can never be true",
        "Nothing that can be recorded makes it true: the plausible ranges, the codelists and the values of "
        "the parameters leave no way, or its own conditions cannot hold together.",
        "Look at the comparison that is pointed at: a limit beyond the range, a sign the wrong way round, or "
        "a choice that takes the rule out of force.",
        never_true,
        proved=True,
    ),
    Lint(
        "never-false",
        "A rule that can never be false",
        "Nothing that can be recorded makes it false, so it keeps nobody out and finds nothing.",
        "Look at the comparison that is pointed at, as for a rule that is never true.",
        never_false,
        proved=True,
    ),
    Lint(
        "one-way-comparison",
        "A comparison that can go only one way",
        "Inside a rule that can go both ways, a comparison of something recorded always comes out the same "
        "wherever it is known.",
        "Correct the limit, the unit or the range; or leave the comparison out.",
        one_way_comparison,
    ),
    Lint(
        "decided-for-nobody",
        "A rule decided for a patient of whom nothing is known",
        "A blank file gives this rule an answer. Missing data then pass for an answer, too.",
        "Give the selection a period that has to be known, or the variable `absent: unknown`; or ask "
        "`is known` where the answer is meant.",
        decided_for_nobody,
    ),
    Lint(
        "same-rule",
        "Two rules that say the same",
        "Two rules of one role have one meaning under two names: one may be a copy that was never changed.",
        "Correct the copy, or let one name the other.",
        same_rule,
    ),
    Lint(
        "implied",
        "A criterion implied by another",
        "Whoever passes the one passes the other as well, and so does whoever passes several together that "
        "are named: the criterion keeps nobody out whom they let in.",
        "Leave the looser one out, or correct its limit.",
        implied,
        proved=True,
    ),
    Lint(
        "contradictory",
        "Criteria that nobody can meet together",
        "No patient passes them all, though each can be passed.",
        "Correct the sign or the limit of one of them.",
        contradictory,
        proved=True,
    ),
    Lint(
        "text-disagrees",
        "A text and a rule with different figures",
        "The protocol's words hold a figure that the rule does not read, while it reads others of that kind. "
        "Units are converted, and rules that quote the same words are taken together.",
        "Correct the parameter, or copy the text again.",
        text_disagrees,
    ),
    Lint(
        "chained-months",
        "Months added to months",
        "Months clamp to the end of the month, so two additions can end on another day than one of their "
        "sum: 31 January and 1 month and 1 month is 28 March, and 31 January and 2 months is 31 March.",
        "Add all months at once to the first day.",
        chained_months,
    ),
    Lint(
        "groundless",
        "A parameter without its ground",
        "A registered figure that does not say where in the protocol it stands, an assumed one without a "
        "reason, or a query without a question.",
        "Write the section, the citation or the question.",
        groundless,
    ),
    Lint(
        "unscheduled",
        "A variable that is read and at no visit due",
        "A rule reads a measurement or judgement that no visit asks for, so it may never be recorded.",
        "Add it to `due` of the visits at which it is asked for.",
        unscheduled,
    ),
    Lint(
        "unused-parameter",
        "A parameter that nothing reads",
        "No rule, visit or typical patient reads it, and no endpoint or design text names it in backticks: "
        "changing it would change nothing.",
        "Use it, name it in the analysis that follows it, or leave it out.",
        unused_parameter,
    ),
    Lint(
        "unused-variable",
        "A variable that nothing reads",
        "No rule or endpoint reads it, and no visit has it due.",
        "Use it, put it under `due`, or leave it out.",
        unused_variable,
    ),
    Lint(
        "unused-definition",
        "A definition that nothing reads",
        "No other rule and no typical patient reads it, and no endpoint names it in backticks.",
        "Use it, name it in the analysis that follows it, or leave it out.",
        unused_definition,
    ),
    Lint(
        "unused-codelist",
        "A codelist that nothing uses",
        "No variable, attribute or parameter takes its codes from it.",
        "Use it, or leave it out.",
        unused_codelist,
    ),
    Lint(
        "open-query",
        "A question that awaits an answer",
        "The protocol is unclear here. It is no fault of the files, and stands until the protocol's writer "
        "answers. It is shown on a line and is no warning.",
        "Let the writer answer, then give the parameter the status `registered`.",
        open_query,
        severity="info",
    ),
    Lint(
        ACCEPTS_NOTHING,
        "An acceptance of nothing",
        "An entry of `accepted` in `protocol/study.yaml` covers nothing that is found: what it was about has "
        "been mended, or it names something else.",
        "Leave it out.",
        nothing,
    ),
)

LINTS: dict[str, Lint] = {row.code: row for row in _ROWS}
