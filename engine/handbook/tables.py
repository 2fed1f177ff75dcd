"""The tables of the handbook that are made from the language's own: operators, selectors, periods."""

from collections.abc import Iterable, Mapping

from engine.language.operators import OPERATORS, SELECTORS, Operator, Selector, Takes, Units
from engine.language.periods import FORMS, MEASURED

LETTERS = "ABC"
"""What stands for the arguments of an operator."""

TAKES: dict[Takes | str, str] = {
    "truth": "conditions",
    "number": "numbers",
    "plain": "plain numbers",
    "day": "dates",
    "code": "a code",
    "codes": "codes",
    "ordered": "numbers or dates",
    "any": "values of any kind",
    "span": "a length of time",
    "nothing": "whole records",
}
GIVES: Mapping[str, str] = {
    "truth": "a condition",
    "number": "a number",
    "day": "a date",
    "same": "what it takes",
    "count": "a plain number",
    "element": "what it takes",
}
UNITS: dict[Units, str] = {
    "none": "",
    "same": "of one dimension",
    "product": "multiply",
    "quotient": "divide",
    "first": "kept",
    "plain": "without",
    "days": "gives days",
    "months": "gives months",
    "years": "gives years",
}
IN = {True: "in", False: "out"}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    head = tuple(head)
    lines = [_line(head), _line("---" for _ in head), *map(_line, rows)]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def operator_table(chapter_of: Mapping[str, str]) -> str:
    """Every operator that is written; conversions happen by themselves."""
    head = ("Sign", "Read", "Takes", "Gives", "Units", "Where something is unknown", "Chapter")
    rows = (
        _operator(operator, chapter_of[operator.name])
        for operator in OPERATORS.values()
        if operator.english != "{}"
    )
    return table(head, dict.fromkeys(rows))


def _operator(operator: Operator, chapter: str) -> tuple[str, ...]:
    takes = dict.fromkeys(TAKES[kind] for kind in operator.takes)
    gives = GIVES[operator.gives]
    if operator.gives == "number":
        gives += ", exact" if operator.exact else ", to 12 digits"
    return (
        f"`{operator.sign}`",
        _read(operator),
        ", then ".join(takes),
        gives,
        UNITS[operator.units],
        operator.unknown,
        chapter,
    )


def _read(operator: Operator) -> str:
    """Its English with letters for the arguments; where the last repeats, two of them."""
    letters = list(LETTERS[: operator.english.count("{}")])
    if operator.many and len(letters) == len(operator.takes):
        letters[-1] = f"{letters[-1]}, {LETTERS[len(letters)]}"
    return operator.english.format(*letters)


def selector_table(chapter_of: Mapping[str, str]) -> str:
    head = ("Selector", "Takes of each record", "Gives", "Where there is none", "Chapter")
    return table(head, (_selector(one, chapter_of[one.name]) for one in SELECTORS.values()))


def _selector(selector: Selector, chapter: str) -> tuple[str, ...]:
    gives = GIVES[selector.gives] + ("" if selector.exact else ", to 12 digits")
    return f"`{selector.name}`", TAKES[selector.takes], gives, selector.empty, chapter


def period_table() -> str:
    """Each phrase with its two ends, and whether they are in."""
    plain = (_plain(form, ends) for form, ends in FORMS.items())
    measured = (_measured(form, ends) for form, ends in MEASURED.items())
    return table(("Period", "Begins", "Ends"), (*plain, *measured))


def _plain(form: str, ends: tuple[bool | None, bool | None]) -> tuple[str, str, str]:
    first, last = ("A", "B") if form == "from to" else ("D", "D")
    phrase = f"from {first} to {last}" if form == "from to" else f"{form} D"
    return f"`{phrase}`", _end(first, ends[0]), _end(last, ends[1])


def _measured(form: str, ends: tuple[int, bool, bool]) -> tuple[str, str, str]:
    direction, start_in, end_in = ends
    first, last = ("D - N", "D") if direction < 0 else ("D", "D + N")
    return f"`in the N days {form} D`", _end(first, start_in), _end(last, end_in)


def _end(day: str, is_in: bool | None) -> str:
    return "" if is_in is None else f"{day}, {IN[is_in]}"
