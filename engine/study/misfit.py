"""What does not fit a schema, in words a protocol writer can act on.

`WORDINGS` has one row for each way of not fitting. What to do about it is
taken from the schema: its descriptions are the help.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span, whole
from engine.source.suggest import did_you_mean, nearest
from engine.source.tree import Mapping, Scalar, Step, Tree, at_path, key_at
from engine.source.tree import Sequence as Listed
from engine.study.shape import Shape, at, keys_at


@dataclass(frozen=True, slots=True)
class Misfit:
    """A `keyword` of a schema that wanted one thing and found another.

    `shape` is the part of the schema that complained; `of_key` says that it is
    a key itself that does not fit, and not what stands under `path`.
    """

    keyword: str
    wanted: Any
    found: Any
    path: tuple[Step, ...]
    shape: Shape
    of_key: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A misfit with the file it was found in and the schema it was held against."""

    misfit: Misfit
    tree: Tree
    schema: Shape

    @property
    def value(self) -> Tree:
        return at_path(self.tree, self.misfit.path)

    @property
    def name(self) -> str:
        return named(self.misfit.path)

    @property
    def key_at(self) -> Span:
        """The key that leads here; the start of an item; the file as such."""
        return _start(self.tree, self.misfit.path)

    @property
    def value_at(self) -> Span:
        """The value, or its key where there is nothing or too much of it to point at."""
        value = self.value
        return value.at if isinstance(value, Scalar) and value.text else self.key_at

    @property
    def known_keys(self) -> tuple[str, ...]:
        return keys_at(self.schema, self.misfit.path)

    @property
    def unknown_keys(self) -> list[str]:
        return [key for key in self.misfit.found if key not in self.known_keys]

    def help_on(self, *further: Step) -> str | None:
        return advice(at(self.schema, (*self.misfit.path, *further)))


def worded(misfit: Misfit, tree: Tree, schema: Shape) -> Iterator[Diagnostic]:
    """The errors that a misfit comes to."""
    return WORDINGS[misfit.keyword](Case(misfit, tree, schema))


def named(path: Sequence[Step]) -> str:
    """How to speak of a place: by its key, or by its number in a list."""
    match path:
        case []:
            return "the file"
        case [*_, int(item)]:
            return f"item {item + 1} of {named(path[:-1])}"
        case _:
            return f"`{path[-1]}`"


def advice(shape: Shape) -> str | None:
    """The first sentence of a description, as help is written: no capital, no final stop."""
    sentence = str(shape.get("description", "")).split(". ")[0].split("\n")[0].removesuffix(".")
    is_name = sentence[1:2].isupper()  # `LOINC codes`, `CDISC ..`: these keep their capitals
    return (sentence if is_name else sentence[:1].lower() + sentence[1:]) or None


# ------------------------------------------------------------------ the wordings


def _unknown_keys(case: Case) -> Iterator[Diagnostic]:
    where = case.name if case.misfit.path else "this file"
    for key in case.unknown_keys:
        help = did_you_mean(key, case.known_keys) or f"the keys here are {listed(case.known_keys, 'and')}"
        if _has_no_colon(case, key):
            help = "a `,` between `{` and `}` ends a value: put a value that holds one in quotes"
        key_at = _start(case.tree, (*case.misfit.path, key))
        yield Diagnostic("unknown-key", f"`{key}` is not a key of {where}", key_at, help)


def _missing_keys(case: Case) -> Iterator[Diagnostic]:
    """Not those that stand there misspelt: the unknown key says so already."""
    misspelt = {nearest(key, case.known_keys) for key in case.unknown_keys}
    for key in _wanted_keys(case.misfit):
        if key not in case.misfit.found and key not in misspelt:
            yield Diagnostic("missing-key", f"{case.name} has no `{key}`", case.key_at, case.help_on(key))


def _wrong_shape(case: Case) -> Iterator[Diagnostic]:
    yield _must_be(case, _expected(case), _help_on_shape(case))


def _not_one_of(case: Case) -> Iterator[Diagnostic]:
    wanted = [str(word) for word in case.misfit.wanted]
    help = did_you_mean(_text(case.value), wanted) or advice(case.misfit.shape)
    yield _must_be(case, listed(wanted, "or"), help)


def _not_the_one(case: Case) -> Iterator[Diagnostic]:
    yield _must_be(case, f"`{case.misfit.wanted}`", advice(case.misfit.shape))


def _out_of_place(case: Case) -> Iterator[Diagnostic]:
    owner = named(case.misfit.path[:-1])
    message = f"{case.name} has no place in {owner}"
    yield Diagnostic("out-of-place", message, case.key_at, advice(case.misfit.shape))


def _badly_formed(case: Case) -> Iterator[Diagnostic]:
    misfit = case.misfit
    word_at = _start(case.tree, (*misfit.path, misfit.found)) if misfit.of_key else case.value_at
    message = f"`{misfit.found}` cannot be {misfit.shape['title']}"
    yield Diagnostic("bad-name", message, word_at, advice(misfit.shape))


def _out_of_bounds(case: Case) -> Iterator[Diagnostic]:
    bound = {"minimum": "at least", "exclusiveMinimum": "more than"}[case.misfit.keyword]
    yield _must_be(case, f"{bound} {case.misfit.wanted}", case.help_on())


def _wrong_count(case: Case) -> Iterator[Diagnostic]:
    count = len(case.misfit.found)
    bound = "at most" if case.misfit.keyword.startswith("max") else "at least"
    message = f"{case.name} must hold {bound} {case.misfit.wanted}, and this holds {count}"
    if not count:
        message = f"{case.name} is empty"
    yield Diagnostic("wrong-count", message, case.key_at, case.help_on())


WORDINGS: dict[str, Callable[[Case], Iterator[Diagnostic]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "dependentRequired": _missing_keys,
    "type": _wrong_shape,
    "enum": _not_one_of,
    "const": _not_the_one,
    "not": _out_of_place,
    "pattern": _badly_formed,
    "minimum": _out_of_bounds,
    "exclusiveMinimum": _out_of_bounds,
    "minItems": _wrong_count,
    "maxItems": _wrong_count,
    "minProperties": _wrong_count,
}


# -------------------------------------------------------------------- their parts


def _has_no_colon(case: Case, key: str) -> bool:
    """Whether a key is the rest of a value that a comma cut: `{title: Aged 18, or more}`."""
    path = (*case.misfit.path, key)
    name, value = key_at(case.tree, path), at_path(case.tree, path)
    return name is not None and (name.at.end_line, name.at.end_column) == (value.at.line, value.at.column)


def _must_be(case: Case, wanted: str, help: str | None) -> Diagnostic:
    found = _found(case.value)
    message = f"{case.name} must be {wanted}, and this is {found}" if found else f"{case.name} is empty"
    return Diagnostic("wrong-value", message, case.value_at, help)


def _start(tree: Tree, path: tuple[Step, ...]) -> Span:
    key, value = key_at(tree, path), at_path(tree, path)
    if key:
        return key.at
    if not path:
        return whole(tree.at.file)
    return value.entries[0][0].at if isinstance(value, Mapping) and value.entries else value.at


def _wanted_keys(misfit: Misfit) -> list[str]:
    if misfit.keyword == "required":
        return list(misfit.wanted)
    return [key for given, keys in misfit.wanted.items() if given in misfit.found for key in keys]


EXPRESSION = "an expression"
NOUNS = {
    "object": "a mapping of keys to values",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
}


def _expected(case: Case) -> str:
    """What the schema calls it, or else the kind of thing that YAML would call it."""
    wanted = case.misfit.wanted
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return str(case.misfit.shape.get("title") or " or ".join(NOUNS[kind] for kind in kinds))


def _found(value: Tree) -> str:
    match value:
        case Mapping():
            return NOUNS["object"]
        case Listed():
            return NOUNS["array"]
        case Scalar(value=None):
            return ""
        case _:
            return f"`{_text(value)}`"


def _text(value: Tree) -> str:
    text = value.text.strip() if isinstance(value, Scalar) else ""
    return text if len(text) <= 40 and "\n" not in text else text.split("\n")[0][:40].rstrip() + " .."


IN_QUOTES = "put it in quotes, or in a `|` block"


def _help_on_shape(case: Case) -> str | None:
    """The mishaps that YAML has ready for text come first; otherwise the description."""
    expected, value = _expected(case), case.value
    match value:
        case Mapping() if expected in ("text", EXPRESSION):
            return f"a `: ` made a key of the words before it: if this is {expected}, {IN_QUOTES}"
        case Listed() if expected in ("text", EXPRESSION):
            return f"a `[` or `- ` at the start made a list: if this is {expected}, {IN_QUOTES}"
        case Scalar(value=bool() | int() | Decimal()) if expected == "text":
            return f"to have it as text, put it in quotes: `'{value.text}'`"
        case _:
            return case.help_on()


def listed(words: Iterable[str], joined_by: str) -> str:
    """`a`, `b` and `c`."""
    *others, last = [f"`{word}`" for word in words]
    return f"{', '.join(others)} {joined_by} {last}" if others else last
