"""`trial test`: the shipped cases hold, a failure says why, and a bad case file is refused with its place."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine import tasks
from engine.assurance.cases import Case
from engine.assurance.read import read_cases
from engine.command import watching
from engine.language.core import Core, Parameter
from engine.language.walk import nodes
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from tests.functional.conftest import ROOT, Ran
from tests.functional.small_cases import home, write

Trial = Callable[..., Ran]
__all__ = ["home"]
STUDIES = (".", "examples/streptomycin-1948", "engine/skeleton/study")
FEWEST = 200

# What nothing recorded can bring about: `is known` asks whether there is a record, and has no third answer.
NEVER_UNKNOWN = {"FAS", "SAF"}


def opened(folder: Path) -> tuple[Study, tuple[Case, ...]]:
    study = tasks.opened(folder).study
    assert study is not None
    findings = Diagnostics()
    cases = read_cases(study, folder, findings)
    assert not findings.found
    return study, cases


PASSING = """\
  - {name: high enough, rule: I3, but: {systolic_pressure: 140 mmHg}, expect: true, because: Said so.}
"""
FAILING = """\
  - name: too low
    rule: I3
    because: Said so.
    table:
      set: systolic_pressure
      rows:
        - [139 mmHg, true]
        - [140 mmHg, true]
"""

# ------------------------------------------------------------------ shipped cases


@pytest.mark.parametrize("study", STUDIES)
def test_the_shipped_cases_hold(study: str, trial: Trial) -> None:
    found = trial("test", "--study", ROOT / study)
    assert (found.code, found.err) == (0, "")
    assert found.out.endswith(": all as expected\n")


def test_there_are_many_cases() -> None:
    _, cases = opened(ROOT)
    assert len(cases) >= FEWEST


def test_every_case_has_its_reason() -> None:
    _, cases = opened(ROOT)
    assert not [case.name for case in cases if not case.because]


@pytest.mark.parametrize("where", STUDIES)
def test_every_rule_has_every_outcome(where: str) -> None:
    study, cases = opened(ROOT / where)
    seen: dict[str, set[object]] = defaultdict(set)
    for case in cases:
        seen[case.rule].add(case.expected.value if case.expected.applies else "does not apply")
    lacking = {
        name: wanted - seen[name]
        for name, linked in study.rules.items()
        if linked.rule.role not in ("anchor", "definition")
        if (wanted := outcomes(name, "applies_when" in linked.extra)) - seen[name]
    }
    assert not lacking


def outcomes(rule: str, conditional: bool) -> set[object]:
    found: list[object] = [True, False] if rule in NEVER_UNKNOWN else [True, False, None]
    return {*found, "does not apply"} if conditional else set(found)


@pytest.mark.parametrize("where", STUDIES[:2])
def test_every_open_parameter_is_shown(where: str) -> None:
    study, cases = opened(ROOT / where)
    shown = {one.parameter for case in cases for one in (*case.shows, *case.given)}
    parameters = study.protocol.parameters.items()
    open_ones = {name for name, parameter in parameters if parameter.status != "registered"}
    assert not (open_ones & read_by(study)) - shown


def read_by(study: Study) -> set[str]:
    """The parameters that any rule, visit or the baseline reads."""
    program = study.program
    plans = [core for plan in program.visits.values() for core in (plan.target, plan.opens, plan.closes)]
    baseline = program.baseline
    days: list[Core] = [] if baseline is None else [baseline.day, baseline.opens]
    cores = [*program.rules.values(), *plans, *days]
    return {node.name for core in cores for node in nodes(core) if isinstance(node, Parameter)}


# ------------------------------------------------------------------------ output

FAILURE = """\
rules/cases/mine.yaml:16: too low [139 mmHg]
  I3: found false, expected true
  because: Said so.
  protocol: Systolic blood pressure of 140 mmHg or above at screening.
  rules/eligibility.yaml:16: High blood pressure
      `pressure_at_screening` is at least 140 mmHg (`pressure_at_entry`) = false
        pressure_at_screening := 139 mmHg
          the last `systolic_pressure` in the 28 days (`screening_window`) up to `enrolment` = 139 mmHg
            `enrolment` minus 28 days (`screening_window`) = 2024-12-23
              enrolment := 2025-01-20
                `randomization`, or if that is not known `as_of` = 2025-01-20
                  randomization := 2025-01-20
                    the first `random_assignment` = 2025-01-20
                      its start = 2025-01-20   [rules/cases/mine.yaml line 6]
              minus 28 days (`screening_window`) = -28 days
                screening_window = 28 days
            enrolment := 2025-01-20 (as above)
            its value = 139 mmHg   [rules/cases/mine.yaml line 16]
        pressure_at_entry = 140 mmHg

2 cases of 1 rule: 1 failed
"""


def test_a_failure_shows_the_rule_with_its_values(home: Path, trial: Trial) -> None:
    write(home, FAILING)
    assert trial("test", "--study", home) == Ran(1, FAILURE, "")


def test_what_passes_is_counted(home: Path, trial: Trial) -> None:
    write(home, PASSING)
    assert trial("test", "--study", home) == Ran(0, "1 case of 1 rule: all as expected\n", "")


WRONG_REASON = """\
  - {name: why, rule: eligible, but: {systolic_pressure: 120 mmHg}, expect: ineligible, decided_by: I2, because: Said so.}
  - {name: what, rule: I3, but: {systolic_pressure: none}, expect: unknown, missing: potassium, because: Said so.}
  - {name: shown, rule: I3, expect: true, shows: {pressure_at_entry: {100 mmHg: true}}, because: Said so.}
  - {name: rested, rule: I3, expect: true, shows: potassium_limit, because: Said so.}
  - {name: exempt, rule: dose_as_planned, record: first, also: {study_drug: {start: 2025-01-20, dose: 9 mg/d}}, expect: true, because: Said so.}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("word", "problems"),
    [
        ("why", ["eligible: `I2` did not decide", "eligible: decided too: "]),
        ("what", ["I3: `potassium` is not missing", "I3: missing too: `systolic_pressure`"]),
        ("shown", ["I3: with `pressure_at_entry` at 100 mmHg the answer is the same, and nothing is shown"]),
        ("rested", ["I3: the answer does not rest on `potassium_limit`"]),
        ("exempt", ["dose_as_planned: found false, expected true"]),
    ],
)
def test_a_right_answer_for_a_wrong_reason_fails(
    word: str, problems: list[str], home: Path, trial: Trial
) -> None:
    write(home, WRONG_REASON)
    found = trial("test", "--study", home, "-k", word)
    assert found.code == 1
    lines = found.out.split("\n")[1 : 1 + len(problems)]
    assert all(line.startswith(f"  {problem}") for line, problem in zip(lines, problems, strict=True))


def test_cases_are_chosen_by_rule_and_word(home: Path, trial: Trial) -> None:
    write(home, FAILING + PASSING)
    assert trial("test", "--study", home, "--rule", "I3", "-k", "HIGH").code == 0
    assert trial("test", "--study", home, "-k", "mine").code == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--rule", "I33"], "error: there is no rule `I33`; did you mean `I3`?\n"),
        (["--rule", "E1"], "error: there is no case about `E1`\n"),
        (["-k", "nobody"], "error: there is no case with `nobody` in its name, rule or file\n"),
    ],
)
def test_nothing_to_run_is_no_success(words: list[str], message: str, home: Path, trial: Trial) -> None:
    write(home, PASSING)
    assert trial("test", "--study", home, *words) == Ran(2, "", message)


def test_a_study_without_cases(home: Path, trial: Trial) -> None:
    said = "error: there are no cases: no file in `rules/cases`\n"
    assert trial("test", "--study", home) == Ran(2, "", said)


def test_junit_is_well_formed(home: Path, trial: Trial, tmp_path: Path) -> None:
    write(home, FAILING + PASSING)
    trial("test", "--study", home, "--junit", tmp_path / "results.xml")
    suites = ElementTree.parse(tmp_path / "results.xml").getroot()
    assert suites.attrib == {"name": "pressure-example", "tests": "3", "failures": "1"}
    failed = suites.findall("testsuite/testcase[failure]")
    assert [case.attrib["name"] for case in failed] == ["too low [139 mmHg]"]
    assert failed[0].attrib["classname"] == "I3"
    failure = failed[0].find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "case", "message": "found false, expected true"}
    assert failure.text == FAILURE.partition("\n\n")[0]


def test_watching_runs_again_after_a_change(
    home: Path, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = iter([lambda: write(home, PASSING), stop])
    monkeypatch.setattr(watching, "sleep", lambda _: next(steps)())
    write(home, FAILING)
    found = trial("test", "--study", home, "--watch")
    assert found.code == 0
    assert "2 cases of 1 rule: 1 failed" in found.out
    assert found.out.endswith("1 case of 1 rule: all as expected\n")


def test_watching_outlives_a_file_that_cannot_be_read(
    home: Path, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "rules/eligibility.yaml")

    def opened() -> None:
        patch.undo()
        write(home, PASSING)

    steps = iter([opened, stop])
    monkeypatch.setattr(watching, "sleep", lambda _: next(steps)())
    write(home, FAILING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "opened", closed)
        found = trial("test", "--study", home, "--watch")
    assert found.code == 0
    assert "error: cannot use `rules/eligibility.yaml`: permission denied\n" in found.err
    assert found.out.endswith("1 case of 1 rule: all as expected\n")


def stop() -> None:
    raise KeyboardInterrupt


def test_cases_change_no_fingerprint(home: Path) -> None:
    before = tasks.opened(home).study
    write(home, PASSING)
    after = tasks.opened(home).study
    assert before is not None
    assert after is not None
    assert before.fingerprint == after.fingerprint
