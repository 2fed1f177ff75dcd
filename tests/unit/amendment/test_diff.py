"""What is otherwise is told by meaning: each kind of change, of each part of a protocol."""

from pathlib import Path

import pytest

from tests.unit.amendment.pairs import changed, versions

I1 = "  I1: {title: Age, text: t, source: s, require: age at consent >= 18 years}\n"
I2 = "require: last pressure up to day_1 > lowest_pressure"


def test_nothing_is_otherwise(tmp_path: Path) -> None:
    found = versions(tmp_path, ("variables", "title: Fit,", "title:  Fit,")).difference()
    assert (found.changes, found.compared) == ((), ())


@pytest.mark.parametrize(
    ("edit", "name", "kind", "aspects"),
    [
        (("parameters", "140 mmHg", "140.0 mmHg"), "lowest_pressure", "reworded", {"value"}),
        (("parameters", "140 mmHg", "150 mmHg"), "lowest_pressure", "changed", {"value"}),
        (("parameters", "section 5", "section 6"), "lowest_pressure", "reworded", {"source"}),
        (
            ("parameters", "registered", "query, query: why"),
            "lowest_pressure",
            "changed",
            {"status", "question"},
        ),
        (("variables", "[40, 300]", "[40, 250]"), "pressure", "changed", {"plausible"}),
        (("variables", "absent: unknown", "absent: no"), "fit", "changed", {"no record means"}),
        (("variables", "lost: Lost", "lost: Gone"), "reason", "reworded", {"code lost"}),
        (("variables", "lost: Lost", "lost: Lost, died: Died"), "reason", "changed", {"code died"}),
        (("study", "ratio: 2", "ratio: 3"), "active", "changed", {"ratio"}),
        (("schedule", "title: M1", "title: First"), "month_1", "reworded", {"title"}),
        (
            ("schedule", "offset: 1 month, before: 7 days", "offset: 1 month, before: 5 days"),
            "month_1",
            "changed",
            {"first day"},
        ),
        (("schedule", "look_back: 28 days", "look_back: 4 weeks"), "", "", set()),
        (("schedule", "look_back: 28 days", "look_back: 14 days"), "baseline", "changed", {"looked back to"}),
        (
            ("eligibility", "text: t, source: s, require: fit", "text: u, source: s, require: fit"),
            "I3",
            "reworded",
            {"text"},
        ),
        (("response", "[month_1, month_2]", "[month_2]"), "better", "changed", {"asked at"}),
    ],
)
def test_each_part_is_told_by_what_it_means(
    tmp_path: Path, edit: tuple[str, str, str], name: str, kind: str, aspects: set[str]
) -> None:
    found = changed(tmp_path, edit)
    if not name:
        assert not {change.name for change in found.values() if change.kind != "reworded"}
        return
    change = found[name]
    assert (change.kind, {one.what for one in change.aspects}) == (kind, aspects)
    assert kind != "reworded" or all(one.is_words for one in change.aspects)


def test_a_rule_said_otherwise_is_reworded_if_it_is_proved_equal(tmp_path: Path) -> None:
    edit = ("eligibility", I2, "require: not last pressure up to day_1 <= lowest_pressure")
    assert changed(tmp_path / "unproved", edit)["I2"].kind == "changed"
    (change,) = versions(tmp_path, edit).difference("I2").changes
    assert (change.name, change.kind) == ("I2", "reworded")


def test_a_rule_reads_in_english_before_and_after(tmp_path: Path) -> None:
    (change,) = changed(tmp_path, ("eligibility", "18 years", "16 years")).values()
    says = next(one for one in change.aspects if one.what == "it says")
    assert (change.name, change.kind, says.is_words) == ("I1", "changed", False)
    assert "at least 18 years" in (says.before or "")
    assert "at least 16 years" in (says.after or "")


def test_rules_are_new_and_gone(tmp_path: Path) -> None:
    new = "  I4: {title: Young, text: t, source: s, require: age at consent < 70 years}\n"
    found = changed(tmp_path, ("eligibility", I1, new))
    assert {name: found[name].kind for name in ("I1", "I4")} == {"I1": "gone", "I4": "new"}


def test_the_same_rule_under_another_name_was_renamed(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        ("eligibility", "I1:", "of_age:"),
        ("parameters", "lowest_pressure", "floor"),
        ("eligibility", "lowest_pressure", "floor"),
    )
    assert (found["of_age"].kind, found["of_age"].was_called) == ("renamed", "I1")
    assert (found["floor"].kind, found["floor"].was_called) == ("renamed", "lowest_pressure")
    assert found["I2"].kind == "reworded"


def test_one_rule_comes_with_what_it_rests_on(tmp_path: Path) -> None:
    edits = (("parameters", "140 mmHg", "150 mmHg"), ("eligibility", "18 years", "16 years"))
    found = versions(tmp_path, *edits).difference("I2")
    assert {change.name for change in found.changes} == {"I2", "lowest_pressure"}
    assert [one.now for one in found.compared] == ["I2"]
