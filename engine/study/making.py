"""Versions linked from a study's files: the newest, an earlier one, or the newest with drafts on top."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.source.diagnostic import Diagnostic, Diagnostics
from engine.source.place import whole
from engine.source.suggest import did_you_mean
from engine.study.editions import Edition, caused, drafted, editions
from engine.study.files import AMENDMENTS, read_files
from engine.study.link import link
from engine.study.linked import Study
from engine.study.model import Protocol
from engine.study.read import protocol_as_amended, protocol_in
from engine.study.versions import JOIN, approved, drafts


@dataclass(frozen=True, slots=True)
class Chain:
    """A study's files read, and the approved versions that they come to."""

    protocol: Protocol
    editions: tuple[Edition, ...]


def chain_in(folder: Path, findings: Diagnostics) -> Chain | None:
    """Every approved version as files; None where a file cannot be read at all."""
    written = read_files(folder, findings)
    if written is None:
        return None
    protocol = protocol_in(written, findings)
    return Chain(protocol, editions(written, protocol.amendments, Diagnostics()))


def newest(folder: Path, findings: Diagnostics) -> Study | None:
    """The newest version, with every one before it linked as well: each has patients of its own."""
    chain = chain_in(folder, findings)
    if chain is None:
        return None
    study = link(chain.protocol, chain.editions[0].fingerprint, findings)
    for edition in chain.editions[1:]:
        if study is not None:
            study = _linked(edition, findings)
    return study


def errors_in_drafts(folder: Path) -> Iterator[Diagnostic]:
    """What is wrong with the newest version once each draft is put on top of it by itself."""
    chain = chain_in(folder, Diagnostics())
    if chain is None:
        return
    for draft in drafts(chain.protocol.amendments):
        findings = Diagnostics()
        _with((draft.id,), chain, findings)
        yield from (found for found in findings if found.severity == "error")


def version(folder: Path, name: str, findings: Diagnostics) -> Study | None:
    """The version of this name, as `version_named` gives it."""
    chain = chain_in(folder, findings)
    if chain is None or findings.failed:
        return None
    edition = next((one for one in chain.editions if one.id == name), None)
    if edition is None:
        return _with(name.split(JOIN)[1:], chain, findings)
    return _linked(edition, findings)


def _with(chosen: Collection[str], chain: Chain, findings: Diagnostics) -> Study | None:
    """The newest version with drafts on top, where none of them stands against another."""
    wanted = [one for one in drafts(chain.protocol.amendments) if one.id in chosen]
    found = Diagnostics()
    edition = drafted(chain.editions, wanted, found)
    findings.found.extend(found.found)
    return None if found.failed else _linked(edition, findings)


def _linked(edition: Edition, findings: Diagnostics) -> Study | None:
    found = Diagnostics()
    protocol = protocol_as_amended(edition.written, found)
    study = link(protocol, edition.fingerprint, found)
    findings.found.extend(caused(one, edition.amendments) for one in found)
    return study


# ------------------------------------------------------------------------ their names


def version_named(study: Study, spec: str) -> str | None:
    """The full name of the version that somebody asks for; None where there is none."""
    protocol = study.protocol
    made = {one.id: one.version.text.strip() for one in approved(protocol.amendments) if one.version}
    versions = [_first(protocol), *made.values()]
    if spec in versions:
        return spec
    if spec in made:
        return made[spec]
    return _with_drafts(protocol, spec.removeprefix(f"{protocol.version}{JOIN}").split(JOIN))


def _first(protocol: Protocol) -> str:
    amendments = approved(protocol.amendments)
    return (amendments[0].amends or "") if amendments else protocol.version


def _with_drafts(protocol: Protocol, wanted: Iterable[str]) -> str | None:
    """Drafts stand in the order of their files, in whatever order they were asked for."""
    chosen = set(wanted)
    found = [one.id for one in drafts(protocol.amendments) if one.id in chosen]
    return JOIN.join((protocol.version, *found)) if len(found) == len(chosen) else None


def no_such_version(study: Study, spec: str) -> Diagnostic:
    """What to say to whoever asks for one that is not there."""
    known = names_of_versions(study)
    help = did_you_mean(spec, known) or f"there are {', '.join(f'`{name}`' for name in known)}"
    return Diagnostic("unknown-version", f"there is no version or draft `{spec}`", whole(AMENDMENTS), help)


def names_of_versions(study: Study) -> tuple[str, ...]:
    """The versions, then the drafts that can be put on top of the newest."""
    protocol = study.protocol
    made = (one.version.text.strip() for one in approved(protocol.amendments) if one.version)
    return (_first(protocol), *made, *(one.id for one in drafts(protocol.amendments)))
