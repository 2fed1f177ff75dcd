"""Whether a file of a study has the shape its schema asks for.

The schemas serve editors too: their descriptions are what a writer sees when
hovering over a key, and what is said here when something is missing or wrong.
`jsonschema` finds what does not fit and `misfit` says it in words. Importing
`jsonschema` is slow: it is imported nowhere else, and only where a file is
held against a schema.
"""

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from engine.source.diagnostic import Diagnostics
from engine.source.tree import Tree, plain
from engine.study.misfit import Misfit, worded
from engine.study.shape import Shape, in_one_piece

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

ENDING = ".schema.json"


def validate(tree: Tree, schema: str, findings: Diagnostics) -> None:
    """Adds an error for each place where a file does not fit the schema of that name."""
    misfits = [_misfit(error) for error in _validator(schema).iter_errors(plain(tree))]
    misshapen = {misfit.path for misfit in misfits if misfit.keyword == "type"}
    for misfit in misfits:
        # Of something that is no number at all it need not be said that it is too small a one.
        if misfit.keyword == "type" or misfit.path not in misshapen:
            findings.found.extend(worded(misfit, tree, shape_of(schema)))


@cache
def schema_texts() -> dict[str, str]:
    """Every schema by its file name, for whoever puts them beside a study for its editor."""
    folder = files("engine.study") / "schemas"
    found = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir()}
    return {name: found[name] for name in sorted(found) if name.endswith(ENDING)}


@cache
def shape_of(schema: str) -> Shape:
    """The schema of that name, with the definitions it shares with others filled in."""
    home = schema + ENDING
    loaded = _loaded()
    shape: Shape = in_one_piece(loaded[home], loaded, home)
    return shape


@cache
def _loaded() -> dict[str, Shape]:
    return {name: json.loads(text) for name, text in schema_texts().items()}


@cache
def _validator(schema: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(dict(shape_of(schema)))


def _misfit(error: "ValidationError") -> Misfit:
    return Misfit(
        keyword=str(error.validator),
        wanted=error.validator_value,
        found=error.instance,
        path=tuple(error.absolute_path),
        shape=error.schema if isinstance(error.schema, dict) else {},
        of_key="propertyNames" in error.absolute_schema_path,
    )
