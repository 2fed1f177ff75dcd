"""Every example of the handbook's lint pages: the lint speaks where it is said to, and else is silent."""

import pytest

from engine.assurance.lint.proved import Proved
from engine.assurance.lint.run import lint
from engine.assurance.lint.table import LINTS
from engine.assurance.proving.lints import Proofs
from engine.handbook.example import linked
from engine.handbook.lint_pages import Example, Page, pages, read_page
from engine.handbook.page import handbook
from engine.handbook.sections import merged
from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.study.schema import shape_of

EXAMPLES = [
    pytest.param(page, example, id=f"{page.lint.code}: {example.name}")
    for page in pages()
    for example in page.examples
]


def proved(study: Study) -> Proved:
    proofs = Proofs(study, ())
    for _ in proofs.run():
        pass
    return proofs.proved


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_the_lint_says_what_its_page_says(page: Page, example: Example) -> None:
    study, found = linked(merged(page.sections, example.sections))
    assert study is not None, found
    found_of_all = lint(study, proved=proved(study))
    remarks = [one for one in found_of_all if one.lint is page.lint and one.accepted is None]
    assert [one.found.message for one in remarks] == ([] if example.says is None else [example.says])


def test_each_lint_has_a_page_with_both_kinds_of_example() -> None:
    assert [page.lint.code for page in pages()] == list(LINTS)
    for page in pages():
        assert {example.says is None for example in page.examples} == {True, False}


def test_each_lint_is_in_the_handbook() -> None:
    page = handbook()
    assert not [lint for lint in LINTS.values() if f"### {lint.title}\n\n`{lint.code}`" not in page]


def test_a_study_can_accept_each_warning_and_nothing_else() -> None:
    accepted = shape_of("study")["properties"]["accepted"]["additionalProperties"]["properties"]
    warnings = [code for code, lint in LINTS.items() if lint.severity == "warning"]
    assert [*accepted, "accepts-nothing"] == warnings


def test_what_is_wrong_in_a_page_is_said() -> None:
    findings = Diagnostics()
    read_page("warns: {one: {with: {}, sayz: nothing, why: none}}\n", "implied", findings)
    assert sorted(finding.message for finding in findings) == [
        "`implied` needs `silent`",
        "`one` has no key `sayz`",
        "`one` needs `says`",
    ]
    assert read_page("- one\n", "implied", Diagnostics()) is None
