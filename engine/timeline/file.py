"""A data file before it is read: its fingerprint, and how its text is encoded.

One pass over the bytes settles both, so that a file that is no text is refused
before a row of it has been used. No code page is guessed: a wrong guess turns
one letter into another without anyone noticing.
"""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.source.diagnostic import Diagnostic
from engine.source.place import Span, whole

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE_AS = "save the file as UTF-8 text"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that data came from, by name and by what was in it."""

    file: str
    sha256: str


def fingerprint(path: Path) -> str:
    """The SHA-256 of the bytes of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def encoding_of(path: Path, file: str) -> str | Diagnostic:
    """The encoding in which all of the file can be read, or what prevents it."""
    with path.open("rb") as stream:
        start = stream.read(4)
        stream.seek(0)
        encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for chunk in iter(lambda: stream.read(_CHUNK), b""):
                if "\0" in decoder.decode(chunk):
                    return Diagnostic("not-text", "this file is not text", whole(file), _SAVE_AS)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _undecoded(path, file, encoding)
    return encoding


def _undecoded(path: Path, file: str, encoding: str) -> Diagnostic:
    """The first byte that is no UTF-8, by line and column."""
    if encoding == "utf-16":
        return Diagnostic("bad-encoding", "this file is not whole as UTF-16 text", whole(file), _SAVE_AS)
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode(encoding if number == 1 else "utf-8")
            except UnicodeDecodeError as problem:
                column = len(line[: problem.start].decode("utf-8").removeprefix("\ufeff")) + 1
                message = f"byte {line[problem.start]:#04x} here is not UTF-8 text"
                at = Span(file, number, column, number, column + 1)
                return Diagnostic("bad-encoding", message, at, _SAVE_AS + " (in Excel: `CSV UTF-8`)")
    return Diagnostic("bad-encoding", "this file is not UTF-8 text", whole(file), _SAVE_AS)


def lines_in(path: Path, encoding: str) -> Iterator[str]:
    """The lines of a text file one by one, with their ends."""
    with path.open(encoding=encoding, newline="") as stream:
        yield from stream
