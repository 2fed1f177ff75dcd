"""Case files as they were written: each case with what is usual in its file, and each row of its table.

Nothing is looked up here; every part keeps its place.
"""

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass
from pathlib import Path

from engine.source.diagnostic import Diagnostic, Diagnostics, Label
from engine.source.place import Span, whole
from engine.source.read import read_yaml
from engine.source.suggest import did_you_mean
from engine.source.tree import Mapping as Keyed
from engine.source.tree import Scalar, Sequence, Tree
from engine.study.entry import Entry
from engine.study.files import File, read_file

FOLDER = "rules/cases"
MERGED = ("but", "also")
"""Keys whose entries come together from what is usual and the case itself."""

Places = SequenceOf[tuple[int, ...]]
"""Lines with columns, in order."""

ROW_KEYS = ("name", "missing", "decided_by", "because", "shows")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Written:
    """One case, or one row of a table. `parts` are its keys; `changes` those of `but` and `also`.

    Of a row, `at` is the row's place and `set` what it puts where.
    """

    name: Scalar
    label: str
    at: Span
    parts: Mapping[str, Tree]
    but: tuple[Entry, ...] = ()
    also: tuple[Entry, ...] = ()
    set: tuple[tuple[Scalar, Tree], ...] = ()
    expect: Scalar | None = None
    set_at: Scalar | None = None

    def scalar(self, key: str) -> Scalar | None:
        found = self.parts.get(key)
        return found if isinstance(found, Scalar) and found.value is not None else None

    def names(self, key: str) -> tuple[Scalar, ...]:
        """A list of names; one that stands alone is a list of one."""
        found = self.parts.get(key)
        items = found.items if isinstance(found, Sequence) else (found,)
        return tuple(item for item in items if isinstance(item, Scalar))


def written_cases(folder: Path, findings: Diagnostics) -> tuple[Written, ...]:
    """Every case of a study, in the order of its files; what cannot be read is in the findings."""
    found: list[Written] = []
    findings.found.extend(strangers(folder))
    for path in case_files(folder):
        name = path.relative_to(folder).as_posix()
        before = len(findings.found)
        tree = read_file(folder, File(name, "cases"), findings)
        if tree is not None:
            wrong = sorted(one.at[1:3] for one in findings.found[before:])
            found.extend(_of_file(tree, wrong, findings))
    _refuse_twice(found, findings)
    return tuple(found)


def written_in(text: str, file: str, findings: Diagnostics) -> tuple[Written, ...]:
    """The cases of a text that the engine wrote, which stands in no folder and needs no schema."""
    tree = read_yaml(text, file, findings)
    return () if tree is None or findings.failed else tuple(_of_file(tree, (), findings))


def case_files(folder: Path) -> list[Path]:
    """The files that hold cases; those that an editor or a system keeps beside them are hidden."""
    return sorted(path for path in (folder / FOLDER).rglob("*.yaml") if not path.name.startswith("."))


def strangers(folder: Path) -> Iterator[Diagnostic]:
    """What looks as if it held cases, and is not read: a test that nobody runs fails for nobody."""
    home = folder / FOLDER
    if home.exists() and not home.is_dir():
        message = f"`{FOLDER}` is a file, and cases stand in files of a folder"
        yield Diagnostic("no-folder", message, whole(FOLDER))
    for path in sorted([home, *home.rglob("[!._]*")]):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
            yield Diagnostic("unreadable-folder", f"the folder `{name}` cannot be looked into", whole(name))
        elif path.suffix == ".yml":
            help = f"did you mean `{path.stem}.yaml`?"
            message = f"`{name}` is not a file of a study, and nobody reads it"
            yield Diagnostic("unknown-file", message, whole(name), help)


def _of_file(tree: Tree, wrong: Places, findings: Diagnostics) -> Iterator[Written]:
    """The cases in which nothing is `wrong`; none where it is in what all of them share."""
    whole = Entry(_word("", tree.at), tree)
    usual = whole.inner("usual")
    if usual is not None and _holds(usual.tree, wrong):
        return
    for item in whole.items("cases"):
        if not _holds(item, wrong):
            yield from _of_case(Entry(_word("", item.at), item), usual, findings)


def _holds(tree: Tree, places: Places) -> bool:
    return bisect_left(places, tree.at[1:3]) < bisect_left(places, tree.at[3:5])


def _of_case(case: Entry, usual: Entry | None, findings: Diagnostics) -> Iterator[Written]:
    name = case.scalar("name")
    if name is None:
        return
    parts = {**_parts(usual), **_parts(case)}
    but, also = (_merged(key, usual, case) for key in MERGED)
    plain = Written(name, name.text.strip(), name.at, parts, but, also, expect=case.scalar("expect"))
    table = case.inner("table")
    if table is None:
        if plain.expect is None:
            help = "write `expect:`, or a `table:` whose rows end with the answer"
            findings.error("missing-key", f"the case `{plain.label}` expects nothing", name.at, help=help)
        else:
            yield plain
    elif plain.expect is not None:
        help = "each row of the table says its own"
        findings.error("expect-twice", "a case with a table has no `expect`", plain.expect.at, help=help)
    else:
        yield from _rows(plain, table, findings)


def _parts(entry: Entry | None) -> dict[str, Tree]:
    tree = None if entry is None else entry.tree
    return {key.text: value for key, value in tree.entries} if isinstance(tree, Keyed) else {}


def _merged(key: str, usual: Entry | None, case: Entry) -> tuple[Entry, ...]:
    """What is usual first; a case's own change of the same variable stands instead."""
    own = case.entries(key)
    names = {one.name for one in own}
    return (*(one for one in (usual.entries(key) if usual else ()) if one.name not in names), *own)


def _rows(plain: Written, table: Entry, findings: Diagnostics) -> Iterator[Written]:
    names = table.scalars("set")
    for row in table.items("rows"):
        items = row.items if isinstance(row, Sequence) else ()
        more = items[-1] if items and isinstance(items[-1], Keyed) else None
        values = items[:-1] if more else items
        expect = values[-1] if values else None
        if len(values) != len(names) + 1 or not isinstance(expect, Scalar):
            listed = ", ".join(f"`{name.text}`" for name in names)
            message = f"this row must hold {len(names) + 1} values, and holds {len(values)}"
            findings.error("bad-row", message, row.at, help=f"{listed}, and then the answer expected")
            continue
        own = _own(more, findings)
        label = own["name"].text if isinstance(own.get("name"), Scalar) else _label(plain.label, values[:-1])  # type: ignore[union-attr]
        yield Written(
            plain.name,
            label,
            row.at,
            {**plain.parts, **own},
            plain.but,
            plain.also,
            tuple(zip(names, values[:-1], strict=True)),
            expect,
            table.scalar("at"),
        )


def _own(more: Keyed | None, findings: Diagnostics) -> dict[str, Tree]:
    """The keys of a case that a row has for itself."""
    found: dict[str, Tree] = {}
    for key, value in more.entries if more else ():
        if key.text in ROW_KEYS:
            found[key.text] = value
        else:
            near = did_you_mean(key.text, ROW_KEYS)
            help = near or "a row may hold " + ", ".join(f"`{one}`" for one in ROW_KEYS)
            findings.error("unknown-key", f"`{key.text}` is not a key of a row", key.at, help=help)
    return found


def _label(name: str, values: tuple[Tree, ...]) -> str:
    texts = [_shown(value) for value in values]
    return f"{name} [{', '.join(texts)}]"


def _shown(tree: Tree) -> str:
    match tree:
        case Scalar():
            text = " ".join(tree.text.split())
            return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}.."
        case Sequence():
            return "; ".join(map(_shown, tree.items))
        case Keyed():
            return ", ".join(f"{key.text} {_shown(value)}" for key, value in tree.entries)


def _refuse_twice(found: list[Written], findings: Diagnostics) -> None:
    first: dict[str, Written] = {}
    for one in found:
        before = first.setdefault(one.label, one)
        if before is not one:
            findings.error(
                "name-twice",
                f"there are two cases named `{one.label}`",
                one.at,
                help="say what tells them apart: a report names cases, and nothing else of them",
                labels=(Label(before.at, "the other is here"),),
            )


def _word(text: str, at: Span) -> Scalar:
    return Scalar(text, text, at, (at.line, at.column), at.column, False)
