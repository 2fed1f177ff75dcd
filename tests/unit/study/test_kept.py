"""What is kept between runs changes how long they take, and nothing else."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.source import cache
from engine.source.diagnostic import Diagnostics
from engine.source.tree import Tree
from engine.study import files, kept, load, valid
from engine.study.linked import Study
from engine.study.schema import validate
from tests.unit.study.small import SmallStudy

LIMIT = "protocol/parameters.yaml"


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, so that no test sees what another run kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    valid._known.cache_clear()
    return tmp_path / "cache" / "trial"


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were linked, and not recalled."""
    folders: list[Path] = []
    whole = load.load

    def counting(folder: Path, findings: Diagnostics) -> Study | None:
        folders.append(folder)
        return whole(folder, findings)

    monkeypatch.setattr(load, "load", counting)
    return folders


def recalled(study: SmallStudy) -> Study:
    findings = Diagnostics()
    found = load.recall(study.folder, findings)
    assert found is not None, list(findings)
    return found


def the_kept(folder: Path) -> Path:
    (path,) = folder.glob("*.study")
    return path


def test_a_study_is_linked_once(study: SmallStudy, linked: list[Path]) -> None:
    first = recalled(study)
    assert recalled(study) == first == load.load(study.folder, Diagnostics())
    assert len(linked) == 2


def test_a_file_that_was_edited_is_linked_again(study: SmallStudy, linked: list[Path]) -> None:
    before = recalled(study)
    study.write(LIMIT, (study.folder / LIMIT).read_text().replace("7 days", "9 days"))
    after = recalled(study)
    assert len(linked) == 2
    assert before.fingerprint != after.fingerprint
    assert before.protocol.parameters != after.protocol.parameters


def test_another_engine_links_again(
    study: SmallStudy, linked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    recalled(study)
    monkeypatch.setattr(cache, "maker", lambda: "another")
    recalled(study)
    assert len(linked) == 2


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "torn": lambda whole: whole[: len(whole) // 2],
    "empty": lambda whole: b"",
    "no pickle": lambda whole: b"not what it was",
    "a pickle of something else": lambda whole: pickle.dumps({"study": 1}),
    "a pickle of what is not there": lambda whole: b"cengine.nowhere\nStudy\n.",
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_kept_file_that_is_spoilt(
    study: SmallStudy, linked: list[Path], cache_folder: Path, spoil: Callable[[bytes], bytes]
) -> None:
    first = recalled(study)
    path = the_kept(cache_folder)
    path.write_bytes(spoil(path.read_bytes()))
    assert recalled(study) == first
    assert len(linked) == 2
    assert recalled(study) == first  # and what was spoilt has been made good
    assert len(linked) == 2


def test_a_study_kept_under_the_name_of_another(
    study: SmallStudy, linked: list[Path], cache_folder: Path
) -> None:
    recalled(study)
    other = the_kept(cache_folder).read_bytes()
    study.write(LIMIT, (study.folder / LIMIT).read_text().replace("7 days", "9 days"))
    kept._path(load.mark_of(study.folder)).write_bytes(other)
    assert "9 days" in str(recalled(study).protocol.parameters["window"].value)
    assert len(linked) == 2


def test_where_nothing_can_be_written(study: SmallStudy, linked: list[Path], cache_folder: Path) -> None:
    cache_folder.parent.mkdir(parents=True)
    cache_folder.write_text("a file where the folder should be")
    assert recalled(study) == recalled(study)
    assert len(linked) == 2


def test_a_study_with_errors_is_not_kept(study: SmallStudy, cache_folder: Path) -> None:
    study.write(LIMIT, (study.folder / LIMIT).read_text().replace("7 days", "seven days"))
    assert load.recall(study.folder, Diagnostics()) is None
    assert not list(cache_folder.glob("*.study"))


def test_the_oldest_make_room(study: SmallStudy, cache_folder: Path) -> None:
    first = recalled(study)
    os.utime(the_kept(cache_folder), (0, 0))
    for number in range(kept.MOST_KEPT):
        (cache_folder / f"{number}.study").write_bytes(b"")
    kept.keep("another", first)
    assert len(list(cache_folder.glob("*.study"))) == kept.MOST_KEPT


# ------------------------------------------------------------------------------- texts that fit


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The schemas that a file was held against."""
    schemas: list[str] = []

    def counting(tree: Tree, schema: str, findings: Diagnostics) -> None:
        schemas.append(schema)
        validate(tree, schema, findings)

    monkeypatch.setattr(files, "validate", counting)
    return schemas


def checked(study: SmallStudy) -> list[str]:
    """What is said in a run of its own."""
    valid._known.cache_clear()
    findings = Diagnostics()
    load.load(study.folder, findings)
    return [finding.code for finding in findings]


def test_a_text_that_fits_is_held_against_its_schema_once(study: SmallStudy, judged: list[str]) -> None:
    assert checked(study) == []
    assert "parameters" in judged
    judged.clear()
    assert checked(study) == []
    assert judged == []


def test_only_what_was_edited_is_held_against_its_schema(study: SmallStudy, judged: list[str]) -> None:
    checked(study)
    judged.clear()
    study.write(LIMIT, (study.folder / LIMIT).read_text().replace("status", "statos"))
    assert "unknown-key" in checked(study)
    assert set(judged) == {"parameters"}


def test_what_does_not_fit_is_said_each_time(study: SmallStudy) -> None:
    study.write(LIMIT, (study.folder / LIMIT).read_text().replace("status", "statos"))
    first = checked(study)
    assert first
    assert checked(study) == first


def test_a_text_that_fits_one_schema_need_not_fit_another(study: SmallStudy) -> None:
    valid.remember("parameters", "text")
    valid._known.cache_clear()
    assert valid.was_valid("parameters", "text")
    assert not valid.was_valid("endpoints", "text")
    assert not valid.was_valid("parameters", "another text")


def test_a_list_that_has_grown_long_is_begun_anew(cache_folder: Path) -> None:
    cache_folder.mkdir(parents=True)
    (cache_folder / "valid").write_text("mark\n" * (valid.MOST_KEPT + 1))
    valid._known()
    assert not (cache_folder / "valid").exists()


def test_a_list_that_is_torn_or_foreign(study: SmallStudy, cache_folder: Path) -> None:
    cache_folder.mkdir(parents=True)
    (cache_folder / "valid").write_bytes(b"\xff\x00torn")
    assert checked(study) == []


def test_the_engine_is_known_by_its_files() -> None:
    marks = cache.maker()
    assert "grammar.lark " in marks
    assert "parameters.schema.json " in marks
