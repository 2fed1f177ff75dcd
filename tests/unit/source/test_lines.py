"""Lines are counted alike by the reader of a file and by what shows it."""

from pathlib import Path

from engine.source.lines import Sources, lines_of


def test_lines_end_as_editors_count_them() -> None:
    assert lines_of("\ufeffa\r\nb\rc\nd\u2028e\x0cf\x85g") == ["a", "b", "c", "d\u2028e\x0cf\x85g"]


def test_sources_are_read_below_a_root_and_once(tmp_path: Path) -> None:
    file = tmp_path / "rules" / "a.yaml"
    file.parent.mkdir()
    file.write_bytes("\ufeffé: 1\r\nb".encode())
    sources = Sources(tmp_path)
    assert sources("rules/a.yaml") == ["é: 1", "b"]
    file.unlink()
    assert sources("rules/a.yaml") == ["é: 1", "b"]


def test_a_file_in_another_encoding_is_still_shown(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: \xe9\nb")
    assert Sources(tmp_path)("a.yaml") == ["a: \ufffd", "b"]


def test_what_cannot_be_read_has_no_lines(tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    assert [sources(name) for name in ("no.yaml", "", ".", "a\0b")] == [None] * 4
