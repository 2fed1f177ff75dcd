"""`trial mutate` as people give it: what survives is shown where it is written, and bad words are refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.conftest import ROOT, Ran
from tests.functional.small_cases import home, write

Trial = Callable[..., Ran]
__all__ = ["home"]
STUDIES = ("examples/streptomycin-1948", "engine/skeleton/study")

NEAR = """\
  - name: high enough
    rule: I3
    because: Said so.
    table:
      set: systolic_pressure
      rows:
        - [139 mmHg, false]
        - [140 mmHg, true]
"""
SURVIVOR = """\
rules/eligibility.yaml:20:14: I3: strictness
    require: pressure_at_screening >= pressure_at_entry
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  - `pressure_at_screening` is at least 140 mmHg (`pressure_at_entry`)
  + `pressure_at_screening` is above 140 mmHg (`pressure_at_entry`)

"""


def test_a_survivor_is_shown_where_it_is_written(home: Path, trial: Trial) -> None:
    write(home, NEAR.replace("140 mmHg", "160 mmHg"))
    found = trial("mutate", "--study", home, "--rule", "I3", "--kind", "strictness")
    assert (found.code, found.err) == (1, "")
    assert found.out.startswith(SURVIVOR)
    assert found.out.endswith("1 mutant: 1 survived; 0.0 % noticed\n")


def test_where_all_are_noticed_nothing_is_found(home: Path, trial: Trial) -> None:
    write(home, NEAR)
    found = trial("mutate", "--quick", "--study", home, "--rule", "I3")
    assert (found.code, found.err) == (0, "")
    assert found.out.endswith("3 mutants: 3 killed; 100.0 % noticed\n")
    assert "With survivors" not in found.out


def test_counts_stand_by_kind_and_by_rule(home: Path, trial: Trial) -> None:
    write(home, NEAR)
    found = trial("mutate", "--quick", "--study", home)
    kinds, rules = found.out.split("By kind")[1].split("With survivors")
    assert "  threshold " in kinds
    assert "  pressure_at_screening " in rules
    assert "  I3 " not in rules


def test_the_parameters_that_a_rule_reads_come_with_it(home: Path, trial: Trial) -> None:
    write(home, NEAR)
    found = trial("mutate", "--quick", "--study", home, "--rule", "E1", "--kind", "parameter")
    assert "  - `screening_window` is 28 days\n  + `screening_window` is 14 days\n" in found.out
    assert "protocol/parameters.yaml:" in found.out


def test_a_visit_can_be_asked_about(home: Path, trial: Trial) -> None:
    write(home, NEAR)
    for name in ("month_1", "baseline"):
        found = trial("mutate", "--quick", "--study", home, "--rule", name)
        assert f": {name}: window\n" in found.out


def test_programs_are_told_of_every_mutant(home: Path, trial: Trial, tmp_path: Path) -> None:
    write(home, NEAR)
    file = tmp_path / "mutants.json"
    asked = ("mutate", "--quick", "--study", home, "--rule", "I3", "--format", "json")
    found = trial(*asked)
    assert trial(*asked, "--out", file) == Ran(0, "", f"wrote {file}\n")
    assert file.read_text("utf-8") == found.out
    told = json.loads(found.out)
    assert (told["study"], told["cases"], told["noticed"]) == ("pressure-example", 2, 100.0)
    first = told["mutants"][0]
    assert (first["of"], first["kind"], first["line"], first["outcome"]) == ("I3", "strictness", 20, "killed")
    assert (first["by"], first["problem"]) == ("high enough [140 mmHg]", "found false, expected true")


def test_the_same_is_said_twice(home: Path, trial: Trial) -> None:
    write(home, NEAR)
    assert trial("mutate", "--quick", "--study", home) == trial("mutate", "--quick", "--study", home)


@pytest.mark.parametrize(("least", "code"), [("0", 0), ("10", 0), ("99.5", 1)])
def test_who_asks_for_less_is_content_with_less(home: Path, trial: Trial, least: str, code: int) -> None:
    write(home, NEAR)
    rule = ("--rule", "pressure_at_screening")
    assert trial("mutate", "--quick", "--study", home, *rule).code == 1
    assert trial("mutate", "--quick", "--study", home, *rule, "--fail-under", least).code == code


@pytest.mark.parametrize("name", STUDIES)
def test_it_works_on_every_study(name: str, trial: Trial) -> None:
    found = trial("mutate", "--quick", "--study", ROOT / name)
    assert (found.code, found.err) in ((0, ""), (1, ""))
    assert found.out.endswith("% noticed\n")


# ----------------------------------------------------------------------- bad input

REFUSED = {
    "an unknown rule": (("--rule", "I33"), "there is no rule `I33`; did you mean `I3`?"),
    "a parameter for a rule": (("--rule", "tablet_dose"), "`tablet_dose` is no rule but a parameter"),
    "an unknown kind": (("--kind", "treshold"), "there is no kind `treshold`; did you mean `threshold`?"),
    "a table for a file": (("--out", "x.txt"), "a table is for the screen: write --format json with --out"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused(name: str, home: Path, trial: Trial) -> None:
    write(home, NEAR)
    words, message = REFUSED[name]
    assert trial("mutate", "--quick", "--study", home, *words) == Ran(2, "", f"error: {message}\n")


def test_a_share_is_a_number(home: Path, trial: Trial) -> None:
    for wrong in ("101", "-1", "much", "nan"):
        found = trial("mutate", "--quick", "--study", home, f"--fail-under={wrong}")
        assert found.code == 2
        assert f"`{wrong}` is not a number from 0 to 100" in found.err


def test_without_cases_there_is_nothing_to_ask(home: Path, trial: Trial) -> None:
    found = trial("mutate", "--quick", "--study", home)
    assert found == Ran(2, "", "error: there are no cases: no file in `rules/cases`\n")


def test_cases_that_cannot_be_read_are_shown(home: Path, trial: Trial) -> None:
    write(home, NEAR.replace("systolic_pressure", "systolic_presure"))
    found = trial("mutate", "--quick", "--study", home)
    assert found.code == 2
    assert "did you mean `systolic_pressure`?" in found.err
    assert found.err.endswith("error: the cases have errors, and none was run\n")


def test_cases_that_fail_come_first(home: Path, trial: Trial) -> None:
    write(home, NEAR.replace("140 mmHg, true", "140 mmHg, false"))
    found = trial("mutate", "--quick", "--study", home)
    assert (found.code, found.out) == (1, "")
    place, error = found.err.splitlines()
    assert place.endswith(": high enough [140 mmHg]")
    assert error == "error: 1 case failed before anything was made wrong: see `trial test` first"
