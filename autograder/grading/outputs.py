"""What a graded notebook shows: its cells' outputs, and each verdict first in its graded cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.grading.cells import Cell, Cells
from autograder.judge.report import report_html, verdict_line
from autograder.result import TaskResult
from autograder.sanitize.notebooks import harmless_notebook

VERDICT = "verdict"
"""The judge's output is known by this metadata, which holds the verdict in a line."""


def show(cells: Cells, cell: Cell, outputs: Sequence[dict[str, Any]]) -> None:
    """Put a cell's outputs into it; those of a graded cell are shown, but not as its result."""
    if cells.task_of(cell) is not None:
        outputs = [_displayed(output) for output in outputs]
    count = 1 + sum(one.get("execution_count") is not None for one in cells.all)
    cell["execution_count"] = count
    cell["outputs"] = [
        output | {"execution_count": count} if output["output_type"] == "execute_result" else output
        for output in outputs
    ]


def judged_notebook(cells: Cells, results: Mapping[str, TaskResult]) -> dict[str, Any]:
    """The notebook, safe to open in a browser, with each verdict first in its graded cell."""
    notebook: dict[str, Any] = harmless_notebook(cells.notebook)
    for cell in notebook["cells"]:
        task = cells.task_of(cell)
        if task is not None and task in results:
            verdict = _verdict(results[task], cell["execution_count"])
            cell["outputs"] = [verdict, *cell["outputs"]]
    return notebook


def _verdict(result: TaskResult, execution_count: int) -> dict[str, Any]:
    """The judge's own output, which stands first in a graded cell: score and reasons."""
    return {
        "output_type": "execute_result",
        "execution_count": execution_count,
        "metadata": {VERDICT: verdict_line(result)},
        "data": {"text/plain": repr(float(result.points)), "text/html": report_html(result)},
    }


def _displayed(output: dict[str, Any]) -> dict[str, Any]:
    """A student's output in a graded cell: shown, but not as a result, which there is a score."""
    if output["output_type"] != "execute_result":
        return output
    return {
        "output_type": "display_data",
        "data": output["data"],
        "metadata": output.get("metadata", {}),
    }
