"""The report on one task: what a student reads above the output of a graded cell."""

from __future__ import annotations

import dataclasses
import re
from html import escape

from autograder.judge.grid import where
from autograder.result import CriterionResult, Grid, TaskResult

_CELL = "text-align:left;vertical-align:top;padding:2px 12px 2px 0"
_CODE = "white-space:pre-wrap;font-family:monospace;margin:2px 0 8px 0"
_GRID = (
    "border-collapse:collapse;display:inline-table;vertical-align:top;width:auto;"
    "margin:4px 32px 8px 0"
)
_CAPTION = "caption-side:top;color:inherit;text-align:left;padding:2px 6px;white-space:nowrap"
_INDEX = (
    "border:none;background-color:transparent;color:inherit;text-align:center;font-weight:normal;"
    "padding:2px 6px"
)
_ENTRY = "text-align:center;padding:4px 8px;color:#000000"
# Wrong entries carry a cross, a thick frame and bold digits: the colour only repeats it.
_RIGHT = f"{_ENTRY};background-color:#ffffff;border:1px solid #767676"
_WRONG = f"{_ENTRY};background-color:#f9d9c3;border:3px solid #b04a00;font-weight:bold"
_EMPTY = f"{_ENTRY};background-color:#ffffff;border:1px dashed #767676"


def without_values(result: TaskResult) -> TaskResult:
    """A verdict that says which criteria hold and gives the hints, and shows no hidden case."""
    criteria = tuple(
        dataclasses.replace(one, call="", came_back="", wrong="", margin=0.0, grid=None)
        for one in result.criteria
    )
    return dataclasses.replace(result, criteria=criteria)


def report_html(result: TaskResult) -> str:
    """The report as HTML that needs no style sheet and no script."""
    parts = [f"<p><strong>{escape(headline(result))}</strong></p>"]
    if result.unanswered:
        return parts[0]
    rows = "".join(
        f'<tr><td style="{_CELL}">{escape(_mark(one))}</td>'
        f'<td style="{_CELL}">{escape(one.claim)}</td>'
        f'<td style="{_CELL}">{_points(one)}</td></tr>'
        for one in result.criteria
    )
    parts.append(
        f'<table><thead><tr><th style="{_CELL}">Result</th><th style="{_CELL}">What is asked</th>'
        f'<th style="{_CELL}">Points</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    for one in _failures(result):
        parts.append(
            f"<p>The first call that went wrong for &ldquo;{escape(one.claim)}&rdquo;:</p>"
            f'<pre style="{_CODE}">{escape(one.call)}</pre>'
            f'<p>What came back:</p><pre style="{_CODE}">{escape(one.came_back)}</pre>'
            f"<p>What is wrong: {escape(one.wrong)}.</p>"
        )
        if one.grid is not None:
            parts += _picture(one.grid)
    parts += [f"<p><strong>Hint:</strong> {escape(hint)}</p>" for hint in result.hints]
    parts += [f"<p>{escape(sentence)}</p>" for sentence in _leniency(result)]
    return "\n".join(parts)


def report_text(result: TaskResult) -> str:
    """The same report as plain text."""
    lines = [headline(result)]
    if result.unanswered:
        return lines[0]
    for one in result.criteria:
        points = f" ({_points(one)})" if one.points else ""
        lines.append(f"  [{_mark(one)}] {one.claim}{points}")
    for one in _failures(result):
        lines.append(f"  The first call that went wrong for “{one.claim}”:")
        lines.append(f"      {one.call}")
        lines.append("  What came back:")
        lines += [f"      {line}" for line in one.came_back.splitlines()]
        lines.append(f"  What is wrong: {one.wrong}.")
        if one.grid is not None and one.grid.wrong:
            lines.append(f"  Wrong are {_which(one.grid)}.")
    lines += [f"  Hint: {hint}" for hint in result.hints]
    lines += [f"  {sentence}" for sentence in _leniency(result)]
    return "\n".join(lines)


def headline(result: TaskResult) -> str:
    """`convolve: 1.5 of 2 points`."""
    unit = "point" if result.max_points == 1 else "points"
    text = f"{result.task}: {result.points:g} of {result.max_points:g} {unit}"
    return text + (" (not answered yet)" if result.unanswered else "")


def verdict_line(result: TaskResult) -> str:
    """The verdict in a line: what holds, or the first thing to know about what does not."""
    if result.unanswered:
        return "not answered yet"
    if result.points >= result.max_points:
        return "all that is asked holds"
    if result.hints:
        return re.split(r"(?<=[.!?])\s", " ".join(result.hints[0].split()), maxsplit=1)[0]
    failing = next((one.claim for one in result.criteria if one.holds is False), "")
    return f"does not hold: {failing}" if failing else "no criterion holds"


def _picture(grid: Grid) -> list[str]:
    """The student's matrix, its wrong entries marked. Tables: they are read aloud, and print."""
    wrong = set(grid.wrong)
    rows = [
        [
            (f"✗&nbsp;{escape(entry)}", _WRONG) if (i, j) in wrong else (escape(entry), _RIGHT)
            for j, entry in enumerate(row)
        ]
        for i, row in enumerate(grid.entries)
    ]
    if wrong:
        return [f"<p>Wrong, marked with a cross, are {escape(_which(grid))}.</p>", _table(rows)]
    empty = [[("&nbsp;", _EMPTY)] * grid.shape[1]] * grid.shape[0]
    yours = _table(rows, f"yours: {_size(len(rows), len(rows[0]))}")
    return [f"{yours}\n{_table(empty, f'asked for: {_size(*grid.shape)}')}"]


def _table(rows: list[list[tuple[str, str]]], caption: str = "") -> str:
    head = "".join(
        f'<th scope="col" style="{_INDEX}">[:,&nbsp;{j}]</th>' for j in range(len(rows[0]))
    )
    body = "".join(
        f'<tr><th scope="row" style="{_INDEX}">[{i},&nbsp;:]</th>'
        + "".join(f'<td style="{style}">{text}</td>' for text, style in row)
        + "</tr>"
        for i, row in enumerate(rows)
    )
    title = caption and f'<caption style="{_CAPTION}">{escape(caption)}</caption>'
    return (
        f'<table style="{_GRID}">{title}<thead><tr><td style="{_INDEX}"></td>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _which(grid: Grid) -> str:
    count = sum(len(row) for row in grid.entries)
    return f"{len(grid.wrong)} of {count} entries: {where(grid)}"


def _size(rows: int, columns: int) -> str:
    return f"{rows} row{'s' if rows > 1 else ''} and {columns} column{'s' if columns > 1 else ''}"


def _points(one: CriterionResult) -> str:
    """What it gave; nothing for a criterion that only limits the points of the others."""
    return f"{one.earned:g} of {one.points:g}" if one.points else ""


def _mark(one: CriterionResult) -> str:
    return {True: "holds", False: "fails", None: "not counted"}[one.holds]


def _failures(result: TaskResult) -> list[CriterionResult]:
    """The failures worth showing: the main criterion's alone if it fails, since others follow."""
    failing = [one for one in result.criteria if one.holds is False and (one.call or one.wrong)]
    if failing and result.criteria[0].holds is False:
        return [one for one in failing if one is failing[0]] if result.points == 0 else failing
    return failing


def _leniency(result: TaskResult) -> list[str]:
    """Why an answer has more points than it would have by itself."""
    sentences = [_followed(result)] if result.on_top_of else []
    if result.repeats:
        earned = sum(one.earned for one in result.criteria)
        sentences.append(
            f"This is the slip of {' and '.join(result.repeats)} once more. One slip costs in full "
            f"once: so {result.points:g} points count here, not {earned:g}."
        )
    return sentences


def _followed(result: TaskResult) -> str:
    names = " and ".join(result.on_top_of)
    return (
        f"Your {names} is not right yet, and this answer builds on it. So it was judged on top of "
        f"a stand-in for {names}: no points are lost here for the earlier mistake."
    )
