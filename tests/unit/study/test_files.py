"""The files of a study that are missing, misnamed or cannot be read: the words and the help."""

from pathlib import Path

import pytest

from engine.source.diagnostic import Diagnostics
from engine.study.read import read_protocol
from tests.unit.study.small import FILES, SmallStudy

STRANGERS = {
    "a misspelt file": (
        ("rules/eligibilty.yaml", ""),
        [
            "rules/eligibilty.yaml:1 <> unknown-file: "
            "`rules/eligibilty.yaml` is not a file of a study, and nobody reads it / "
            "did you mean `rules/eligibility.yaml`?"
        ],
    ),
    "a file with the other ending": (
        ("rules/safety.yml", ""),
        [
            "rules/safety.yml:1 <> unknown-file: `rules/safety.yml` is not a file of a study, and nobody "
            "reads it / "
            "did you mean `rules/safety.yaml`?"
        ],
    ),
    "an amendment with the other ending": (
        ("protocol/amendments/02.yml", ""),
        [
            "protocol/amendments/02.yml:1 <> unknown-file: "
            "`protocol/amendments/02.yml` is not a file of a study, and nobody reads it / "
            "did you mean `02.yaml`?"
        ],
    ),
    "a misspelt folder": (
        ("protocol/amendment/01.yaml", ""),
        [
            "protocol/amendment:1 <> unknown-folder: "
            "`protocol/amendment` is not a folder of a study, and nobody reads it / "
            "did you mean `protocol/amendments`?"
        ],
    ),
    "an empty file": (
        ("rules/safety.yaml", "# later\n"),
        ["rules/safety.yaml:1 <> empty-file: this file is empty / it must hold at least one key"],
    ),
}


@pytest.mark.parametrize(("file", "expected"), STRANGERS.values(), ids=STRANGERS.keys())
def test_a_file_nobody_reads_is_said(study: SmallStudy, file: tuple[str, str], expected: list[str]) -> None:
    study.write(*file)
    assert study.said() == expected


def test_cases_and_sources_have_readers_of_their_own(study: SmallStudy) -> None:
    study.write("rules/cases/a.yaml", "*")
    study.write("protocol/sources/registry.txt", "The protocol.")
    assert study.said() == []


def test_a_missing_file(study: SmallStudy) -> None:
    (study.folder / "protocol" / "parameters.yaml").unlink()
    assert study.said() == [
        "protocol/parameters.yaml:1 <> missing-file: there is no `protocol/parameters.yaml` / "
        "it holds every figure and choice that an amendment could touch, each with who says so"
    ]
    assert read_protocol(study.folder, Diagnostics()) is None


def test_a_folder_without_a_study(tmp_path: Path) -> None:
    assert SmallStudy(tmp_path).said() == [
        "protocol:1 <> no-study: there is no study here: no folder `protocol` / "
        "a study is a folder that holds `protocol` and `rules`"
    ]


def test_a_file_that_is_not_utf_8(study: SmallStudy) -> None:
    text = FILES["protocol/parameters.yaml"].replace("title: Window", "title: Ärzte")
    (study.folder / "protocol" / "parameters.yaml").write_bytes(text.encode("latin-1"))
    assert study.said() == [
        "protocol/parameters.yaml:2 <�> not-utf-8: the byte C4 here is not UTF-8 text / "
        "save the file as UTF-8, and check the letters and signs that are not plain"
    ]


def test_a_file_that_cannot_be_read(study: SmallStudy) -> None:
    (study.folder / "rules" / "safety.yaml").mkdir()
    (line,) = study.said()
    assert line.startswith(
        "rules/safety.yaml:1 <> unreadable-file: `rules/safety.yaml` cannot be read / the system says: "
    )


def test_every_file_is_looked_at_before_anything_is_given_up(study: SmallStudy) -> None:
    study.write("rules/eligibility.yaml", "inclusion: [")
    study.write("protocol/parameters.yaml", "parametres: {}")
    codes = [line.split("> ")[1].split(":")[0] for line in study.said()]
    assert codes == ["unknown-key", "yaml-syntax"]


def test_a_protocol_with_errors_comes_back_all_the_same(study: SmallStudy) -> None:
    text = "exclusion: {E1: {exclude_when: {a: b}}, E2: {exclude_when: x}, E3: 5}"
    study.write("rules/eligibility.yaml", text)
    findings = Diagnostics()
    protocol = read_protocol(study.folder, findings)
    assert findings.failed
    assert protocol
    assert [rule.id for rule in protocol.rules.values()] == ["day_1", "E2"]
