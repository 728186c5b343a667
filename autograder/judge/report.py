"""The report on one task: what a student reads above the output of a graded cell."""

from __future__ import annotations

from html import escape

from autograder.result import CriterionResult, TaskResult

_CELL = "text-align:left;vertical-align:top;padding:2px 12px 2px 0"
_CODE = "white-space:pre-wrap;font-family:monospace;margin:2px 0 8px 0"


def report_html(result: TaskResult) -> str:
    """The report as HTML that needs no style sheet and no script."""
    parts = [f"<p><strong>{escape(headline(result))}</strong></p>"]
    if result.unanswered:
        return parts[0]
    rows = "".join(
        f'<tr><td style="{_CELL}">{escape(_mark(one))}</td>'
        f'<td style="{_CELL}">{escape(one.claim)}</td>'
        f'<td style="{_CELL}">{one.earned:g} of {one.points:g}</td></tr>'
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
    parts += [f"<p><strong>Hint:</strong> {escape(hint)}</p>" for hint in result.hints]
    if result.on_top_of:
        parts.append(f"<p>{escape(_followed(result))}</p>")
    return "\n".join(parts)


def report_text(result: TaskResult) -> str:
    """The same report as plain text."""
    lines = [headline(result)]
    if result.unanswered:
        return lines[0]
    for one in result.criteria:
        lines.append(f"  [{_mark(one)}] {one.claim} ({one.earned:g} of {one.points:g})")
    for one in _failures(result):
        lines.append(f"  The first call that went wrong for “{one.claim}”:")
        lines.append(f"      {one.call}")
        lines.append("  What came back:")
        lines += [f"      {line}" for line in one.came_back.splitlines()]
        lines.append(f"  What is wrong: {one.wrong}.")
    lines += [f"  Hint: {hint}" for hint in result.hints]
    if result.on_top_of:
        lines.append("  " + _followed(result))
    return "\n".join(lines)


def headline(result: TaskResult) -> str:
    """`convolve: 1.5 of 2 points`."""
    unit = "point" if result.max_points == 1 else "points"
    text = f"{result.task}: {result.points:g} of {result.max_points:g} {unit}"
    return text + (" (not answered yet)" if result.unanswered else "")


def _mark(one: CriterionResult) -> str:
    return {True: "holds", False: "fails", None: "not counted"}[one.holds]


def _failures(result: TaskResult) -> list[CriterionResult]:
    """The failures worth showing: the heart's alone if it fails, since the others follow from it."""
    failing = [one for one in result.criteria if one.holds is False]
    if failing and result.criteria[0].holds is False:
        return [one for one in failing if one is failing[0]] if result.points == 0 else failing
    return failing


def _followed(result: TaskResult) -> str:
    names = " and ".join(result.on_top_of)
    return (
        f"Your {names} is not right yet, and this answer builds on it. So it was judged on top of a "
        f"stand-in for {names}: no points are lost here for the earlier mistake."
    )
