"""What the solver says of a small study: what nobody could notice or show, and who shows the rest."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.assurance.cases import Case
from engine.assurance.coverage.result import coverage
from engine.assurance.mutation.model import Mutant
from engine.assurance.mutation.mutants import mutants_of
from engine.assurance.proving.gaps import filled
from engine.assurance.proving.patients import Suggesting, origins
from engine.assurance.proving.proofs import NO_ONE_ELSE, NOBODY, Proofs
from engine.assurance.run import Runner, ask
from engine.assurance.told.case import Teller
from engine.study.linked import Study
from tests.unit.invention.small import sound

DEFINED = "definitions:\n  asked:\n    title: T\n    source: s\n    is: |\n      {}\n"


def study_with(folder: Path, expression: str) -> Study:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "definitions.yaml").write_text(DEFINED.format(expression), "utf-8")
    return sound(folder)


def mutant(study: Study, kind: str, after: str) -> Mutant:
    found = [
        one for one in mutants_of(study) if one.kind == kind and one.of == "asked" and after in one.after
    ]
    assert len(found) == 1, [(one.kind, one.after) for one in mutants_of(study) if one.of == "asked"]
    return found[0]


# An expression, and the words of a mutant of it that nobody can notice.
ALIKE = {
    "a limit between two steps": ("last weight > 60.05 kg", "at least"),
    "branches that meet": ("if last weight <= 60 kg then last weight else max(last weight, 60 kg)", "below"),
}


@pytest.mark.parametrize("name", ALIKE)
def test_what_nobody_could_notice_is_proved(name: str, tmp_path: Path) -> None:
    expression, after = ALIKE[name]
    study = study_with(tmp_path, expression)
    assert Proofs(study).equivalent(mutant(study, "strictness", after)) == NO_ONE_ELSE


def test_what_somebody_could_notice_is_not(tmp_path: Path) -> None:
    study = study_with(tmp_path, "last weight > 60 kg")
    assert Proofs(study).equivalent(mutant(study, "strictness", "at least")) is None


def suggesting(study: Study, cases: Sequence[Case] = ()) -> tuple[Suggesting, Teller]:
    teller = Teller(study)
    return Suggesting(study, origins(teller, cases)), teller


def test_the_nearest_patient_tells_a_mutant_apart(tmp_path: Path) -> None:
    """At the limit itself, and nothing else is otherwise than it is of the typical patient."""
    study = study_with(tmp_path, "last weight > 60 kg")
    wrong = mutant(study, "strictness", "at least")
    found, teller = suggesting(study)
    case = found.telling_apart(wrong)
    assert case is not None
    assert ask(study.program, case).value != ask(wrong.program(study.program), case).value
    assert "    but: {weight: {at: month_2, value: 60 kg}}\n" in (teller.told(case) or "")


def test_a_quotient_is_followed_to_its_limit(tmp_path: Path) -> None:
    """What is not linear is known to the solver by name, and put right until the patient is one."""
    study = study_with(tmp_path, "last weight / first weight < 0.5")
    wrong = mutant(study, "strictness", "at most")
    case = suggesting(study)[0].telling_apart(wrong)
    assert case is not None
    assert ask(study.program, case).value is False
    assert ask(wrong.program(study.program), case).value is True


def test_what_coverage_misses_gets_a_case_or_a_proof(tmp_path: Path) -> None:
    study = study_with(tmp_path, "last weight > 60 kg and not last weight > 60 kg")
    runner = Runner(study, reasons=True, watched=True)
    found = list(filled(study, (), "asked"))
    cases = [one.case for one in found if one.case is not None]
    shown = coverage(study, map(runner.run, cases)).of("asked")
    goals = [goal for gap in shown.gaps for goal in gap.goals]
    proved = dict(Proofs(study).unreachable(shown.expressions, goals))
    assert all(one.text is not None for one in found)
    assert {goal.wanted for goal in goals} >= {"true"}
    assert set(proved.values()) == {NOBODY}
