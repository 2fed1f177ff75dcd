"""One line of plain English for what decided, and for what is missing."""

from engine.language.core import Call, Fact, Field, Records, Select, VisitDay
from engine.language.days import show as show_day
from engine.language.english import THIS_VISIT, english
from engine.language.operators import COMPARISONS, OPERATORS
from engine.language.show import show
from engine.reference.decisive import Condition, Read, Recorded
from engine.reference.trace import Traced
from engine.reference.unknown import Unknown, variable_of
from engine.source.place import Span

ANSWERS = {True: "yes", False: "no", None: "not known"}
MOST_READ = 3
"""More recorded values than this are counted instead of listed."""


def place(spans: tuple[Span, ...]) -> str:
    """`records.csv line 41`, or the lines of a merged record."""
    files = dict.fromkeys(span.file for span in spans)
    return "; ".join(f"{file} line{_lines([s.line for s in spans if s.file == file])}" for file in files)


def _lines(lines: list[int]) -> str:
    shown = ", ".join(str(line) for line in sorted(set(lines)))
    return f" {shown}" if len(set(lines)) == 1 else f"s {shown}"


def said(found: Read) -> str:
    """`weight` was 61.5 kg on 2025-03-01 (records.csv line 41)."""
    of_day = found.record is not None and found.value == found.record.start
    value = "" if found.value is None and found.record else f" was {show(found.value, found.type)}"
    day = "" if found.record is None or of_day else f" on {show_day(found.record.start)}"
    return f"`{found.name}`{value}{day} ({place(found.at)})"


def reason(condition: Condition, wanted: bool | None, recorded: Recorded) -> str:
    """The line that says what a condition found, and what was wanted of it where that failed."""
    traced = condition.traced
    required = None if wanted is None else wanted is not condition.negated
    if isinstance(traced.core, Call) and traced.core.operator in COMPARISONS:
        return _comparison(condition, required, recorded)
    found = recorded.under(traced, condition.variable)
    line = f"{english(traced.core)}: {ANSWERS[traced.value]}"  # type: ignore[index]
    return f"{line}; {_listed(found)}" if found else line


def _comparison(condition: Condition, required: bool | None, recorded: Recorded) -> str:
    traced = condition.traced
    assert isinstance(traced.core, Call)
    left, right = traced.parts
    found, beside = (recorded.under(part, condition.variable) for part in (left, right))
    measure = f"{OPERATORS[traced.core.operator].sign} {show(right.value, right.core.type)}"
    line = f"{_left(left, found)}; {_verb(traced.value, required)} {measure}"
    return f"{line}, from {_listed(beside)}" if beside else line


def _verb(value: object, required: bool | None) -> str:
    if value is None:
        return "this may or may not be" if required is None else f"it must {'' if required else 'not '}be"
    if required is None or value is required:
        return "it is" if value else "it is not"
    return "it must be" if required else "it must not be"


def _left(left: Traced, found: tuple[Read, ...]) -> str:
    """The value compared: as recorded, or what it came to and from which records."""
    if len(found) == 1 and isinstance(left.core, Select | Fact | Field):
        return said(found[0])
    came_to = f"{english(left.core)} was {show(left.value, left.core.type)}"
    return f"{came_to}, from {_listed(found)}" if found else came_to


def _listed(found: tuple[Read, ...]) -> str:
    shown = "; ".join(said(each) for each in found[:MOST_READ])
    rest = len(found) - MOST_READ
    return f"{shown}; and {rest} more" if rest > 0 else shown


def missing(unknown: Unknown, recorded: Recorded) -> str:
    """What would have to be known, in words."""
    at = unknown.at
    if any(one.at.end == at.end for one in unknown.open) or isinstance(at.core, VisitDay):
        return _lack(at)
    gaps = tuple(dict.fromkeys(_lack(one.at) for one in unknown.open if one.at.value is None))
    if gaps:
        return f"{' and '.join(gaps)}, which leaves open {_at_visit(at)}"
    found = "; ".join(dict.fromkeys(_in_part(one.at, one.variable, recorded) for one in unknown.open))
    return f"{found} leaves open {_at_visit(at)}" if found else f"{_at_visit(at)} is open"


def _in_part(node: Traced, variable: str, recorded: Recorded) -> str:
    """What is known only in part: as recorded, or as what a selection came to."""
    found = recorded.under(node, variable)
    return _listed(found) if found else f"{_at_visit(node)} was {show(node.value, node.core.type)}"


def _lack(node: Traced) -> str:
    """What is missing at a node itself."""
    match node.core:
        case Fact(name=name):
            return f"`{name}` is not recorded"
        case VisitDay():
            return f"the day of {_at_visit(node)} is not known"
        case Field(of=of, name=name):
            return _field(node, of, name)
        case Select(source=Records(variable=variable)):
            return _selection(node, variable)
        case _:
            return f"{_at_visit(node)} is open"


def _at_visit(node: Traced) -> str:
    """An expression in words that say which visit is meant."""
    words = english(node.core)
    return words if node.view.visit is None else words.replace(THIS_VISIT, f"`{node.view.visit}`")


def _field(cause: Traced, of: str, name: str) -> str:
    record = getattr(cause.view, of)
    if record is None:
        return f"there is no {of} record to take `{name}` from"
    variable = variable_of(cause.trace.reading.timeline, cause.view, of)
    shown = variable if name == "value" else f"{variable}.{name}"
    return f"`{shown}` of {show_day(record.start)} ({place(record.at)}) is not known"


def _selection(cause: Traced, variable: str) -> str:
    looked_at = [part for part in cause.parts if part.view.record is not None]
    if not looked_at:
        return f"nothing is recorded for {_at_visit(cause)}"
    days = dict.fromkeys(show_day(part.view.record.start) for part in looked_at if part.view.record)
    return f"whether `{variable}` of {', '.join(days)} counts, or which does, is not certain"
