"""The check that students can run themselves, beside the verdict of the hidden tests."""

from __future__ import annotations

from html import escape
from typing import Any

import nbformat
from nbconvert.filters import strip_ansi

from autograder.grading.outputs import VERDICT

Cell = dict[str, Any]

FAILED_YET_FULL = (
    "The visible check failed when it ran at its place in the notebook, and all points are given "
    "all the same: the hidden tests call the functions themselves, also once all cells have run. "
    "Kernel > Restart and Run All shows what got in the way of the check."
)
PASSED_YET_LESS = (
    "The visible check passed, and not all points are given: it tries a few simple cases. The "
    "hidden tests try many more, and the verdict shows the first that went wrong."
)


def verdict_of(cell: Cell) -> Cell | None:
    """The judge's output in a graded cell; None if it has none."""
    return next(
        (one for one in cell.get("outputs", ()) if VERDICT in one.get("metadata", {})), None
    )


def outputs_of_check(cell: Cell) -> list[Cell]:
    """What the visible check printed and raised itself."""
    return [one for one in cell.get("outputs", ()) if VERDICT not in one.get("metadata", {})]


def why_they_differ(cell: Cell) -> str:
    """Why the visible check says something else than the verdict; "" if it does not."""
    verdict = verdict_of(cell)
    points = cell.get("metadata", {}).get("nbgrader", {}).get("points")
    if verdict is None or points is None:
        return ""
    full = float(verdict["data"]["text/plain"]) >= float(points)
    failed = any(one["output_type"] == "error" for one in cell["outputs"])
    if full == failed:
        return FAILED_YET_FULL if full else PASSED_YET_LESS
    return ""


def fold(cell: Cell) -> None:
    """Fold what the check says where it differs from the verdict, with a sentence why."""
    sentence, verdict = why_they_differ(cell), verdict_of(cell)
    if not sentence or verdict is None:
        return
    said = "\n".join(map(_text, outputs_of_check(cell)))
    html = f"<details><summary>{escape(sentence)}</summary><pre>{escape(said)}</pre></details>"
    folded = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": html, "text/plain": f"{sentence}\n{said}"},
    }
    cell["outputs"] = [verdict, nbformat.from_dict(folded)]


def _text(output: Cell) -> str:
    said = output.get("text") or output.get("data", {}).get("text/plain", "")
    if output["output_type"] == "error":
        said = "\n".join(output["traceback"])
    return str(strip_ansi(said))
