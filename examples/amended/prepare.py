"""Makes a copy of the study in which an amendment is approved: `python examples/amended/prepare.py DIR`.

Nothing of the study is kept here but the amendment, so that there is nothing to fall
behind. The drafts and the cases stay where they are: they are about version 1.0.
"""

import shutil
import sys
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.study.load import load

HERE = Path(__file__).parent
STUDY = HERE.parents[1]
AMENDMENT = "narrower-windows.yaml"
AMENDS = '  amends: "1.0"\n'


def prepare(folder: Path) -> None:
    """The copy, in a folder that is not there yet."""
    for part in ("protocol", "rules"):
        shutil.copytree(STUDY / part, folder / part, ignore=shutil.ignore_patterns("cases", "amendments"))
    study = load(folder, Diagnostics())
    if study is None:
        raise SystemExit("the study has errors: see `trial check`")
    text = (HERE / AMENDMENT).read_text("utf-8")
    known_by = f"{AMENDS}  fingerprint: {study.fingerprint[:12]}\n"
    amendments = folder / "protocol" / "amendments"
    amendments.mkdir()
    (amendments / f"01-{AMENDMENT}").write_text(text.replace(AMENDS, known_by), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2 or Path(sys.argv[1]).exists():
        raise SystemExit("say where: python examples/amended/prepare.py DIR, a folder that is not there yet")
    prepare(Path(sys.argv[1]))
