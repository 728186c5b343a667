"""Run a repaired notebook in a session and have its graded cells judged.

Cells run in the notebook's order, as "Restart and run all" would. A cell that ends its process costs
that cell: a fresh session takes up again without it. A cell that fails because something is defined
further down gets a second chance when all cells have run. Answers that still cannot be called are
looked at once more by themselves, with only what they need.
"""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.exercise.calls import Call, Functions, Replies, Reply
from autograder.exercise.source_notebooks import SourceNotebook
from autograder.grading.definitions import Statement, is_answered, is_begun, needed, statements
from autograder.grading.sanitize import harmless_notebook
from autograder.judge import SEED, Examiner
from autograder.judge.repeats import one_slip_costs_once
from autograder.judge.report import report_html, verdict_line
from autograder.repair.reading.python_text import python_text
from autograder.result import NotebookResult, Remark, TaskResult
from autograder.sandbox.protocol import CellRun, Session, SessionFactory

PICTURE_TAG = "picture"
VERDICT = "verdict"
"""The judge's output is known by this metadata, which holds the verdict in a line."""
MOST_RESTARTS = 9
"""How often a notebook's process may end before the rest of the notebook is left unrun."""
MOST_ROUNDS = 5
"""How often cells that failed are run again, while that makes some of them work."""
MOST_DEATHS_ALONE = 3
MOST_NAMED = 3
"""How many of a student's failing cells are named on the receipt."""


@dataclass(frozen=True)
class Settings:
    """How notebooks are run.

    Attributes:
        run_pictures: also run the source's own picture cells (about 100 ms each).
        notebook_seconds: how long all cells and questions of a notebook may take together.
        seed: where the hidden cases are drawn from.
        repeated_slip: the most that a slip costs which cost points in an earlier task, as a part of
            the task's points.
    """

    run_pictures: bool = False
    notebook_seconds: float = 180.0
    seed: int = SEED
    repeated_slip: float = 0.25


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
        run.alone()
        run.remark_failed_cells()
        run.remark_walls()
        run.tell_what_is_begun()
        run.results = one_slip_costs_once(run.results, examiner.slips, settings.repeated_slip)
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
        self.with_scipy = any(
            cell["cell_type"] == "code" and "scipy" in _text(cell) for cell in notebook["cells"]
        )
        self.source = source
        self.examiner = examiner
        self.factory = factory
        self.settings = settings
        self.session: Session = self._open()
        self.results: dict[str, TaskResult] = {}
        self.remarks: list[Remark] = []
        self.ran: list[dict] = []
        self.failed: list[dict] = []
        self.errors: dict[str, str] = {}  # the first line of a cell that failed, and the error
        self.too_slow: set[str] = set()
        self.judging = ""
        self.restarts = 0
        self.singly = False
        self.seconds = 0.0
        self.cell_by_id = {cell.get("id", ""): cell for cell in notebook["cells"]}

    # Functions, as the judge sees them.

    def ask(self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}) -> Replies:
        if not self._ready():
            sentence = "could not be asked: the notebook's process had ended too often"
            return Replies(len(calls), lambda: [Reply(refused=sentence)] * len(calls))
        start = time.monotonic()
        replies = self.session.ask(calls, stand_ins, self.singly)
        self.seconds += time.monotonic() - start
        if not self.session.alive and not self.singly:
            # Once more, to see which of the calls it was.
            self.singly = True
            return self.ask(calls, stand_ins)
        if replies.slow:
            self.too_slow.add(self.judging)
        return replies

    def all_cells(self) -> None:
        for cells in self._up_to_each_check():
            self._begin(cells)
            for cell in cells:
                run = self._run(cell)
                graded = self._graded_cell(cell)
                if graded is None:
                    self._show(cell, run.outputs)
                    continue
                task = graded.removeprefix("test_")
                self.judging = task
                self.results[task] = self._judged(task, self)
                self._show(cell, list(map(_displayed, run.outputs)))

    def _up_to_each_check(self) -> Iterator[list[dict]]:
        """The cells that are run, in groups that end with a graded cell."""
        group = []
        for cell in self.notebook["cells"]:
            if cell["cell_type"] != "code" or self._left_out(cell):
                continue
            group.append(cell)
            if self._graded_cell(cell) is not None:
                yield group
                group = []
        yield group

    def _begin(self, cells: Sequence[dict]) -> None:
        """Tell the session what comes, so that it need not wait for each of them."""
        graded = cells and self._graded_cell(cells[-1])
        rounds = self.examiner.rounds(graded.removeprefix("test_")) if graded else []
        if self._ready():
            self.session.ahead([_text(cell) for cell in cells], rounds)

    def second_chance(self) -> None:
        """Run the answers that failed once more: what they need may be defined by now."""
        unfinished = self._unfinished()
        if not unfinished:
            return
        came_good = self._run_failed_again()
        if not came_good:
            # A function may also only call what was defined after its check had run.
            unfinished = self._worth_another_look()
        again = [
            one
            for one in unfinished
            if one.task not in self.too_slow and self._ready() and self._judge_again(one, self)
        ]
        if again:
            self._remark_gain(
                again,
                "only worked after the cells below had run once; judged again at the end. "
                "Kernel > Restart and Run All shows such things",
            )

    def alone(self) -> None:
        """Judge answers that cannot be called in the notebook by their definitions alone."""
        unfinished = self._worth_another_look()
        if not unfinished:
            return
        functions = [f for task in self.results for f in self.examiner.functions_of(task)]
        exercise = [
            _text(cell)
            for cell in self.notebook["cells"]
            if cell["cell_type"] == "code" and self._is_given(cell)
        ]
        given = set().union(*(python_text(text).defines for text in exercise))
        session = self._open_alone([*exercise, *needed(self.statements, functions, given)])
        try:
            rescued = [
                one for one in unfinished if session.alive and self._judge_again(one, session)
            ]
        finally:
            session.close()
        if rescued:
            self._remark_gain(
                rescued,
                "did not work in the notebook as a whole, since something else in it got in the "
                "way; judged by the definition alone. Kernel > Restart and Run All shows such things",
            )

    def tell_what_is_begun(self) -> None:
        """Show what happened where an answer is there, though no call of it came to its code."""
        for task, result in self.results.items():
            answer, known = self.cell_by_id.get(task), self.source.by_id.get(task)
            if result.unanswered and answer and known and is_begun(_text(answer), known.released):
                self.results[task] = dataclasses.replace(result, unanswered=False)

    def remark_failed_cells(self) -> None:
        """Name the student's own cells, and answers, that ended with an error."""
        if not self.errors:
            return
        named = [f"{opening!r} ({error})" for opening, error in self.errors.items()]
        more = len(named) - MOST_NAMED
        listed = ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        what = "A cell of yours" if len(named) == 1 else f"{len(named)} cells of yours"
        sentence = f"{what} ended with an error; the other cells ran all the same: {listed}."
        self.remarks.append(Remark("noticed", sentence, self.source.name))

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
        said = {remark.sentence for remark in self.remarks}
        timed_out = any("was stopped" in sentence for sentence in said)
        for sentence in self.session.walls_hit():
            if sentence in said or (timed_out and sentence.startswith("ran longer than")):
                continue
            self.remarks.append(Remark("stopped", sentence, self.source.name, urgency=2))

    def _left_out(self, cell: dict) -> bool:
        """Whether this is one of the source's own pictures, which need not run in grading."""
        return not self.settings.run_pictures and self._is_picture(cell)

    def _is_picture(self, cell: dict) -> bool:
        source = self.source.by_id.get(cell.get("id", ""))
        return source is not None and PICTURE_TAG in source.tags and not _is_own(cell)

    def _is_given(self, cell: dict) -> bool:
        """Whether this is a cell of the exercise that answers build on, such as its imports."""
        return not (
            _is_own(cell)
            or self._is_answer(cell)
            or self._graded_cell(cell)
            or self._is_picture(cell)
        )

    def _is_answer(self, cell: dict) -> bool:
        source = self.source.by_id.get(cell.get("id", ""))
        return source is not None and source.is_answer and not _is_own(cell)

    def _graded_cell(self, cell: dict) -> str | None:
        source = self.source.by_id.get(cell.get("id", ""))
        return cell["id"] if source is not None and source.is_graded and not _is_own(cell) else None

    def _run(self, cell: dict) -> CellRun:
        if not self._ready():
            return CellRun(ended="died")
        run = self.session.run_cell(_text(cell))
        self.seconds += run.seconds
        if run.ended in ("timeout", "died"):
            reason = run.reason.rstrip(".") or "The process ended"
            self._remark_once(
                f"In the cell that begins with {_opening(cell)!r}: {reason[0].lower()}{reason[1:]}"
                "; the other cells ran without it.",
                urgency=2,
            )
        if run.ended != "died":
            self.ran.append(cell)
        if run.ended == "error" and self._graded_cell(cell) is None and cell not in self.failed:
            self.failed.append(cell)
            self._note_error(cell, run)
        return run

    def _note_error(self, cell: dict, run: CellRun) -> None:
        source = self.source.by_id.get(cell.get("id", ""))
        if not _is_own(cell) and (not self._is_answer(cell) or _text(cell) == source.released):
            return
        errors = [one for one in run.outputs if one["output_type"] == "error"]
        if errors:
            self.errors[_opening(cell)] = str(errors[0].get("ename", "")) or "an error"

    def _run_failed_again(self) -> bool:
        """Whether cells that had failed work now; run again until no more of them do."""
        came_good, waiting = False, list(self.failed)
        for _ in range(MOST_ROUNDS):
            still = [cell for cell in waiting if self._run(cell).ended != "ok"]
            came_good |= len(still) < len(waiting)
            if len(still) in (0, len(waiting)):
                break
            waiting = still
        return came_good

    def _unfinished(self) -> list[TaskResult]:
        return [one for one in self.results.values() if one.points < one.max_points]

    def _worth_another_look(self) -> list[TaskResult]:
        """Answers that are there and gave no value that could be compared."""
        failed = [
            one
            for one in self._unfinished()
            if one.task not in self.too_slow and one.points == 0 and _gave_no_value(one)
        ]
        return [
            one
            for one in failed
            if is_answered(self.statements, self.examiner.functions_of(one.task))
        ]

    @functools.cached_property
    def statements(self) -> list[Statement]:
        return statements(
            (_text(cell), not _is_own(cell))
            for cell in self.notebook["cells"]
            if cell["cell_type"] == "code" and (_is_own(cell) or self._is_answer(cell))
        )

    def _judged(self, task: str, functions: Functions) -> TaskResult:
        """The verdict on one task. If judging fails, that costs neither the others nor the class."""
        try:
            return self.examiner.judge(task, functions, self._wrong_functions())
        except Exception as error:
            sentence = (
                f"{task} could not be judged ({type(error).__name__}): a person has to grade it."
            )
            remark = Remark("unusable", sentence, self.source.name, task, urgency=3)
            if remark not in self.remarks:
                self.remarks.append(remark)
            return self.examiner.not_judged(task)

    def _judge_again(self, before: TaskResult, functions) -> bool:
        """Judge a task once more; whether that gave more points, which then count."""
        self.judging = before.task
        after = self._judged(before.task, functions)
        if after.points <= before.points:
            return False
        self.results[before.task] = after
        return True

    def _remark_gain(self, before: Sequence[TaskResult], sentence: str) -> None:
        tasks = [one.task for one in before]
        gained = sum(self.results[one.task].points - one.points for one in before)
        names = tasks[0] if len(tasks) == 1 else ", ".join(tasks[:-1]) + f" and {tasks[-1]}"
        task = tasks[0] if len(tasks) == 1 else ""
        remark = Remark("repaired", f"{names} {sentence}.", self.source.name, task, gained)
        self.remarks.append(remark)

    def _open(self) -> Session:
        return self.factory.open(self.with_scipy)

    def _open_alone(self, texts: list[str]) -> Session:
        """A fresh session in which these texts have run, without those that end it."""
        for _ in range(MOST_DEATHS_ALONE + 1):
            session = self._open()
            waiting = []
            for text in list(texts):
                run = session.run_cell(text)
                if run.ended == "died":
                    texts.remove(text)
                    break
                if run.ended == "error":
                    waiting.append(text)
            else:
                for text in waiting:
                    session.run_cell(text)
                return session
            session.close()
        return self._open()

    def _remark_once(self, sentence: str, urgency: int) -> None:
        remark = Remark("stopped", sentence, self.source.name, urgency=urgency)
        if remark not in self.remarks:
            self.remarks.append(remark)

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
            self.session = self._open()
            for cell in list(self.ran):
                run = self.session.run_cell(_text(cell))
                self.seconds += run.seconds
                if run.ended == "died":
                    self.ran.remove(cell)
                    break
        return True

    def _give_up(self, sentence: str) -> None:
        self._remark_once(f"The notebook {sentence}.", urgency=3)

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


def _gave_no_value(result: TaskResult) -> bool:
    """Whether the verdict says so: no function, an exception, or nothing of the right type."""
    heart = result.criteria[0] if result.criteria else None
    return result.unanswered or heart is None or heart.margin == float("inf")


def _verdict(result: TaskResult, execution_count: int) -> dict:
    """The judge's own output, which stands first in a graded cell: score and reasons."""
    return {
        "output_type": "execute_result",
        "execution_count": execution_count,
        "metadata": {VERDICT: verdict_line(result)},
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
