"""The amendments that are shipped: three drafts, and an approved one whose cohort two versions judge."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from engine.source.diagnostic import Diagnostics
from engine.study.chronicle import chronicle
from engine.study.load import load, study_of
from tests.functional.amendments import Trial, rows
from tests.functional.conftest import ROOT

AMENDED = ROOT / "examples" / "amended"


@pytest.mark.parametrize("id", ["egfr-direction", "belimumab-label", "no-response"])
def test_the_shipped_drafts_fit(id: str) -> None:
    findings = Diagnostics()
    found = study_of(ROOT, id, findings)
    assert found is not None, list(findings)
    assert found.protocol.version == f"1.0+{id}"


def test_the_shipped_drafts_were_written_against_what_is_shipped() -> None:
    """Where the study has changed since: see whether they fit, and write the fingerprint of now."""
    chapters = chronicle(ROOT, Diagnostics())
    assert chapters is not None
    assert [one.amendment for one in chapters if one.stale] == []


def test_the_shipped_drafts_fit_together() -> None:
    found = study_of(ROOT, "egfr-direction+belimumab-label+no-response", Diagnostics())
    base = load(ROOT, Diagnostics())
    assert found is not None
    assert base is not None
    changed = [name for name, rule in base.rules.items() if found.rules[name].core != rule.core]
    assert sorted(changed) == ["E1", "belimumab_interval_kept", "no_response"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy that `examples/amended/prepare.py` makes."""
    spec = importlib.util.spec_from_file_location("prepare", AMENDED / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder = tmp_path_factory.mktemp("amended") / "study"
    module.prepare(folder)
    return folder


def test_two_versions_judge_the_shipped_cohort(trial: Trial, copy: Path, tmp_path: Path) -> None:
    assert trial("check", "--strict", "--study", copy).code == 0
    words = ("evaluate", AMENDED / "cohort", "--study", copy)
    by_version = rows(trial(*words, "--format", "csv").out)
    assert Counter(row["version"] for row in by_version) == {"1.0": 8, "1.1": 16}
    trial(*words, "--version", "1.0", "--out", tmp_path / "first")
    changes = rows(trial(*words, "--compare", tmp_path / "first", "--format", "csv").out)
    assert {row["patient"] for row in changes if row["rule"] == "infusion_reactions"} == {"P002"}
    assert {row["patient"] for row in changes if row["rule"] == "visit_in_window"} == {"P013", "P018", "P019"}


def test_the_shipped_cohort_is_what_its_command_makes(trial: Trial, copy: Path, tmp_path: Path) -> None:
    words = ("--study", copy, "--version", "1.0", "--patients", "24", "--seed", "6", "--out", tmp_path)
    assert trial("invent", *words).code == 0
    for name in ("patients.csv", "records.csv"):
        assert (tmp_path / name).read_bytes() == (AMENDED / "cohort" / name).read_bytes()
