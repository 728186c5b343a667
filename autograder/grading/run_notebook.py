"""Run a repaired notebook in a session and have its graded cells judged.

Cells run in the notebook's order, as "Restart and run all" would. A cell that ends its process
costs that cell: a fresh session takes up again without it. A cell that fails because something is
defined further down gets a second chance when all cells have run. Answers that still cannot be
called are looked at once more by themselves, with only what they need.

    cells      what each cell is in the exercise
    running    the process in which cells run and questions are asked
    judging    the verdicts, and the second chances
    outputs    what the graded notebook shows
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.exercise.source_notebooks import SourceNotebook
from autograder.grading.asserts import LABEL
from autograder.grading.cells import Cells
from autograder.grading.judging import Judging
from autograder.grading.outputs import judged_notebook, show
from autograder.grading.running import Running
from autograder.judge import SEED, Examiner
from autograder.judge.report import without_values
from autograder.result import NotebookResult, Remark
from autograder.sandbox.protocol import SessionFactory


@dataclass(frozen=True)
class Settings:
    """How notebooks are run.

    Attributes:
        run_pictures: also run the source's own picture cells (about 100 ms each).
        notebook_seconds: how long all cells and questions of a notebook may take together.
        seed: where the hidden cases are drawn from.
        repeated_slip: the most that a slip costs which cost points in an earlier task, as a part of
            the task's points.
        reveal: whether verdicts show the calls that went wrong and what came back.
    """

    run_pictures: bool = False
    notebook_seconds: float = 180.0
    seed: int = SEED
    repeated_slip: float = 0.25
    reveal: bool = True


def execute_notebook(
    notebook: dict[str, Any],
    source: SourceNotebook,
    examiner: Examiner,
    factory: SessionFactory,
    settings: Settings = Settings(),
) -> NotebookResult:
    """Run a repaired notebook and judge its graded cells.

    Args:
        notebook: nbformat 4 JSON, as `repair` gives it: locked and graded cells from the source.
        source: the source notebook.
        examiner: the judge for its tasks.
        factory: where the session comes from.
        settings: how it is run.

    Returns:
        The result; its content holds the outputs. Never raises for what a student's code does.
    """
    cells = Cells(notebook, source, examiner.by_asserts)
    remarks: list[Remark] = []
    running = Running(cells, factory, settings.notebook_seconds, remarks)
    judging = Judging(cells, running, examiner, remarks)
    try:
        for group in cells.up_to_each_check(settings.run_pictures):
            task = cells.task_of(group[-1]) if group else None
            running.begin(group, examiner.rounds(task) if task is not None else [])
            for cell in group:
                run = running.run(cell)
                if (checked := cells.task_of(cell)) is not None:
                    judging.judge(checked, run)
                show(cells, cell, run.outputs)
        judging.second_chance()
        judging.alone()
        running.remark_failed_cells()
        running.remark_walls()
    finally:
        running.close()
    judging.finish(settings.repeated_slip)
    if examiner.by_asserts:
        remarks.append(Remark("noticed", LABEL, source.name))
    results = judging.results
    if not settings.reveal:
        results = {task: without_values(result) for task, result in results.items()}
    return NotebookResult(
        name=source.name,
        content=judged_notebook(cells, results),
        tasks=tuple(results.values()),
        written={cell.id: cells.is_written(cell) for cell in source.written_answers},
        remarks=tuple(remarks),
    )
