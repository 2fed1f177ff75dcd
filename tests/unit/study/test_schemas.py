"""The schemas themselves: whether an editor and `misfit` have words for all they ask."""

from collections.abc import Iterator

import pytest
from jsonschema import Draft202012Validator

from engine.study.misfit import WORDINGS
from engine.study.schema import ENDING, schema_texts, shape_of
from engine.study.shape import Shape

NAMES = [name.removesuffix(ENDING) for name in schema_texts()]
WITH_NAMES = ("properties", "$defs", "dependentSchemas")
WITH_ONE = ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not")
SILENT = {"$schema", "$ref", "allOf", "title", "description", "examples", *WITH_NAMES, *WITH_ONE}


def parts(shape: Shape) -> Iterator[Shape]:
    """A schema with every schema inside it."""
    yield shape
    inside = [part for key in WITH_NAMES for part in shape.get(key, {}).values()]
    inside += [shape[key] for key in WITH_ONE if isinstance(shape.get(key), dict)]
    for part in [*inside, *shape.get("allOf", ())]:
        yield from parts(part)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_tells_an_editor_what_it_is(name: str) -> None:
    closed = [shape for shape in parts(shape_of(name)) if "additionalProperties" in shape]
    silent = [
        key
        for shape in closed
        for key, value in shape.get("properties", {}).items()
        if "description" not in value
    ]
    assert not silent


@pytest.mark.parametrize("name", NAMES)
def test_every_way_of_not_fitting_has_its_words(name: str) -> None:
    keywords = {keyword for shape in parts(shape_of(name)) for keyword in shape}
    assert keywords <= WORDINGS.keys() | SILENT


@pytest.mark.parametrize("name", NAMES)
def test_every_mapping_says_which_keys_it_takes(name: str) -> None:
    mappings = [shape for shape in parts(shape_of(name)) if shape.get("type") == "object"]
    assert all("additionalProperties" in shape for shape in mappings)


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_a_good_one(name: str) -> None:
    bad = [
        example
        for shape in parts(shape_of(name))
        for example in shape.get("examples", ())
        if not Draft202012Validator(dict(shape)).is_valid(example)
    ]
    assert not bad
