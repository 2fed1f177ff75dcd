"""The pages of the commands that authors and validators use, each a Markdown file followed by a test.

A page works on the study that `trial new` writes: blocks marked `diff` and `yaml`
change its files, and blocks marked `console` show what a command then prints.
"""

from importlib.resources import files

FOLDER = "commands"


def pages() -> tuple[str, ...]:
    """Every page, in the order of their numbers."""
    folder = files("engine.handbook") / FOLDER
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".md"))
    ordered = sorted(found, key=lambda page: int(page.name.split("-")[0]))
    return tuple(page.read_text("utf-8").strip() for page in ordered)
