"""What is otherwise in a second version of a study, by meaning and not by text.

Each part of either is new, gone, called otherwise, changed, or only worded
otherwise. A rule that says the same as before may still answer otherwise, through
what it rests on; of every rule that may, the solver is asked whom it lets in or out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.amendment.aspects import SECTIONS, WORDS, Part, Parts, Said
from engine.amendment.model import Compared
from engine.amendment.naming import Renamed
from engine.amendment.rule_aspects import rule_part
from engine.amendment.sides import Pair
from engine.study.linked import Study
from engine.study.rulebook import FORMS

Kind = Literal["new", "gone", "changed", "renamed", "reworded"]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that is said of a part, before and after; None where it was or is not said."""

    what: str
    before: str | None
    after: str | None
    is_words: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is not what it was; `name` is what it is called now, or was where it is gone."""

    section: str
    kind: Kind
    name: str
    title: str
    aspects: tuple[Aspect, ...]
    was_called: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions held against each other; `compared` are the rules that may answer otherwise."""

    pair: Pair = field(repr=False)
    changes: tuple[Change, ...]
    compared: tuple[Compared, ...]

    @property
    def differing(self) -> tuple[Compared, ...]:
        """Rules that answer otherwise, or may."""
        return tuple(one for one in self.compared if one.relation != "equal")


def changes(pair: Pair) -> tuple[Change, ...]:
    """Every part that is otherwise, section by section."""
    return (*_declared(pair), *_rules(pair))


def _declared(pair: Pair) -> Iterator[Change]:
    for section, parts in SECTIONS.items():
        names = pair.renamed.parameters if section == "parameters" else {}
        yield from _between(section, (parts(pair.before), parts(pair.written)), names)


def _rules(pair: Pair) -> Iterator[Change]:
    for form in FORMS:
        said = _of_role(pair.before, form.role, Renamed())
        says = _of_role(pair.written, form.role, pair.renamed)
        yield from _between(form.section, (said, says), pair.renamed.rules)


def _of_role(study: Study, role: str, renamed: Renamed) -> Parts:
    return {linked.rule.id: rule_part(study, linked, renamed) for linked in study.of(role)}


def _between(section: str, versions: tuple[Parts, Parts], renamed: Mapping[str, str]) -> Iterator[Change]:
    """The parts of a section that differ, in the order of the later version; what is gone comes last."""
    said, says = versions
    for name, part in says.items():
        old = renamed.get(name, name)
        change = _change((section, name, old), said.get(old), part)
        if change is not None:
            yield change
    kept = {renamed.get(name, name) for name in says}
    for name in (name for name in said if name not in kept):
        yield Change(section, "gone", name, _title(said[name]), _aspects(said[name], ()))


def _change(named: tuple[str, str, str], before: Part | None, after: Part) -> Change | None:
    section, name, old = named
    if before is None:
        return Change(section, "new", name, _title(after), _aspects((), after))
    aspects = _aspects(before, after)
    if name == old and not aspects:
        return None
    kind: Kind = "reworded" if name == old else "renamed"
    if any(not one.is_words for one in aspects):
        kind = "changed"
    return Change(section, kind, name, _title(after), aspects, None if name == old else old)


def _aspects(before: Part, after: Part) -> tuple[Aspect, ...]:
    """What is not said in the same words, or means something else, in the order in which it is said."""
    was, is_ = ({one.what: one for one in part} for part in (before, after))
    pairs = ((what, was.get(what), is_.get(what)) for what in dict.fromkeys((*was, *is_)))
    return tuple(
        Aspect(what, _text(one), _text(other), _same(one, other))
        for what, one, other in pairs
        if one is None or other is None or one.text != other.text or not _same(one, other)
    )


def _text(one: Said | None) -> str | None:
    return None if one is None else one.text


def _same(one: Said | None, other: Said | None) -> bool:
    """Whether nothing but words is otherwise."""
    if one is None or other is None:
        return all(each is None or each.means == WORDS for each in (one, other))
    return one.means == other.means


def _title(part: Part) -> str:
    return next((one.text for one in part if one.what == "title"), "")
