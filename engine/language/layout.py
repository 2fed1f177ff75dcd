"""Syntax to the canonical text broken over lines, for an expression too long for one.

Words are those of `phrase`; decided here is where a line ends. What joins parts
stands at the start of a line, as one reads down: `and`, `or`, `else`, `+`. A
list has a line for each of its items, and a bracket that holds too much opens
at the end of a line and closes at the start of one. Two brackets that the
grammar does not need are put for the reader: see `flat`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from engine.language import phrase
from engine.language import syntax as s

INDENT = "  "


@dataclass(frozen=True, slots=True)
class Block:
    """Lines; those that `hang` end in a bracket of their own and are not moved under their first word."""

    lines: tuple[str, ...]
    hangs: bool = False

    def after(self, lead: str) -> "Block":
        """The block behind a word, its later lines set under the first one's start."""
        first, *rest = self.lines
        gap = "" if self.hangs else " " * len(lead)
        return replace(self, lines=(lead + first, *(gap + line for line in rest)))

    def before(self, tail: str) -> "Block":
        *others, last = self.lines
        return replace(self, lines=(*others, last + tail))

    def indented(self) -> tuple[str, ...]:
        return tuple(INDENT + line for line in self.lines)


def flat(syntax: s.Syntax) -> str:
    """The canonical text on one line, with brackets where a reader would lose the thread without.

    These are a choice inside the `then` of another, and a selection by a period
    of which `is known` is asked: `up to enrolment is known` says it of enrolment.
    """
    return phrase.canonical(_eased(syntax))


def _eased(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(map(_eased, part))
    if not is_dataclass(part):
        return part
    asked = set(_bracketed(part))
    inside = {field.name: getattr(part, field.name) for field in fields(part) if field.name != "at"}
    return replace(
        part,  # type: ignore[type-var]
        **{name: _in_brackets(one) if name in asked else _eased(one) for name, one in inside.items()},
    )


def _in_brackets(part: s.Syntax) -> s.Name:
    return s.Name(f"({flat(part)})")


def _bracketed(part: object) -> Iterator[str]:
    """Which parts of a phrase get brackets for the reader."""
    match part:
        case s.IfThenElse(then=s.IfThenElse()):
            yield "then"
            if isinstance(part.otherwise, s.IfThenElse):
                yield "otherwise"
        case s.Known(value=s.Selection(period=s.Period())):
            yield "value"
        case _:
            return


def laid_out(syntax: s.Syntax, width: int) -> tuple[str, ...]:
    """The expression over lines of so many characters, its outermost parts apart wherever it has any."""
    return _broken(syntax, width).lines


def _block(syntax: s.Syntax, width: int) -> Block:
    """On one line where it fits."""
    text = flat(syntax)
    return Block((text,)) if len(text) <= width else _broken(syntax, width)


def _at(level: int, syntax: s.Syntax, width: int) -> Block:
    """A part where the grammar wants nothing looser than `level`."""
    if phrase.level_of(syntax) >= level:
        return _block(syntax, width)
    return _brackets(syntax, width)


def _brackets(syntax: s.Syntax, width: int) -> Block:
    return replace(_block(syntax, width - 2), hangs=False).after("(").before(")")


def _stacked(blocks: Sequence[Block]) -> Block:
    return Block(tuple(line for block in blocks for line in block.lines))


def _joined(word: str, parts: Sequence[s.Syntax], level: int, width: int) -> Block:
    first, *rest = parts
    following = [_at(level, part, width - len(word) - 1).after(f"{word} ") for part in rest]
    return _stacked([_first(level, first, width), *following])


def _first(level: int, part: s.Syntax, width: int) -> Block:
    """The part that no word stands before: its later lines are set in, or they would look like parts."""
    block = _at(level, part, width)
    if block.hangs or len(block.lines) == 1:
        return block
    first, *rest = _at(level, part, width - len(INDENT)).lines
    return Block((first, *(INDENT + line for line in rest)))


def _broken(syntax: s.Syntax, width: int) -> Block:
    match syntax:
        case s.Junction(word, parts):
            return _joined(word, parts, phrase.ITEM, width)
        case s.Unless(part, exception):
            return _joined("unless", (part, exception), phrase.JUNCTION, width)
        case s.Negation(part):
            return _at(phrase.ITEM, part, width - len("not ")).after("not ")
        case s.IfThenElse():
            return _choice(syntax, "if ", width)
        case s.IfKnown():
            return _fallbacks(syntax, width)
        case s.Compare() | s.Between():
            return _comparison(syntax, width)
        case s.Total(terms):
            return _signed(terms, phrase.PRODUCT, width)
        case s.Scaled(factors):
            return _signed(factors, phrase.FACTOR, width)
        case _:
            return _atom(syntax, width)


def _signed(parts: tuple[tuple[str, s.Syntax], ...], level: int, width: int) -> Block:
    """A part a line; beside one that takes several, the others share theirs as far as they fit."""
    (_, first), *rest = parts
    blocks = [_first(level, first, width)]
    blocks += [_at(level, part, width - 2).after(f"{sign} ") for sign, part in rest]
    if all(len(block.lines) == 1 for block in blocks):
        return _stacked(blocks)
    packed = blocks[:1]
    for block in blocks[1:]:
        together = f"{packed[-1].lines[0]} {block.lines[0]}"
        if len(packed[-1].lines) == len(block.lines) == 1 and len(together) <= width:
            packed[-1] = Block((together,))
        else:
            packed.append(block)
    return _stacked(packed)


def _fallbacks(syntax: s.IfKnown, width: int) -> Block:
    lead = "if known else "
    value = _at(phrase.SUM, syntax.value, width)
    return _stacked([value, _at(phrase.FALLBACK, syntax.otherwise, width - len(lead)).after(lead)])


def _comparison(syntax: s.Compare | s.Between, width: int) -> Block:
    """The sign starts a line, unless the left side has just closed a bracket."""
    left = syntax.left if isinstance(syntax, s.Compare) else syntax.value
    block, right = _at(phrase.FALLBACK, left, width), _right(syntax, width)
    joined = block.before(f" {right.lines[0]}")
    if block.hangs and len(right.lines) == 1 and len(joined.lines[-1]) <= width:
        return joined
    return _stacked([block, right])


def _right(syntax: s.Compare | s.Between, width: int) -> Block:
    if isinstance(syntax, s.Compare):
        lead = f"{syntax.sign} "
        return _at(phrase.FALLBACK, syntax.right, width - len(lead)).after(lead)
    lead = "between "
    low, high = (_at(phrase.FALLBACK, end, width - len(lead)) for end in (syntax.low, syntax.high))
    together = f"{lead}{low.lines[0]} and {high.lines[0]}"
    if len(low.lines) == len(high.lines) == 1 and len(together) <= width:
        return Block((together,))
    return _stacked([low.after(lead), high.after("and ")])


def _choice(syntax: s.IfThenElse, lead: str, width: int) -> Block:
    """`if` and its `else if`s each on a line of their own; what does not fit beside them goes below."""
    eased = set(_bracketed(syntax))
    condition = _at(phrase.CONDITION, syntax.condition, width - len(lead) - len(" then")).after(lead)
    then = _Branch(syntax.then, "then" in eased)
    return _stacked([*_then(condition, then, width), _else(syntax.otherwise, "otherwise" in eased, width)])


@dataclass(frozen=True, slots=True)
class _Branch:
    """What stands behind `then` or `else`, in brackets or not."""

    syntax: s.Syntax
    in_brackets: bool

    @property
    def flat(self) -> str:
        return f"({flat(self.syntax)})" if self.in_brackets else flat(self.syntax)

    def below(self, width: int) -> Block:
        room = width - len(INDENT)
        block = _brackets(self.syntax, room) if self.in_brackets else _block(self.syntax, room)
        return Block(block.indented())


def _then(condition: Block, branch: _Branch, width: int) -> list[Block]:
    beside = condition.before(f" then {branch.flat}")
    if len(beside.lines) == 1 and len(beside.lines[0]) <= width:
        return [beside]
    if len(f"then {branch.flat}") <= width:
        return [condition, Block((f"then {branch.flat}",))]
    return [condition.before(" then"), branch.below(width)]


def _else(syntax: s.Syntax, in_brackets: bool, width: int) -> Block:
    if isinstance(syntax, s.IfThenElse) and not in_brackets:
        return _choice(syntax, "else if ", width)
    branch = _Branch(syntax, in_brackets)
    beside = f"else {branch.flat}"
    return Block((beside,)) if len(beside) <= width else _stacked([Block(("else",)), branch.below(width)])


# ---------------------------------------------------------------------- atoms


def _atom(syntax: s.Syntax, width: int) -> Block:
    match syntax:
        case s.CountOf(word, count, parts):
            least = "" if count is None else f" {flat(count)}"
            return _listed(f"{word}{least} of (", parts, width)
        case s.FunctionCall(name, args):
            return _listed(f"{name}(", args, width)
        case s.Selection():
            return _selection(syntax, width)
        case s.Elapsed(unit, start, end):
            lead = f"{unit} from "
            first = _moment(start, width - len(lead)).after(lead)
            return _stacked([first, _moment(end, width - len("to ")).after("to ")])
        case _:
            return Block((flat(syntax),))


def _moment(day: s.Syntax, width: int) -> Block:
    if isinstance(day, phrase.MOMENTS):
        return _block(day, width)
    return _brackets(day, width)


def _listed(opening: str, parts: tuple[s.Syntax, ...], width: int) -> Block:
    """An item a line."""
    items = [_block(part, width - len(INDENT) - 1) for part in parts]
    blocks = [item.before(",").indented() for item in items[:-1]] + [items[-1].indented()]
    return Block((opening, *(line for lines in blocks for line in lines), ")"), hangs=True)


def _selection(syntax: s.Selection, width: int) -> Block:
    """A clause that fits goes on a line below the thing; one that does not, into a bracket over several."""
    head = Block((f"{syntax.selector} {flat(syntax.thing)}",))
    for word, condition in (("where", syntax.where), ("has", syntax.has)):
        if condition is not None:
            head = _clause(head, f"{word} (", condition, width)
        if word == "where" and syntax.period is not None:
            head = _following(head, phrase.in_period(syntax.period), width)
    return head


def _clause(head: Block, opening: str, condition: s.Syntax, width: int) -> Block:
    text = f"{opening}{flat(condition)})"
    if len(text) <= width:
        return _following(head, text, width)
    inner = _block(condition, width - len(INDENT)).indented()
    return Block((*_following(head, opening, width).lines, *inner, ")"), hangs=len(head.lines) == 1)


def _following(head: Block, text: str, width: int) -> Block:
    """Words behind those before where there is room, else on a line below."""
    if len(f"{head.lines[-1]} {text}") <= width:
        return head.before(f" {text}")
    return Block((*head.lines, text), hangs=False)
