"""Cohorts of a small study: what is in them, and that a seed says all of it."""

from collections import Counter
from pathlib import Path

import pytest

from engine import tasks
from engine.invention.cohort import inventor, typical_patient
from engine.language.days import day_of, high, low
from engine.language.values import LAST_DAY, DayRange
from engine.reference.interpret import Reading
from engine.study.linked import Study
from engine.timeline.model import Timeline
from engine.timeline.read import Cohort
from tests.unit.invention.small import sound

START = day_of(2025, 1, 6)
LATER = day_of(2030, 1, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("small")


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return sound(folder)


@pytest.fixture(scope="module")
def cohort(study: Study, folder: Path) -> Cohort:
    tasks.invent(study, folder / "cohort", tasks.Invention(200, 1, START))
    return tasks.read(study, folder / "cohort")


def rows(folder: Path) -> list[list[str]]:
    return [line.split(",") for line in (folder / "cohort" / "records.csv").read_text("utf-8").splitlines()]


def reading(study: Study, timeline: Timeline) -> Reading:
    return Reading(study.program, timeline, LATER)


def test_the_same_seed_gives_the_same_bytes(study: Study, tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        tasks.invent(study, tmp_path / name, tasks.Invention(20, seed, START))
    one, two, three = ((tmp_path / n / "records.csv").read_bytes() for n in ("one", "two", "three"))
    assert one == two
    assert one != three


def test_more_patients_leave_the_first_as_they_were(study: Study, tmp_path: Path) -> None:
    for count in (5, 9):
        tasks.invent(study, tmp_path / str(count), tasks.Invention(count, 7, START))
    few, many = ((tmp_path / n / "records.csv").read_text("utf-8") for n in ("5", "9"))
    assert many.startswith(few)


def test_no_row_is_refused(cohort: Cohort) -> None:
    assert not cohort.findings
    assert len(cohort.timelines) == 200


def test_only_the_eligible_get_an_arm(study: Study, cohort: Cohort) -> None:
    given = {t.patient for t in cohort.timelines if "arm" in t.facts}
    asked = {t.patient: reading(study, t).rule("eligible") for t in cohort.timelines}
    assert all(asked[patient] is not False for patient in given)
    assert 0.7 < len(given) / 200 < 0.95
    assert False in asked.values()


def test_arms_come_in_their_ratio(cohort: Cohort) -> None:
    arms = Counter(t.facts["arm"].value for t in cohort.timelines if "arm" in t.facts)
    assert abs(arms["active"] - 2 * arms["control"]) <= 2


def test_a_course_moves_the_values(study: Study, cohort: Cohort) -> None:
    shares = {"active": [0, 0], "control": [0, 0]}
    for timeline in cohort.timelines:
        better = reading(study, timeline).rule("better", "month_2")
        if better is not None:
            arm = str(timeline.facts["arm"].value)
            shares[arm] = [shares[arm][0] + better, shares[arm][1] + 1]
    assert shares["active"][0] > 0.7 * shares["active"][1]
    assert shares["control"][0] < 0.2 * shares["control"][1]


def test_nothing_is_recorded_of_those_who_left(cohort: Cohort) -> None:
    gone = [t for t in cohort.timelines if "left" in t.series]
    assert gone
    for timeline in gone:
        day = low(timeline.series["left"].records[0].start)
        later = [r for s in timeline.series.values() for r in s.records if low(r.start) > day]
        assert not later
        assert all(r.end is not None and high(r.end) <= day for r in timeline.series["drug"].records)


def test_what_is_read_back_is_what_was_made(study: Study, cohort: Cohort) -> None:
    assert study.typical is not None
    made = {p.name: p.finished() for p in inventor(study, study.typical).cohort(200, 1, START)}
    for timeline in cohort.timelines:
        own = made[timeline.patient]
        assert {n: f.value for n, f in own.facts.items()} == {n: f.value for n, f in timeline.facts.items()}
        for name in ("infusion", "illness", "fit", "study_visit"):
            assert said(own, name) == said(timeline, name), (timeline.patient, name)


def said(timeline: Timeline, variable: str) -> list[object]:
    """What the records of a variable say, but for how the end of the data is put."""
    records = timeline.series[variable].records if variable in timeline.series else ()
    return [
        {name: "open" if open_ended(value) else value for name, value in record.fields.items()}
        for record in records
    ]


def open_ended(value: object) -> bool:
    return isinstance(value, DayRange) and value.high == LAST_DAY


def test_doses_are_what_the_expression_says(study: Study, cohort: Cohort) -> None:
    timeline = next(t for t in cohort.timelines if "infusion" in t.series)
    weight = timeline.series["weight"].records[0].fields["value"]
    assert timeline.series["infusion"].records[0].fields["dose"] == 2 * weight  # type: ignore[operator]


def test_the_records_are_as_untidy_as_real_ones(cohort: Cohort, folder: Path) -> None:
    written = rows(folder)
    assert any(row[5] == "g" for row in written if row[1] == "weight")
    assert any("T08:10" in row[2] for row in written)
    assert any(row[1] == "pressure" and not row[4] for row in written)
    assert any(row[3] == "ongoing" for row in written)
    assert any(isinstance(t.facts["birth_date"].value, DayRange) for t in cohort.timelines)


def test_some_values_stand_at_a_figure_of_the_rules(cohort: Cohort) -> None:
    values = [r.fields["value"] for t in cohort.timelines for r in t.series["pressure"].records]
    assert {139, 140, 141} <= set(values)


@pytest.mark.parametrize("arm", ["active", "control"])
def test_the_typical_patient_is_eligible(study: Study, arm: str) -> None:
    timeline = typical_patient(study, START, arm)
    assert timeline is not None
    assert reading(study, timeline).rule("eligible") is True
    assert timeline.facts["arm"].value == arm
    assert timeline.facts["sex"].value == "female"
    assert timeline.series["pressure"].records[0].fields["value"] == 160
    assert "left" not in timeline.series


def test_the_first_arrives_on_the_day_that_is_said(study: Study) -> None:
    assert study.typical is not None
    first = next(iter(inventor(study, study.typical).cohort(1, 1, START)))
    assert first.finished().series["informed_consent"].records[0].start == START


def test_an_arrival_is_enough(tmp_path: Path) -> None:
    study = sound(tmp_path / "study", typical="arrival: {with: informed_consent, every: 1 day}\n")
    paths = tasks.invent(study, tmp_path / "out", tasks.Invention(3, 1, START))
    assert [path.name for path in paths] == ["patients.csv", "records.csv"]
    written = (tmp_path / "out" / "records.csv").read_text("utf-8")
    assert written.count("informed_consent") == 3
