"""The small study with rules of a test's own, and what its cases show of them."""

from dataclasses import dataclass
from pathlib import Path

from engine.assurance.coverage.expressions import Condition, Goal, Wanted
from engine.assurance.coverage.result import Coverage, coverage
from engine.assurance.read import read_cases
from engine.assurance.run import Runner
from engine.language.english import english
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from tests.unit.invention.small import sound

PARAMETERS = """\
parameters:
  lowest_pressure: {title: Least pressure, value: 140 mmHg, source: s, status: registered}
  strict: {title: Strict, value: false, source: s, status: registered}
"""


@dataclass(frozen=True)
class Ruled:
    """A study, and the folder it is in."""

    study: Study
    folder: Path

    def shown_by(self, cases: str) -> Coverage:
        path = self.folder / "rules" / "cases" / "mine.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"usual: {{day: day_1}}\ncases:\n{cases}", "utf-8")
        findings = Diagnostics()
        found = read_cases(self.study, self.folder, findings)
        assert not list(findings)
        runner = Runner(self.study, reasons=True, watched=True)
        return coverage(self.study, map(runner.run, found))


def ruled(folder: Path, **rules: str) -> Ruled:
    """Exclusion criteria by name; `dosing` and `switching` are whole files."""
    for name in ("dosing", "switching"):
        if name in rules:
            (folder / "rules").mkdir(exist_ok=True)
            (folder / "rules" / f"{name}.yaml").write_text(rules.pop(name), "utf-8")
    criteria = "".join(
        f"  {name}: {{title: T, text: t, source: s, exclude_when: '{rule}'}}\n"
        for name, rule in rules.items()
    )
    study = sound(folder, eligibility=f"exclusion:\n{criteria}", parameters=PARAMETERS)
    return Ruled(study, folder)


def named(found: Coverage, expression: str) -> dict[str, Condition]:
    """The conditions of an expression by their English."""
    return {english(one.core): one for one in found.expressions[expression].conditions}


def shown(found: Coverage, condition: Condition) -> list[Wanted]:
    return [goal.wanted for goal in condition.goals if found.state(goal) == "shown"]


def cannot(found: Coverage, condition: Condition) -> list[Wanted]:
    return [goal.wanted for goal in condition.goals if found.state(goal) == "cannot be"]


def answers(found: Coverage, expression: str) -> dict[Wanted, str]:
    return {goal.wanted: found.state(goal) for goal in found.expressions[expression].answers}


def goal(rule: str, wanted: Wanted) -> Goal:
    return Goal(rule, None, wanted)
