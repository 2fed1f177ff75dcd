"""Files in canonical form: what is an expression changes, and no other byte."""

import pytest

from engine.authoring.reprint import reprinted, said
from engine.source.diagnostic import Diagnostics


def formatted(text: str) -> str:
    findings = Diagnostics()
    found = reprinted(text, "rules/file.yaml", findings)
    assert found is not None, [finding.message for finding in findings]
    assert said(found) == said(text)
    assert reprinted(found, "rules/file.yaml", findings) == found
    return found


RULE = """\
# yaml-language-server: $schema=x
inclusion:   # the order is the protocol's

  I1:
    text: >-
      Some   words
      of the protocol.
    title:   "Odd  spacing"      # kept
    require:   any  consent   up to enrolment   # why
    source: s
"""


def test_only_the_expression_changes() -> None:
    assert formatted(RULE) == RULE.replace("any  consent   up to", "any consent up to")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_are_the_authors(end: str, mark: str) -> None:
    text = mark + RULE.replace("\n", end)
    wanted = mark + RULE.replace("any  consent   up to", "any consent up to").replace("\n", end)
    assert formatted(text) == wanted


def expression(written: str) -> str:
    """What becomes of an expression behind its key, with a key after it and none."""
    head = "inclusion:\n  I1:\n    require: "
    after = formatted(f"{head}{written}\n    title: t\n")
    assert after.startswith(head)
    assert after.endswith("\n    title: t\n")
    shown = after[len(head) :].removesuffix("\n    title: t\n")
    assert formatted(f"{head}{written}") == f"{head}{shown}"
    return shown


LONG = "a_rather_long_name >= another_rather_long_name"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("((a)) and (b > 1)", "a and b > 1"),
        ("'a  and b'", "'a and b'"),
        ("\"a = 'x'\"", "\"a = 'x'\""),
        ("(('x' = a))", "\"'x' = a\""),
        ("true", "true"),
        ("|\n      a\n      and  b", "|\n      a\n      and b"),
        ("|-   # kept\n      a and b", "|   # kept\n      a\n      and b"),
        ("|\n        a\n         and b\n\n        and c", "|\n      a\n      and b\n      and c"),
        ("|\n      sex", "sex"),
        (
            f"{LONG} and {LONG} and {LONG}  # why",
            f"|  # why\n      {LONG}\n      and {LONG}\n      and {LONG}",
        ),
        (f"'{LONG} and {LONG} and {LONG}'", f"|\n      {LONG}\n      and {LONG}\n      and {LONG}"),
        ("a_name_" * 20 + "end", "|\n      " + "a_name_" * 20 + "end"),
    ],
)
def test_where_an_expression_goes(written: str, shown: str) -> None:
    assert expression(written) == shown


def test_braces_keep_their_line() -> None:
    text = "exclusion:\n  E1: {title: 'a, b',  exclude_when: any  x,  note: n} # kept\n"
    assert formatted(text) == text.replace("any  x", "any x")
    listed = 'exclusion:\n  E1: {exclude_when: "x  in {a,b}"}\n'
    assert formatted(listed) == 'exclusion:\n  E1: {exclude_when: "x in {a, b}"}\n'


def test_several_expressions_of_a_line() -> None:
    text = "requirements: {a: {require: x  = 1, amount: y  + 1}, b: {applies_when: not  z, require: u}}\n"
    assert formatted(text) == text.replace("  ", " ")


def test_what_check_refuses_is_left_as_it_is() -> None:
    text = "inclusion:\n  I1:\n    require: >-\n      a  and\n      b\n  I2: {require: 'x = ''a'''}\n"
    assert formatted(text) == text


def test_no_other_key_is_an_expression() -> None:
    text = "parameters:\n  p: {value: 1.0  g/d, require: a  and b}\ninclusion:\n  I1: {note: a  and b}\n"
    assert formatted(text) == text


def test_an_error_is_found_where_it_stands() -> None:
    findings = Diagnostics()
    assert reprinted("inclusion:\n  I1: {require: a and}\n", "rules/file.yaml", findings) is None
    (found,) = findings
    assert (found.code, found.at.line) == ("syntax", 2)
