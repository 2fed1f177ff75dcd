"""A study's folder to a `Protocol`: read, held against the schemas, put into types, looked over.

Nothing here reads an expression. Errors go into the bag; a protocol comes back
all the same, as far as it could be understood, so that what follows can look
at the expressions too and a writer sees everything at once.
"""

from dataclasses import replace
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.study.amendments import amendments_in_doubt, read_amendments
from engine.study.consistency import contradictions
from engine.study.dictionary import read_codelists, read_variables
from engine.study.doubt import follows, names_not_understood
from engine.study.editions import changes_in_doubt
from engine.study.files import Written, read_files, validate_sections
from engine.study.model import Protocol
from engine.study.plan import (
    read_acceptances,
    read_arms,
    read_design,
    read_endpoints,
    read_objectives,
    read_parameters,
    read_schedule,
    read_typical,
)
from engine.study.rulebook import read_rules
from engine.study.statements import read_statements


def read_protocol(folder: Path, findings: Diagnostics) -> Protocol | None:
    """What a study's files say; None when one of them cannot be read at all.

    A protocol with errors in `findings` is good for finding more, and for
    nothing else.
    """
    written = read_files(folder, findings)
    return None if written is None else protocol_in(written, findings)


def protocol_in(written: Written, findings: Diagnostics) -> Protocol:
    """What files say that have been read, with their amendments looked over and none made."""
    protocol = protocol_of(written)
    findings.found.extend(found for found in contradictions(written) if not follows(found, findings))
    findings.found.extend(amendments_in_doubt(protocol.amendments, written))
    findings.found.extend(changes_in_doubt(written, protocol.amendments))
    return replace(protocol, in_doubt=names_not_understood(written, findings))


def protocol_as_amended(written: Written, findings: Diagnostics) -> Protocol:
    """What files say once amendments were made in them, held against the schemas again."""
    validate_sections(written, findings)
    protocol = protocol_of(written)
    findings.found.extend(found for found in contradictions(written) if not follows(found, findings))
    return replace(protocol, in_doubt=names_not_understood(written, findings))


def protocol_of(written: Written) -> Protocol:
    """What the sections say, in types."""
    study = written.sections.get("study")
    return Protocol(
        id=study.words("id") if study else "",
        title=study.words("title") if study else "",
        version=study.words("version") if study else "",
        arms=read_arms(written),
        design=read_design(written),
        variables=read_variables(written),
        codelists=read_codelists(written),
        parameters=read_parameters(written),
        schedule=read_schedule(written),
        rules=read_rules(written),
        amendments=read_amendments(written),
        objectives=read_objectives(written),
        endpoints=read_endpoints(written),
        typical=read_typical(written),
        statements=read_statements(written),
        accepted=read_acceptances(written),
        codelists_at={entry.name: entry.at for entry in written.entries("codelists")},
        judged_by=study.scalar("judged_by") if study else None,
    )
