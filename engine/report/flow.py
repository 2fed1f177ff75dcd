"""A picture of who goes from which decision to which: streams between two columns, with their counts.

Shades and hatching carry it, not colour, so it reads in black and white. Streams
are as high as they are large; the smallest are drawn high enough for their count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from engine.reference.judge import Decision

Way = tuple[Decision, Decision]

HEIGHT = 300.0
"""What all patients together are high, where every stream is large enough."""

LEAST = 16.0
GAP = 22.0
WIDTH, LEFT, RIGHT, BAR = 720, 160, 560, 10


@dataclass(frozen=True, slots=True)
class Stream:
    """Who went one way: how many, and where the stream begins and ends."""

    before: Decision
    after: Decision
    count: int
    height: float
    left: float
    right: float

    @property
    def stays(self) -> bool:
        return self.before == self.after


def flow_picture(flow: Mapping[Way, int], order: Sequence[Decision], words: str) -> str:
    """An SVG of its own; `words` say the same to those who cannot see it."""
    streams = _streams(flow, order)
    columns = (_column(streams, order, False), _column(streams, order, True))
    height = max((bottom for column in columns for _, bottom, _ in column.values()), default=0) + 6
    drawn = [*map(_ribbon, streams), *_bars(columns[0], LEFT - BAR), *_bars(columns[1], RIGHT)]
    return (
        f'<svg class="flow" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(words)}">'
        f"{_hatching()}{_heading()}{''.join(drawn)}{''.join(map(_count, streams))}</svg>"
    )


# --------------------------------------------------------------------------- places

TOP = 28.0


def _streams(flow: Mapping[Way, int], order: Sequence[Decision]) -> list[Stream]:
    whole = sum(flow.values()) or 1
    pairs = [(before, after) for before in order for after in order if flow.get((before, after))]
    heights = {pair: max(LEAST, HEIGHT * flow[pair] / whole) for pair in pairs}
    lefts = _stacked(pairs, heights, 0)
    rights = _stacked(sorted(pairs, key=lambda pair: order.index(pair[1])), heights, 1)
    return [Stream(*pair, flow[pair], heights[pair], lefts[pair], rights[pair]) for pair in pairs]


def _stacked(pairs: Iterable[Way], heights: Mapping[Way, float], end: int) -> dict[Way, float]:
    """Where each stream begins at one end, with a gap between decisions."""
    found: dict[Way, float] = {}
    y, last = TOP, None
    for pair in pairs:
        y += GAP if last not in (None, pair[end]) else 0
        found[pair] = y
        y, last = y + heights[pair], pair[end]
    return found


def _column(
    streams: Iterable[Stream], order: Sequence[Decision], is_right: bool
) -> dict[Decision, tuple[float, float, int]]:
    """Top, bottom and count of each decision that anybody has on one side."""
    found: dict[Decision, tuple[float, float, int]] = {}
    for name in order:
        here = [one for one in streams if (one.after if is_right else one.before) == name]
        if here:
            tops = [one.right if is_right else one.left for one in here]
            ends = [top + one.height for top, one in zip(tops, here, strict=True)]
            found[name] = min(tops), max(ends), sum(one.count for one in here)
    return found


# -------------------------------------------------------------------------- drawing


def _heading() -> str:
    return (
        f'<text x="{LEFT}" y="14" text-anchor="end" class="head">before</text>'
        f'<text x="{RIGHT}" y="14" class="head">after</text>'
    )


def _hatching() -> str:
    return (
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        '<path d="M0 0V6" stroke="currentColor" stroke-width="2.4"/></pattern></defs>'
    )


def _ribbon(stream: Stream) -> str:
    top = f"M{LEFT} {stream.left:.1f}{_curve(stream.left, stream.right, RIGHT)}"
    left, right = stream.left + stream.height, stream.right + stream.height
    bottom = f"V{right:.1f}{_curve(right, left, LEFT)}Z"
    title = f"<title>{stream.count}: {escape(stream.before)} before, {escape(stream.after)} after</title>"
    return f'<path class="{"stays" if stream.stays else "goes"}" d="{top}{bottom}">{title}</path>'


def _curve(start: float, end: float, x: int) -> str:
    middle = (LEFT + RIGHT) // 2
    return f"C{middle} {start:.1f} {middle} {end:.1f} {x} {end:.1f}"


def _count(stream: Stream) -> str:
    """On a ground of its own, so that it can be read on any shade."""
    y, words = stream.left + stream.height / 2, f"{stream.count:,}"
    width, kind = 7.5 * len(words) + 8, "stays" if stream.stays else "goes"
    return (
        f'<rect class="ground" x="{LEFT + 8}" y="{y - 7:.1f}" width="{width:g}" height="14" rx="3"/>'
        f'<text class="{kind}" x="{LEFT + 12}" y="{y + 4.3:.1f}">{words}</text>'
    )


def _bars(column: Mapping[Decision, tuple[float, float, int]], x: int) -> Iterable[str]:
    for name, (top, bottom, count) in column.items():
        side = f'x="{x - 8}" text-anchor="end"' if x < RIGHT else f'x="{x + BAR + 8}"'
        y = (top + bottom) / 2
        yield f'<rect class="bar" x="{x}" y="{top:.1f}" width="{BAR}" height="{bottom - top:.1f}"/>'
        yield f'<text {side} y="{y - 2:.1f}">{escape(name)}</text>'
        yield f'<text {side} y="{y + 14:.1f}" class="total">{count:,}</text>'
