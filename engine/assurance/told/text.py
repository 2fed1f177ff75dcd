"""Scalars, mappings and lists as they stand in a file of cases, on one line or on several."""

import json
import re
from collections.abc import Iterable, Mapping

WIDTH = 120

Inline = str | Mapping[str, "Inline"] | tuple["Inline", ...]
"""A value of a case: a text, a mapping or a list of them."""

_PLAIN = re.compile(r"(?![-?:!&*|>%@`\"'#=~\s])(?!.*(?:: | #|[,\[\]{}]))(?!null$).*[^:\s]", re.IGNORECASE)


def scalar(text: str) -> str:
    """A value on one line, in quotes where it would mean something else without."""
    return text if _PLAIN.fullmatch(text) and ":" not in text else f"'{text.replace(chr(39), chr(39) * 2)}'"


def sentence(text: str) -> str:
    """Words beside a key, where commas and brackets are only words."""
    words = " ".join(text.split())
    is_plain = re.fullmatch(r"(?![-?:,\[\]{}#&*!|>'\"%@`~])(?!.*(?:: | #)).*[^:]", words)
    return words if is_plain else json.dumps(words, ensure_ascii=False)


def inline(value: Inline) -> str:
    """A value on one line."""
    match value:
        case str():
            return scalar(value)
        case Mapping():
            return "{" + ", ".join(f"{key}: {inline(one)}" for key, one in value.items()) + "}"
        case _:
            return "[" + ", ".join(map(inline, value)) + "]"


def entry(key: str, value: Inline, indent: str) -> Iterable[str]:
    """A key with its value: beside it if there is room, else an item or a key a line."""
    line = f"{indent}{key}: {inline(value)}"
    if isinstance(value, str) or (len(line) <= WIDTH and not _is_long_list(value)):
        return (line,)
    if isinstance(value, Mapping):
        below = (part for name, one in value.items() for part in entry(name, one, indent + "  "))
    else:
        below = (f"{indent}  - {inline(one)}" for one in value)
    return (f"{indent}{key}:", *below)


def _is_long_list(value: Inline) -> bool:
    return isinstance(value, tuple) and len(value) > 1
