"""What is written back reads as it was: `parse(canonical(x)) == x`, and means the same."""

import re
from collections.abc import Iterator

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.language import syntax as s
from engine.language.english import english
from engine.language.parse import nowhere, parse
from engine.language.phrase import canonical
from engine.source.diagnostic import Diagnostics
from tests.generative.asked import core_of, scope_of
from tests.generative.expressions import expressions
from tests.generative.trees import syntax

ANYWHERE = st.sampled_from(((False, None), (True, None), (False, "steroid"), (False, "infection")))


def read_back(written: s.Syntax) -> s.Syntax | None:
    findings = Diagnostics()
    found = parse(canonical(written), nowhere, findings)
    assert found is not None, (canonical(written), [finding.message for finding in findings])
    return found


@given(syntax)
def test_every_tree_of_the_grammar_reads_back(written: s.Syntax) -> None:
    assert read_back(written) == written


@given(syntax)
def test_no_bracket_can_be_left_out(written: s.Syntax) -> None:
    text = canonical(written)
    assume("'" not in text)
    for opened, closed in brackets(text):
        bare = text[:opened] + text[opened + 1 : closed] + text[closed + 1 :]
        assert parse(bare, nowhere, Diagnostics()) != written, (text, bare)


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Where each pair opens and closes."""
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign == "(":
            opened.append(place)
        elif sign == ")":
            yield opened.pop(), place


@given(st.data(), ANYWHERE)
def test_what_is_read_back_means_the_same(data: st.DataObject, where: tuple[bool, str | None]) -> None:
    is_at_visit, this = where
    written = data.draw(expressions(is_at_visit=is_at_visit, this=this))
    again, scope = read_back(written), scope_of(is_at_visit, this)
    assert again is not None
    assert core_of(again, scope) == core_of(written, scope)


@given(st.data(), ANYWHERE)
def test_everything_can_be_said_in_english(data: st.DataObject, where: tuple[bool, str | None]) -> None:
    is_at_visit, this = where
    core = core_of(data.draw(expressions(is_at_visit=is_at_visit, this=this)), scope_of(is_at_visit, this))
    said = english(core)
    assert said.count("(") == said.count(")")
    assert not re.search(r"  |\{|\}|None|Decimal|E[+-]?\d", said), said
