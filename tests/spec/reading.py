"""A case asked of the reference, and its answer in the words of the chapters."""

from engine.handbook.answer import worded
from engine.handbook.example import Example
from engine.reference.interpret import Reading
from engine.reference.previous import with_previous
from engine.reference.view import View


def answered(example: Example) -> str:
    """What the reference says."""
    reading = Reading(example.study.program, example.timeline, example.as_of)
    return worded(reading.value(example.core, view_of(example)), example.core.type)


def view_of(example: Example) -> View:
    if example.variable is None:
        return View(example.visit)
    records = example.timeline.series[example.variable].records
    previous = next(before for this, before in with_previous(records) if this is example.this)
    return View(this=example.this, previous=previous)
