"""A parameter with another value, wherever it is read and in whatever unit."""

from decimal import Decimal
from pathlib import Path

from engine import tasks
from engine.assurance.rewrite import with_parameter
from engine.language.core import Call, Const, Core, Parameter
from engine.language.types import Number
from engine.language.units import Unit, UnitProblem, parse_unit
from engine.language.values import Day
from engine.language.walk import nodes
from engine.reference.interpret import PATIENT, Reading
from engine.timeline.model import Timeline
from tests.functional.conftest import ROOT
from tests.unit.invention.small import sound

NOBODY = Timeline("P001", {}, {})


def unit(text: str) -> Unit:
    found = parse_unit(text)
    assert not isinstance(found, UnitProblem)
    return found


def figures(core: Core) -> list[object]:
    return [node.value for node in nodes(core) if isinstance(node, Parameter)]


def test_the_other_value_stands_in_the_unit_it_is_read_in() -> None:
    study = tasks.opened(ROOT).study
    assert study is not None
    other = with_parameter(study.program, "mmf_titration", Const(Decimal(6), Number(unit("weeks"))))
    assert set(figures(other.rules["mmf_due_in_range"])) == {Decimal(42)}


def test_what_does_not_read_it_is_the_same(tmp_path: Path) -> None:
    study = sound(tmp_path)
    other = with_parameter(study.program, "lowest_pressure", Const(Decimal(10), Number(unit("mmHg"))))
    changed = {name for name, core in other.rules.items() if core is not study.program.rules[name]}
    assert changed == {"I2"}


def test_a_length_of_months_may_become_one_of_days() -> None:
    study = tasks.opened(ROOT).study
    assert study is not None
    weeks = with_parameter(study.program, "month_6_offset", Const(Decimal(26), Number(unit("weeks"))))
    back = with_parameter(study.program, "recent_procedure_window", Const(Decimal(30), Number(unit("days"))))
    target = weeks.visits["month_6"].target
    assert isinstance(target, Call)
    assert target.operator == "add_days"
    assert back.rules["E2b"] != study.program.rules["E2b"]
    assert Reading(back, NOBODY, Day(1)).value(back.rules["E2b"], PATIENT) is None
