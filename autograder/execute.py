"""Run a repaired notebook in a session and have its graded cells judged.

Cells run in the notebook's order, as "Restart and run all" would. A cell that ends its process costs
that cell: a fresh session takes up again without it. A cell that fails because something is defined
further down gets a second chance when all cells have run.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.exercise import SourceNotebook
from autograder.harmless import harmless_notebook
from autograder.judge import SEED, Examiner
from autograder.judge.report import report_html
from autograder.questions import Call, Reply
from autograder.result import NotebookResult, Remark, TaskResult
from autograder.session import CellRun, Session, SessionFactory

PICTURE_TAG = "picture"
MOST_RESTARTS = 9
"""How often a notebook's process may end before the rest of the notebook is left unrun."""


@dataclass(frozen=True)
class Settings:
    """How notebooks are run.

    Attributes:
        run_pictures: also run the source's own picture cells (about 100 ms each).
        notebook_seconds: how long all cells and questions of a notebook may take together.
        seed: where the hidden cases are drawn from.
    """

    run_pictures: bool = False
    notebook_seconds: float = 180.0
    seed: int = SEED


def execute_notebook(
    notebook: dict,
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
    # Of the cells only outputs and counts are replaced.
    own = notebook | {"cells": [dict(cell) for cell in notebook["cells"]]}
    run = _Run(own, source, examiner, factory, settings)
    try:
        run.all_cells()
        run.second_chance()
        run.remark_walls()
    finally:
        run.session.close()
    return NotebookResult(
        name=source.name,
        content=run.judged_notebook(),
        tasks=tuple(run.results.values()),
        written={
            cell.id: _text(run.cell_by_id.get(cell.id, {})).strip() != cell.released.strip()
            for cell in source.written_answers
        },
        remarks=tuple(run.remarks),
    )


class _Run:
    """One notebook being run: the session, what has run so far, and what came of it."""

    def __init__(self, notebook: dict, source: SourceNotebook, examiner, factory, settings):
        self.notebook = notebook
        self.source = source
        self.examiner = examiner
        self.factory = factory
        self.settings = settings
        self.session: Session = factory.open()
        self.results: dict[str, TaskResult] = {}
        self.remarks: list[Remark] = []
        self.ran: list[dict] = []
        self.failed: list[dict] = []
        self.restarts = 0
        self.singly = False
        self.seconds = 0.0
        self.cell_by_id = {cell.get("id", ""): cell for cell in notebook["cells"]}

    # Functions, as the judge sees them.

    def ask(self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}) -> list[Reply]:
        if not self._ready():
            sentence = "could not be asked: the notebook's process had ended too often"
            return [Reply(refused=sentence) for _ in calls]
        start = time.monotonic()
        replies = self.session.ask(calls, stand_ins, self.singly)
        self.seconds += time.monotonic() - start
        if not self.session.alive and not self.singly:
            # Once more, to see which of the calls it was.
            self.singly = True
            return self.ask(calls, stand_ins)
        return replies

    def all_cells(self) -> None:
        for cell in self.notebook["cells"]:
            if cell["cell_type"] != "code" or self._left_out(cell):
                continue
            run = self._run(cell)
            graded = self._graded_cell(cell)
            if graded is None:
                self._show(cell, run.outputs)
                continue
            task = graded.removeprefix("test_")
            self.results[task] = self.examiner.judge(task, self, self._wrong_functions())
            self._show(cell, list(map(_displayed, run.outputs)))

    def second_chance(self) -> None:
        """Run the answers that failed once more: what they need may be defined by now."""
        unfinished = [r for r in self.results.values() if r.points < r.max_points]
        if not (unfinished and self.failed):
            return
        came_good = [cell for cell in self.failed if self._run(cell).ended == "ok"]
        if not came_good:
            return
        for before in unfinished:
            after = self.examiner.judge(before.task, self, self._wrong_functions())
            if after.points <= before.points:
                continue
            self.results[before.task] = after
            self.remarks.append(
                Remark(
                    "repaired",
                    f"{before.task} only worked after the cells below it had run once; it was run "
                    "again at the end and judged then. Kernel > Restart and Run All shows such things",
                    self.source.name,
                    before.task,
                    after.points - before.points,
                )
            )

    def judged_notebook(self) -> dict:
        """The notebook, safe to open in a browser, with each verdict first in its graded cell."""
        notebook = harmless_notebook(self.notebook)
        for cell in notebook["cells"]:
            graded = self._graded_cell(cell)
            result = graded and self.results.get(graded.removeprefix("test_"))
            if result:
                cell["outputs"] = [_verdict(result, cell["execution_count"]), *cell["outputs"]]
        return notebook

    def remark_walls(self) -> None:
        self.remarks += [
            Remark("stopped", sentence, self.source.name, look=2)
            for sentence in self.session.walls_hit()
        ]

    def _left_out(self, cell: dict) -> bool:
        """Whether this is one of the source's own pictures, which need not run in grading."""
        source = self.source.by_id.get(cell.get("id", ""))
        return (
            not self.settings.run_pictures
            and source is not None
            and PICTURE_TAG in source.tags
            and not _is_own(cell)
        )

    def _graded_cell(self, cell: dict) -> str | None:
        source = self.source.by_id.get(cell.get("id", ""))
        return cell["id"] if source is not None and source.is_graded and not _is_own(cell) else None

    def _run(self, cell: dict) -> CellRun:
        if not self._ready():
            return CellRun(ended="died")
        run = self.session.run_cell(_text(cell))
        self.seconds += run.seconds
        if run.ended in ("timeout", "died"):
            self.remarks.append(
                Remark(
                    "stopped",
                    f"the cell that begins with {_opening(cell)!r} {run.reason or 'ended its process'}"
                    + ("; the other cells ran without it" if run.ended == "died" else ""),
                    self.source.name,
                    look=2,
                )
            )
        if run.ended != "died":
            self.ran.append(cell)
        if run.ended == "error" and self._graded_cell(cell) is None and cell not in self.failed:
            self.failed.append(cell)
        return run

    def _ready(self) -> bool:
        """Whether there is a session, with all that ran before in it, to go on with."""
        if self.seconds > self.settings.notebook_seconds:
            self._give_up("took longer than a notebook may; the cells after that were not run")
            return False
        while not self.session.alive:
            if self.restarts == MOST_RESTARTS:
                self._give_up("ended its process too often; the cells after that were not run")
                return False
            self.restarts += 1
            self.remark_walls()
            self.session.close()
            self.session = self.factory.open()
            for cell in list(self.ran):
                run = self.session.run_cell(_text(cell))
                self.seconds += run.seconds
                if run.ended == "died":
                    self.ran.remove(cell)
                    break
        return True

    def _give_up(self, sentence: str) -> None:
        remark = Remark("stopped", f"the notebook {sentence}", self.source.name, look=3)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def _wrong_functions(self) -> set[str]:
        return {
            function
            for name, result in self.results.items()
            if result.points < result.max_points
            for function in self.examiner.functions_of(name)
        }

    def _show(self, cell: dict, outputs: Sequence[dict]) -> None:
        cell["execution_count"] = 1 + sum(
            one.get("execution_count") is not None for one in self.notebook["cells"]
        )
        cell["outputs"] = [
            output | {"execution_count": cell["execution_count"]}
            if output["output_type"] == "execute_result"
            else output
            for output in outputs
        ]


def _verdict(result: TaskResult, execution_count: int) -> dict:
    """The judge's own output, which stands first in a graded cell: score and reasons."""
    return {
        "output_type": "execute_result",
        "execution_count": execution_count,
        "metadata": {},
        "data": {"text/plain": repr(float(result.points)), "text/html": report_html(result)},
    }


def _displayed(output: dict) -> dict:
    """A student's output in a graded cell: shown, but not as a result, which there is a score."""
    if output["output_type"] != "execute_result":
        return output
    return {
        "output_type": "display_data",
        "data": output["data"],
        "metadata": output.get("metadata", {}),
    }


def _is_own(cell: dict) -> bool:
    return bool(cell.get("metadata", {}).get("autograder", {}).get("own"))


def _text(cell: dict) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _opening(cell: dict) -> str:
    first = next((line for line in _text(cell).splitlines() if line.strip()), "")
    return first.strip()[:60]
