"""What the solver finds of small studies, and what it must not say."""

from collections.abc import Sequence

import pytest

from engine.assurance.cases import Case, Expected
from engine.assurance.lint import proved as kept
from engine.assurance.lint.model import Remark
from engine.assurance.lint.proved import Apart, Fact, Implied, Never, Proved
from engine.assurance.lint.run import lint
from engine.assurance.patients import last_day
from engine.assurance.proving.criteria import required
from engine.assurance.proving.lints import Proofs
from engine.handbook.example import linked
from engine.language.days import day_of
from engine.logic.bound import BOUND
from engine.source.cache import cache_folder
from engine.source.diagnostic import Diagnostics
from engine.source.place import NOWHERE
from engine.source.read import read_yaml
from engine.source.tree import Mapping
from engine.study.entry import entries_of
from engine.study.linked import Study
from engine.timeline.model import Record, Series, Timeline

DECLARED = """\
variables:
  weight: {title: Weight, kind: measurement, unit: kg, range: [20, 250], same_day: highest}
  height: {title: Height, kind: measurement, unit: cm, range: [100, 250], same_day: highest}
  dose: {title: Dose, kind: event, absent: no}
"""
SAID = "title: Criterion, text: Said., source: section 4"


def study_of(more: str = "", **criteria: str) -> Study:
    """A study with criteria by id: I1 is required, E1 excludes, E1a is a part of that."""
    lines = {"inclusion": ["inclusion:"], "exclusion": ["exclusion:"]}
    for name, said in criteria.items():
        section, key = ("inclusion", "require") if name[0] == "I" else ("exclusion", "exclude_when")
        part = f", part_of: {name[:2]}" if len(name) > 2 else ""
        lines[section].append(f"  {name}: {{{SAID}{part}, {key}: '{said}'}}")
    text = DECLARED + more + "\n".join(line for some in lines.values() if len(some) > 1 for line in some)
    findings = Diagnostics()
    tree = read_yaml(text, "study.yaml", findings)
    assert isinstance(tree, Mapping), list(findings)
    study, found = linked({entry.name: entry for entry in entries_of(tree)})
    assert study is not None, found
    return study


def facts_of(study: Study, cases: Sequence[Case] = ()) -> set[Fact]:
    proofs = Proofs(study, cases)
    asked = sum(1 for _ in proofs.run())
    assert asked <= proofs.size + len(required(study))
    assert proofs.proved.bound == BOUND
    return set(proofs.proved.facts)


def test_a_rule_whose_conditions_cannot_hold_together() -> None:
    study = study_of(I1="lowest weight > highest weight", E1="last weight > 60 kg or last weight <= 70 kg")
    assert facts_of(study) == {Never("I1", True), Never("E1", False)}


def test_nothing_is_said_of_what_can_be() -> None:
    assert facts_of(study_of(I1="lowest weight < highest weight", E1="last weight > 90 kg")) == set()


@pytest.mark.parametrize("counted", ["number of dose >= 5", "total weight > 900 kg", "mean weight > 100 kg"])
def test_nothing_is_said_of_counts_for_more_records_than_are_looked_at(counted: str) -> None:
    assert facts_of(study_of(I1=counted)) == set()


def test_as_many_records_are_looked_at_as_there_are_selections() -> None:
    """Four different weights take four records."""
    weights = [f"any weight = {kg} kg" for kg in (40, 50, 60, 70)]
    assert facts_of(study_of(I1=" and ".join(weights))) == set()


def test_a_criterion_is_implied_by_one_or_by_several_together() -> None:
    one = study_of(E1="any weight > 100 kg", E2="last weight > 120 kg")
    assert facts_of(one) == {Implied("E2", ("E1",))}
    several = study_of(
        I1="last height >= 150 cm",
        I2="last weight / 1 kg - last height / 1 cm < 0",
        E1="last weight > 140 kg",
    )
    assert facts_of(several) == {Implied("I2", ("I1", "E1"))}


def test_what_counts_records_does_not_hide_what_two_others_say_with_all_that_they_read() -> None:
    study = study_of(
        "definitions: {heaviest: {title: Heaviest, source: s, unit: kg, is: highest weight}}\n",
        E1="heaviest > 100 kg",
        E2="last weight > 120 kg",
        E3="total weight > 900 kg",
    )
    assert facts_of(study) == {Implied("E2", ("E1",))}


def test_who_is_implied_must_be_certain_to_pass() -> None:
    """Who has no height passes the first and not the second, though nobody can fail it alone."""
    study = study_of(I1="last weight > 50 kg", I2="last weight > 40 kg and last height > 0 cm")
    assert Implied("I2", ("I1",)) not in facts_of(study)


def test_of_two_that_imply_each_other_the_later_is_named() -> None:
    assert facts_of(study_of(I1="lowest weight > 60 kg", I2="every weight > 60 kg")) == {
        Implied("I2", ("I1",))
    }


def test_what_is_so_by_construction_is_not_said_and_a_part_goes_before_its_whole() -> None:
    parts = {"E1a": "any weight > 100 kg", "E1b": "any height > 200 cm"}
    assert facts_of(study_of(E1="any of (E1a, E1b)", **parts)) == set()
    study = study_of(E1="any of (E1a, E1b)", **parts, E2="last weight > 120 kg")
    assert facts_of(study) == {Implied("E2", ("E1a",))}


def test_alternatives_are_no_criteria_that_must_be_passed() -> None:
    """Nobody has both parts, and needs only one."""
    parts = {"I1a": "last weight > 100 kg", "I1b": "highest weight < 90 kg"}
    study = study_of(I1="any of (I1a, I1b)", **parts)
    assert required(study) == ("I1",)
    assert facts_of(study) == set()


def test_criteria_that_nobody_passes_together() -> None:
    pair = study_of(I1="first weight >= 60 kg", E1="any weight > 50 kg")
    assert facts_of(pair) == {Apart(("I1", "E1"))}
    three = study_of(
        I1="last height >= 150 cm",
        I2="last weight / 1 kg - last height / 1 cm > 0",
        I3="first weight > 30 kg",
        E1="last weight > 140 kg",
    )
    assert facts_of(three) == {Apart(("I1", "I2", "E1"))}


# ------------------------------------------------------------------------- seen


def case_of(rule: str, weights: Sequence[int]) -> Case:
    days = [day_of(2025, 1, day) for day, _ in enumerate(weights, 1)]
    records = tuple(
        Record(day, None, None, {"start": day, "value": kg}) for day, kg in zip(days, weights, strict=True)
    )
    timeline = Timeline("one", {}, {"weight": Series(records, tuple(days))})
    return Case("one", rule, timeline, last_day(timeline), Expected("", None), NOWHERE)


def test_what_a_patient_shows_is_asked_of_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_of(E1="any weight > 100 kg", E2="last weight > 90 kg")
    cases = [case_of("E1", [110, 80]), case_of("E1", [80]), case_of("E2", [95]), case_of("E2", [80])]
    cases.append(case_of("eligible", [80]))
    monkeypatch.setattr("engine.assurance.proving.beyond.anybody", None)
    assert facts_of(study, cases) == set()
    with pytest.raises(TypeError):
        facts_of(study)


# ------------------------------------------------------------------------- kept


def test_what_was_proved_is_kept_for_these_very_files(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    one, other = study_of(I1="last weight > 60 kg"), study_of(I1="last weight > 60 kg")
    proved = Proved((Never("I1", True), Implied("E2", ("E1", "I1")), Apart(("I1", "E1"))), "a bound")
    assert kept.recall(one) is None
    kept.keep(one, proved)
    assert kept.recall(one) == kept.recall(other) == proved
    (file,) = cache_folder().glob("*.proved")
    file.write_text('{"bound": 1}')
    assert kept.recall(one) is None


def test_an_acceptance_of_what_takes_a_proof_is_idle_only_where_proofs_were_tried() -> None:
    study = study_of(I1="last weight > 60 kg", more="accepted: {I1: {never-true: It is meant.}}\n")
    assert of("I1", lint(study)) == []
    (idle,) = of("I1", lint(study, proved=Proved((), BOUND)))
    assert (idle.lint.code, idle.accepted) == ("accepts-nothing", None)
    (remark,) = of("I1", lint(study, proved=Proved((Never("I1", True),), BOUND)))
    assert remark.accepted is not None
    assert remark.found.help == f"proved of every patient, {BOUND}"


def of(name: str, remarks: Sequence[Remark]) -> list[Remark]:
    return [one for one in remarks if one.found.of == name]
