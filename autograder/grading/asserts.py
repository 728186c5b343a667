"""Verdicts of graded cells that their own asserts decide, as nbgrader has it.

Such a cell is run in the student's process, so a program that sets out to can fake its end: every
verdict says so. What nbgrader takes for full points by accident is not taken for it here: a value
below zero or NaN earns nothing, and a warning beside a passed assert costs nothing.
"""

from __future__ import annotations

import ast
import math
import re

from autograder.exercise.source_notebooks import SourceCell
from autograder.exercise.tasks import BY_ASSERTS
from autograder.result import CriterionResult, TaskResult
from autograder.sandbox.protocol import CellRun

LABEL = (
    f"This notebook has checks that were {BY_ASSERTS}: a program that sets out to can fake such "
    "points."
)

_NUMBER = re.compile(r"(?:np\.\w+\()?(?P<value>[-+]?[\w.]+(?:e[-+]?\d+)?)\)?")
MOST_SHOWN = 500
"""Characters of an error that the verdict repeats."""


def verdict_by_asserts(check: SourceCell, claim: str, run: CellRun) -> TaskResult:
    """The verdict on a graded cell that was run, asserts and all.

    Args:
        check: the graded cell as the source has it. If it ends with an expression, the number that
            this gives is the points (partial credit).
        claim: what is true of a right answer.
        run: what running it gave.
    """
    error = _error(run)
    earned = 0.0 if error else _partial(check, run)
    holds = earned >= check.points
    criterion = CriterionResult(claim, check.points, earned, holds)
    if not holds:
        wrong = "the cell ended with this error" if error else "this is less than full points"
        criterion = CriterionResult(
            claim,
            check.points,
            earned,
            False,
            call=f"the cell {check.id}",
            came_back=(error or f"{earned:g}")[:MOST_SHOWN],
            wrong=wrong,
            margin=math.inf,
        )
    unanswered = error.startswith("NotImplementedError")
    return TaskResult(check.task, earned, check.points, (criterion,), unanswered=unanswered)


def _error(run: CellRun) -> str:
    """The error that the cell ended with, "" if it ended well."""
    if run.ended == "ok":
        return ""
    for output in run.outputs:
        if output["output_type"] == "error":
            return f"{output['ename']}: {output['evalue']}".strip(": ")
    return run.reason or "the process ended"


def _partial(check: SourceCell, run: CellRun) -> float:
    """The points that a cell without an error gives."""
    shown = [one for one in run.outputs if one["output_type"] == "execute_result"]
    if not shown or not _ends_with_expression(check.source):
        return check.points
    text = shown[-1]["data"].get("text/plain", "")
    found = _NUMBER.fullmatch("".join(text).strip())
    try:
        value = float(found["value"]) if found else None
    except ValueError:
        value = None
    if value is None:
        return check.points
    return min(value, check.points) if value > 0 else 0.0


def _ends_with_expression(source: str) -> bool:
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic
        return True
    return bool(body) and isinstance(body[-1], ast.Expr)
