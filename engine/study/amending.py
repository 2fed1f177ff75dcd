"""Amendments put into a study: change by change into the located tree, before anything is linked.

What is new keeps its place in the amendment's file, so that whatever is wrong with
it later on is shown there. A change is refused where its target is not there, and
where another change of the same amendment, or of one it does not know of, has
already been made of it.

A target is section, name and key with dots between, as in
`parameters.visit_window.value`. A rule may be named without its section:
`rules.E1.exclude_when`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.language.checker import meant
from engine.source.diagnostic import Diagnostic, Diagnostics, Label
from engine.source.place import NOWHERE
from engine.source.suggest import nearest
from engine.source.tree import Mapping as Mapped
from engine.source.tree import Scalar, Sequence, Tree, at_path
from engine.study.entry import Entry, entries_of
from engine.study.files import FILES, Written
from engine.study.model import Amendment, Change
from engine.study.rulebook import FORMS

RULES = "rules"
VALUES = ("value", *(form.key for form in FORMS))
"""The keys that hold what a parameter or a rule says, as against titles and sources."""

UNCHANGEABLE = {
    ("study", "id"): "a study of another id is another study",
    ("study", "version"): "say which version this makes under `version` of the amendment",
}

Path = tuple[str, ...]


class Made(NamedTuple):
    """A change that was made, and by which amendment."""

    by: Amendment
    change: Change


Touched = Mapping[Path, Made]
"""What has been changed, by the path that leads there."""


@dataclass(frozen=True, slots=True)
class Amended:
    """A study's files after an amendment, and what it changed in them."""

    written: Written
    touched: Touched


def amended(written: Written, amendment: Amendment, before: Touched, findings: Diagnostics) -> Amended:
    """The files with every change made that can be; `before` must not be changed once more."""
    touched: dict[Path, Made] = {}
    for change in amendment.changes:
        path = path_of(change.target, written)
        troubles = list(_troubles(change, written, {**before, **touched}))
        findings.found.extend(troubles)
        if not troubles:
            written = _made(written, path, change)
            touched[path] = Made(amendment, change)
    return Amended(written, touched)


def path_of(target: str, written: Written) -> Path:
    """The steps that lead to a target, from its section on."""
    first, *rest = target.split(".")
    sections = (form.section for form in FORMS if first == RULES and rest)
    section = next((name for name in sections if rest[0] in written.names(name)), first)
    return (section, *rest)


def versioned(written: Written, version: Scalar) -> Written:
    """The same files, said to be of another version."""
    whole = _put(_sections(written), ("study", "version"), Change("set", "", version, version.at))
    return _written(written, whole)


# ------------------------------------------------------------------- making a change


def _made(written: Written, path: Path, change: Change) -> Written:
    whole = _sections(written)
    if whole.find(path[0]) is None:  # the first entry of its section
        whole = Mapped((*whole.entries, (_key(path[0], change), Mapped((), change.at))), NOWHERE)
    return _written(written, _put(whole, path, change))


def _put(tree: Tree, path: Path, change: Change) -> Mapped:
    """The tree with one change in it; its path is known to lead there."""
    assert isinstance(tree, Mapped)
    name, *rest = path
    entries = list(tree.entries)
    if change.kind == "add" and not rest and change.value is not None:
        return Mapped((*entries, (_key(name, change), change.value)), tree.at)
    number = next(number for number, (key, _) in enumerate(entries) if key.text == name)
    key, there = entries[number]
    if rest:
        entries[number] = key, _put(there, tuple(rest), change)
    elif change.value is None:
        del entries[number]
    else:
        entries[number] = key, change.value
    return Mapped(tuple(entries), tree.at)


def _key(name: str, change: Change) -> Scalar:
    """A new key stands where the target is named."""
    at = change.at
    return Scalar(name, name, at, (at.line, at.column), at.column, False)


def _sections(written: Written) -> Mapped:
    return _mapping(written.sections.values())


def _written(written: Written, whole: Mapped) -> Written:
    return replace(written, sections={entry.name: entry for entry in entries_of(whole)})


def _mapping(entries: Iterable[Entry]) -> Mapped:
    return Mapped(tuple((entry.key, entry.tree) for entry in entries), NOWHERE)


# ------------------------------------------------------------------- what stands against it


def _troubles(change: Change, written: Written, touched: Touched) -> Iterator[Diagnostic]:
    path = path_of(change.target, written)
    other = next((made for one, made in touched.items() if _overlap(one, path)), None)
    if other is not None:
        yield _changed_already(change, other)
    elif path in UNCHANGEABLE:
        message = f"`{change.target}` cannot be changed by an amendment"
        yield Diagnostic("amendment-target", message, change.at, UNCHANGEABLE[path])
    else:
        yield from _target(change, written)


def _overlap(one: Path, other: Path) -> bool:
    """Whether the one is, holds or is part of the other."""
    return one[: len(other)] == other[: len(one)]


def _changed_already(change: Change, other: Made) -> Diagnostic:
    labels = (Label(other.change.at, f"changed here, by `{other.by.id}`"),)
    help = "say it in one change; or amend the version that the other makes, once that is approved"
    message = f"`{change.target}` is changed already, {_what(other.change)}"
    return Diagnostic("changed-already", message, change.at, help, labels)


def _what(change: Change) -> str:
    match change.kind, change.value:
        case "remove", _:
            return f"as `{change.target}` is removed"
        case "add", _:
            return f"as `{change.target}` is added"
        case _, value:
            return "" if value is None else f"to {_short(value)}"


def _target(change: Change, written: Written) -> Iterator[Diagnostic]:
    places = _places(written)
    path = change.target.split(".")
    known = _steps_there(places, path)
    new = change.kind == "add"
    if new and known == 0 and len(path) == 2 and path[0] in _every_section():
        return
    if known < len(path) - new:
        yield _unknown(change, path[: known + 1], places)
    elif new and known == len(path):
        help = "to change what is there, write `set` or `replace`"
        yield Diagnostic("amendment-target", f"`{change.target}` is there already", change.at, help)
    elif new and path[:-1] in ([], [RULES]):
        help = "write section and name, as in `exclusion.E12`"
        yield Diagnostic(
            "amendment-target", f"`{change.target}` does not say where to add it", change.at, help
        )
    elif new and not isinstance(at_path(places, path[:-1]), Mapped):
        message = f"`{'.'.join(path[:-1])}` is one value, to which nothing can be added"
        yield Diagnostic("amendment-target", message, change.at, help="give it another with `set`")
    elif change.kind == "remove" and len(path) == 1:
        message, help = f"`{change.target}` is a whole section", "say what of it, as in `exclusion.E7`"
        yield Diagnostic("amendment-target", message, change.at, help)
    elif change.kind != "add":
        yield from _one_value(change, at_path(places, path))


def _every_section() -> tuple[str, ...]:
    """The sections that the files of a study may have."""
    from engine.study.schema import shape_of

    return tuple(name for file in FILES for name in shape_of(file.schema).get("properties", ()))


def _places(written: Written) -> Mapped:
    """The whole study as one mapping, which targets are paths into."""
    rules = [entry for form in FORMS for entry in written.entries(form.section)]
    every_rule = Entry(Scalar(RULES, RULES, NOWHERE, (0, 0), 0, False), _mapping(rules))
    return _mapping([every_rule, *written.sections.values()])


def _unknown(change: Change, path: list[str], places: Mapped) -> Diagnostic:
    *way, last = path
    known = [entry.name for entry in entries_of(at_path(places, way))]
    near = nearest(last, known)
    help = f"did you mean `{'.'.join([*way, near])}`?" if near else meant(last, known)
    missing = change.target if "" in path else ".".join(path)
    return Diagnostic("amendment-target", f"there is no `{missing}` in this study", change.at, help)


def _one_value(change: Change, there: Tree) -> Iterator[Diagnostic]:
    keys = [entry.name for entry in entries_of(there)]
    if keys and change.kind != "remove":
        own = [key for key in keys if key in VALUES]
        help = f"say which of its keys, as in `{change.target}.{(own or keys)[-1]}`"
        yield Diagnostic("amendment-target", f"`{change.target}` is more than one value", change.at, help)
    elif change.was is not None and _words(change.was) != _words(there):
        message = f"`{change.target}` is {_short(there)} and not {_short(change.was)}"
        help = "see whether the change still fits, then write under `was` what it says now"
        labels = (Label(there.at, "it is this now"),)
        yield Diagnostic("changed-already", message, change.was.at, help, labels)


def _words(tree: Tree) -> list[str]:
    """What a value says, however it is wrapped or quoted."""
    match tree:
        case Scalar(text=text):
            return text.split()
        case Sequence(items=items):
            return [",".join(_words(item)) for item in items]
        case _:
            return []


def _short(tree: Tree) -> str:
    """A value as it can stand in a message."""
    text = " ".join(tree.text.split()) if isinstance(tree, Scalar) else f"[{', '.join(_words(tree))}]"
    return f"`{text}`" if len(text) <= 40 and "`" not in text else "something else"


def _steps_there(places: Mapped, path: list[str]) -> int:
    """How many steps of a path lead somewhere."""
    tree: Tree | None = places
    for count, step in enumerate(path):
        tree = tree.find(step) if isinstance(tree, Mapped) else None
        if tree is None:
            return count
    return len(path)
