"""A rule in plain English as an outline: what is joined stands one below another, for the eye to count.

The words are those of `language.english`; taken apart here is only what it
would put in one long line.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.language.core import Call, Core, Records, Select
from engine.language.english import english
from engine.language.selection_english import bare

SHORT = 90
"""What fits in so many characters is said in one line."""

LEADS = {"and": "all of these hold:", "or": "any of these holds:", "at_least": "at least {} of these hold:"}
DENIED = {"and": "not all of these hold:", "or": "none of these holds:"}


@dataclass(frozen=True, slots=True)
class Line:
    """Words so far in; `item` says that they are one of those announced above."""

    depth: int
    words: str
    item: bool = False


def outline(core: Core, depth: int = 0, lead: str = "") -> tuple[Line, ...]:
    """The lines of a rule; `lead` is put before the first."""
    return tuple(_lines(bare(core), depth, lead))


def _lines(core: Core, depth: int, lead: str) -> Iterator[Line]:
    whole = lead + english(core)
    if len(whole) <= SHORT:
        yield Line(depth, whole)
        return
    match core:
        case Call("and" | "or") if not _is_between(core):
            yield from _list(lead + LEADS[core.operator], tuple(_joined(core)), depth)
        case Call("at_least", (count, *parts)):
            yield from _list(lead + LEADS["at_least"].format(english(count)), tuple(parts), depth)
        case Call("not", (Call("and" | "or") as joined,)) if not _is_between(joined):
            yield from _list(lead + DENIED[joined.operator], tuple(_joined(joined)), depth)
        case Call("if", (condition, then, otherwise)):
            yield from _choice((condition, then, otherwise), depth, f"{lead}if ")
        case Call("if_known", (value, otherwise)):
            yield from _lines(bare(value), depth, lead)
            yield from _lines(bare(otherwise), depth, "or if that is not known: ")
        case Select(element=Call("and" | "or") as asked) if whole.endswith(said := _has(asked)):
            head = f"{whole.removesuffix(said)} of which {LEADS[asked.operator]}"
            yield from _list(head, tuple(_joined(asked)), depth)
        case Select(source=Records(where=Call("and" | "or") as asked) as source):
            among = english(replace(core, source=replace(source, where=None)))
            yield from _list(f"{lead}{among} where {LEADS[asked.operator]}", tuple(_joined(asked)), depth)
        case _:
            yield Line(depth, whole)


def _has(asked: Core) -> str:
    return f" has ({english(asked)})"


def _list(lead: str, parts: tuple[Core, ...], depth: int) -> Iterator[Line]:
    yield Line(depth, lead)
    for part in parts:
        first, *rest = _lines(bare(part), depth + 1, "")
        yield replace(first, item=True)
        yield from rest


def _joined(core: Call) -> Iterator[Core]:
    """The parts, and in place of one that is joined by the same word its own."""
    for part in core.args:
        if isinstance(part, Call) and part.operator == core.operator and not _is_between(part):
            yield from _joined(part)
        else:
            yield part


def _is_between(core: Call) -> bool:
    match core:
        case Call("and", (Call("ge", (a, _)), Call("le", (b, _)))):
            return a == b
        case _:
            return False


def _choice(parts: tuple[Core, Core, Core], depth: int, lead: str) -> Iterator[Line]:
    condition, then, otherwise = parts
    yield from _lines(bare(condition), depth, lead)
    yield from _lines(bare(then), depth + 1, "then ")
    match bare(otherwise):
        case Call("if", (again, following, last)):
            yield from _choice((again, following, last), depth, "else if ")
        case other:
            yield from _lines(other, depth, "else ")
