"""What differs from an earlier result: whose answers, and what went into them."""

from engine.command.cohort import plural
from engine.command.screen import Screen
from engine.tasks import Difference

COLUMNS = ("patient", "rule", "about", "before", "after", "because")


def for_people(found: Difference, screen: Screen) -> None:
    rows = [(c.patient, c.rule or "decision", c.about, c.before, c.after, c.reason) for c in found.changes]
    if rows:
        screen.table("Changed", COLUMNS, rows)
        patients = len({change.patient for change in found.changes})
        screen.text(f"{plural(len(rows), 'answer')} of {plural(patients, 'patient')} changed")
    else:
        screen.text("nothing changed: every answer is what it was")
    for name, (before, after) in found.inputs.items():
        screen.text(f"{name} was {before}, and is {after}")
