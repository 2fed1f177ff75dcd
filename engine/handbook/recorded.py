"""What is recorded of a small patient, as lines of text, turned into the YAML form of a patient.

    birth_date   1990-02-28
    weight       2025-01-01T08:30     70.5 kg
    infusion     2025-01-03           dose 40 mg, route iv
    tablets      2025-01-03 to 2025-01-09   dose 5 mg/d

A variable, then (but for a fact) its day or days, then its value and its
attributes. `to ongoing` has not ended; `to unknown` may have. A measurement
with nothing behind its day was taken, and its value is not known.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from engine.handbook.sections import word
from engine.source.place import Span
from engine.source.tree import Mapping as Tree
from engine.source.tree import Scalar, Sequence, span_in
from engine.study.model import Variable

Variables = Mapping[str, Variable]
PATIENT = "P1"


class Line(NamedTuple):
    """One line, and where it stands."""

    text: str
    at: Span


def patient_tree(blocks: Iterable[Scalar], variables: Variables) -> Tree:
    """The patient that all these lines are about."""
    lines = [line for block in blocks for line in lines_of(block)]
    facts = [pair for line in lines if _is_fact(line, variables) for pair in _fact(line)]
    records = [_record(line, variables) for line in lines if not _is_fact(line, variables)]
    at = lines[0].at if lines else Span("patient", 1, 1, 1, 1)
    return _mapping(
        [
            ("patient", word(PATIENT, at)),
            ("facts", _mapping(facts, at)),
            ("records", Sequence(tuple(records), at)),
        ],
        at,
    )


def lines_of(block: Scalar) -> Iterator[Line]:
    """The lines that hold something."""
    start = 0
    for text in block.text.split("\n"):
        if text.strip():
            yield Line(text.strip(), span_in(block, start, start + len(text)))
        start += len(text) + 1


def _is_fact(line: Line, variables: Variables) -> bool:
    variable = variables.get(line.text.split()[0])
    return variable is not None and variable.kind == "fact"


def _fact(line: Line) -> Iterator[tuple[str, Scalar]]:
    name, _, value = line.text.partition(" ")
    yield name, word(value.strip(), line.at)


def _record(line: Line, variables: Variables) -> Tree:
    name, start, *rest = line.text.split()
    cells = {"variable": name, "start": start}
    if rest[:1] == ["to"]:
        cells["end"] = "" if rest[1] == "unknown" else rest[1]
        rest = rest[2:]
    variable = variables.get(name)
    attributes = variable.attributes if variable else ()
    for piece in filter(None, " ".join(rest).split(", ")):
        attribute, _, said = piece.partition(" ")
        cells.update({attribute: said} if attribute in attributes else {"value": piece})
    return _mapping([(key, word(text, line.at)) for key, text in cells.items()], line.at)


def _mapping(pairs: Iterable[tuple[str, Scalar | Sequence | Tree]], at: Span) -> Tree:
    return Tree(tuple((word(key, at), tree) for key, tree in pairs), at)
