"""The report's pictures, as SVG that needs nothing else: no script, no font, no colour to be read.

Each has a label for screen readers that says what it shows; what is told by colour is told by
position, pattern or text too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup, escape

WIDTH, HEIGHT = 480, 230
LEFT, RIGHT, TOP, BOTTOM = 16, 16, 26, 42
MANY = 20


def score_chart(
    totals: Sequence[float], possible: float, median: float, shown: str, label: str
) -> Markup:
    """How the points are distributed: a dot for each student, or bars where they are many.

    Args:
        totals: the points of each student.
        possible: what one can have.
        median: of the totals.
        shown: the median as the page writes it.
        label: what the chart shows, for screen readers.
    """
    if len(totals) < MANY:
        stacks = Counter(_place(total, possible) for total in totals)
        height = TOP + BOTTOM + 24 + 16 * max(stacks.values())
        drawn = _dots(totals, possible, height - BOTTOM)
        labels: list[str] = []
    else:
        height = HEIGHT
        drawn, labels = _bars(totals, possible, height - BOTTOM)
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(label)}">',
        *drawn,
        *_median(median, shown, possible, height - BOTTOM),
        *labels,
        *_axis(possible, height - BOTTOM),
        "</svg>",
    ]
    return Markup("".join(parts))


def share_bar(parts: Sequence[tuple[str, float]], label: str) -> Markup:
    """A bar of shares that add up to 1, each drawn in the style of its class."""
    drawn, at = [], 0.0
    for name, share in parts:
        if share <= 0:
            continue
        width = max(0.0, 100 * share - 0.4)
        drawn.append(
            f'<rect class="{name}" x="{100 * at:.2f}" y="0" width="{width:.2f}" height="10"/>'
        )
        at += share
    return Markup(
        f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def meter(share: float, label: str, name: str = "full") -> Markup:
    """A bar for one share of 1, on a track. A negative one is drawn to the left of the middle."""
    if share < 0:
        width = 100 * min(1.0, -share)
        rect = f'<rect class="none" x="{100 - width:.2f}" y="0" width="{width:.2f}" height="10"/>'
    else:
        rect = f'<rect class="{name}" x="0" y="0" width="{100 * min(1.0, share):.2f}" height="10"/>'
    return Markup(
        f'<svg class="meter" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}"><rect class="track" x="0" y="0" width="100" height="10"/>'
        f"{rect}</svg>"
    )


def bins_of(totals: Sequence[float], possible: float) -> tuple[float, list[int]]:
    """The width of a bin in points and how many totals are in each; the last holds its end too."""
    wanted = possible / min(15, max(8, math.sqrt(len(totals)) + 1))
    width = next((w for w in (0.5, 1, 2, 3, 4, 5, 10, 20, 25, 50, 100) if w >= wanted), wanted)
    counts = [0] * max(1, math.ceil(possible / width - 1e-9))
    for total in totals:
        counts[min(len(counts) - 1, max(0, int(total / width + 1e-9)))] += 1
    return width, counts


def _x(points: float, possible: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (points / possible if possible else 0.0)


def _place(points: float, possible: float) -> int:
    """Dots at the same place are stacked."""
    return round(_x(points, possible) / 15)


def _dots(totals: Sequence[float], possible: float, base: int) -> list[str]:
    drawn = []
    stacked: Counter[int] = Counter()
    for total in sorted(totals):
        place = _place(total, possible)
        y = base - 12 - 16 * stacked[place]
        stacked[place] += 1
        drawn.append(f'<circle class="full" cx="{_x(total, possible):.1f}" cy="{y}" r="7"/>')
    return drawn


def _bars(totals: Sequence[float], possible: float, base: int) -> tuple[list[str], list[str]]:
    """The bars, and their labels, which the median's line must not cross."""
    width, counts = bins_of(totals, possible)
    most = max(counts)
    drawn, labels = [], []
    for at, count in enumerate(counts):
        left = _x(at * width, possible)
        right = _x(min(possible, (at + 1) * width), possible)
        tall = (base - TOP - 14) * count / most
        y = base - tall
        drawn.append(
            f'<rect class="full" x="{left + 1:.1f}" y="{y:.1f}" '
            f'width="{max(1.0, right - left - 2):.1f}" height="{tall:.1f}"/>'
        )
        if count:
            labels.append(
                f'<text class="small over" x="{(left + right) / 2:.1f}" y="{y - 4:.1f}" '
                f'text-anchor="middle">{count}</text>'
            )
    return drawn, labels


def _median(median: float, shown: str, possible: float, base: int) -> list[str]:
    if math.isnan(median):
        return []
    x = _x(median, possible)
    anchor = "end" if median > 0.8 * possible else "start" if median < 0.2 * possible else "middle"
    return [
        f'<line class="median" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{base}"/>',
        f'<text x="{x:.1f}" y="14" text-anchor="{anchor}">median {shown}</text>',
    ]


def _axis(possible: float, base: int) -> list[str]:
    drawn = [f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{base}" y2="{base}"/>']
    step = next((s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200) if possible / s <= 7), possible)
    ticks: list[float] = [step * at for at in range(int(possible / step) + 1)] if step else [0]
    if possible - ticks[-1] > step / 2:
        ticks.append(possible)
    for tick in ticks:
        x = _x(tick, possible)
        drawn.append(f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 5}"/>')
        drawn.append(f'<text x="{x:.1f}" y="{base + 19}" text-anchor="middle">{tick:g}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    drawn.append(f'<text x="{middle:.0f}" y="{base + 37}" text-anchor="middle">points</text>')
    return drawn
