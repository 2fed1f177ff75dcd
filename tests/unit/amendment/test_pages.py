"""What the pages make of a result: the picture of the flow, and the parts of a review in their order."""

import re

from engine.amendment.impact import Impact
from engine.amendment.review import CaseRun, Failure, Review, Untried
from engine.reference.judge import DECISIONS
from engine.report.flow import LEAST, flow_picture
from engine.report.review_page import Part, page
from engine.source.place import NOWHERE
from engine.study.model import Amendment
from tests.unit.amendment.conftest import Affected

ORDER = tuple(DECISIONS.values())
EDIT = ("protocol/parameters.yaml", "value: 140 mmHg", "value: 155 mmHg")
FINE = CaseRun(12, ())


def heights(picture: str) -> list[float]:
    """How high each stream is at its beginning."""
    return [
        float(end) - float(start)
        for start, end in re.findall(r'd="M160 ([\d.]+)C.* ([\d.]+)Z"', picture.replace("<path", "\n<path"))
    ]


def test_streams_are_as_high_as_they_are_large_and_high_enough_for_their_count() -> None:
    flow = {("eligible", "eligible"): 6000, ("eligible", "ineligible"): 3000, ("undetermined", "eligible"): 1}
    picture = flow_picture(flow, ORDER, "who went where")  # type: ignore[arg-type]
    first, second, third = heights(picture)
    assert abs(first - 2 * second) < 0.3
    assert abs(third - LEAST) < 0.11
    assert 'aria-label="who went where"' in picture
    assert re.findall(r">([\d,]+)</text>", picture) == [
        *("9,000", "1", "6,001", "3,000"),
        *("6,000", "3,000", "1"),
    ]
    assert picture.count('class="goes" d=') == 2


def test_nobody_goes_nowhere() -> None:
    assert "<path class" not in flow_picture({}, ORDER, "")


def reviewed(impact: Impact, **found: object) -> Review:
    amendment = Amendment(
        "higher", "A <higher> pressure", "draft", "Too many\nwere fine", NOWHERE, "0.1", "sponsor"
    )
    given = {"amendment": amendment, "before": FINE, "after": FINE, "untried": (), **found}
    return Review(impact=impact, **given)  # type: ignore[arg-type]


def test_parts_that_others_make_stand_in_their_places(affected: Affected) -> None:
    found = reviewed(affected(EDIT))
    shown = page(found, Part("What changes", "<p>I3</p>"), Part("Proof", "<p>narrows</p>"))
    assert re.findall(r"<h2>(.*?)</h2>", shown) == [
        "What changes",
        "Who is affected",
        "Proof",
        "New cases needed",
        "The cases on both versions",
    ]
    assert "<p>narrows</p>" in shown
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(re.findall(r'id="([^"]+)"', shown))


def test_the_amendment_stands_at_the_head(affected: Affected) -> None:
    shown = page(reviewed(affected()))
    assert "<h1>Review: A &lt;higher&gt; pressure</h1>" in shown
    for name, words in (("status", "draft"), ("by", "sponsor"), ("reason", "Too many were fine")):
        assert f"<dt>{name}</dt><dd>{words}</dd>" in shown


def test_what_is_left_to_do(affected: Affected) -> None:
    assert not reviewed(affected()).is_open
    failure = Failure("rules/cases/a.yaml:7", "a name", "I3", "found false, expected `true`")
    untried = Untried(
        "I3", "rules/eligibility.yaml:20", "`pressure` is at least 155 mmHg", "at the limit", None
    )
    found = reviewed(
        affected(), after=CaseRun(12, (failure,), ("rules/cases/a.yaml:9: no `I4`",)), untried=(untried,)
    )
    assert found.is_open
    shown = page(found)
    assert "12 cases: 1 fails." in shown
    assert "found false, expected <code>true</code>" in shown
    assert "<code>pressure</code> is at least 155 mmHg" in shown
    assert "at the limit: no patient was found" in shown
    assert "Some cases cannot be read by this version." in shown
