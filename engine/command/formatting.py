"""The command that puts rules in canonical form."""

import argparse
import difflib
from collections.abc import Iterator, Sequence
from os.path import abspath
from pathlib import Path

from engine.authoring.formatting import HOLDS_RULES, Formatted, formatted, here
from engine.command import findings
from engine.command.exits import FINDINGS, FINE, UNUSABLE
from engine.command.opening import study_folder
from engine.command.screen import Screen
from engine.result.write import replace as write_whole
from engine.source.diagnostic import Diagnostics
from engine.source.lines import Sources
from engine.source.suggest import did_you_mean

Given = argparse.Namespace


def fmt(given: Given, screen: Screen) -> int:
    """Writes what is not in canonical form, or with --check or --diff says what would be written."""
    folder = study_folder(given, screen)
    if folder is None:
        return UNUSABLE
    names = _names(given.files, folder)
    if isinstance(names, str):
        return screen.error(names)
    found = formatted(folder, names)
    for one in found:
        _refused(one, folder, screen)
    changed = [one for one in found if one.changed]
    if given.diff:
        screen.text("\n".join(line for one in changed for line in _diff(one)) or "nothing would change")
    if not (given.check or given.diff):
        _write(changed, folder)
    for one in changed:
        screen.note(f"{'would change' if given.check or given.diff else 'changed'} {folder / one.file}")
    if any(one.refused for one in found):
        return UNUSABLE
    return FINDINGS if changed and given.check else FINE


def _names(files: Sequence[Path], folder: Path) -> tuple[str, ...] | str:
    """The files as their study names them, or what is wrong with one of them."""
    if not files:
        return here(folder)
    names, home = [], Path(abspath(folder))
    for file in files:
        whole = Path(abspath(file))
        name = whole.relative_to(home).as_posix() if whole.is_relative_to(home) else ""
        if name not in HOLDS_RULES:
            return _no_rules(file, name)
        if not whole.exists():
            return f"there is no file `{file}`"
        names.append(name)
    return tuple(dict.fromkeys(names))


def _no_rules(file: Path, name: str) -> str:
    if not name:
        return f"`{file}` is not in the study; say with --study which it belongs to"
    near = did_you_mean(name, HOLDS_RULES)
    return f"`{file}` is not a file that holds rules; " + (near or f"these do: {', '.join(HOLDS_RULES)}")


def _refused(one: Formatted, folder: Path, screen: Screen) -> None:
    """Why a file is left as it is, with its errors."""
    if one.findings:
        found = Diagnostics(list(one.findings))
        screen.note_as_is(findings.study_report(found, Sources(folder), screen.colour_of_notes))
    if one.refused:
        screen.note(f"left alone {folder / one.file}: {one.refused}")


def _diff(one: Formatted) -> Iterator[str]:
    lines = (one.before.splitlines(), one.after.splitlines())
    yield from difflib.unified_diff(*lines, one.file, one.file, lineterm="")


def _write(changed: Sequence[Formatted], folder: Path) -> None:
    """Every file whole, in one step, with the permissions it had."""
    paths = {(folder / one.file).resolve(): one.after.encode() for one in changed}
    modes = {path: path.stat().st_mode for path in paths}
    write_whole(paths)
    for path, mode in modes.items():
        path.chmod(mode)
