"""The verdicts on a notebook's answers: first where they stand, then with another chance."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from autograder.exercise.calls import Call, Functions, Replies
from autograder.grading.asserts import verdict_by_asserts
from autograder.grading.cells import Cells, is_own, text_of
from autograder.grading.definitions import is_answered, needed
from autograder.grading.pure_definitions import are_pure_definitions
from autograder.grading.running import Running
from autograder.judge import Examiner
from autograder.judge.repeats import one_slip_costs_once
from autograder.repair.reading.python_text import python_text
from autograder.result import Remark, TaskResult
from autograder.sandbox.protocol import CellRun


class Judging:
    """One notebook being judged. It is also the `Functions` that the judge asks.

    Args:
        cells: the notebook's.
        running: where they run.
        examiner: the judge for the notebook's tasks.
        remarks: here is added what happens.

    Attributes:
        results: the verdicts, by task.
    """

    def __init__(self, cells: Cells, running: Running, examiner: Examiner, remarks: list[Remark]):
        self.results: dict[str, TaskResult] = {}
        self._cells = cells
        self._running = running
        self._examiner = examiner
        self._remarks = remarks
        self._task = ""
        self._too_slow: set[str] = set()

    def ask(self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}) -> Replies:
        """Ask the notebook, and note of which task an answer was too slow."""
        replies = self._running.ask(calls, stand_ins)
        if replies.slow:
            self._too_slow.add(self._task)
        return replies

    def judge(self, task: str, run: CellRun) -> None:
        """Judge a task where its graded cell stands, which has just run."""
        if task in self._examiner.by_asserts:
            check = self._cells.source.check_of[task]
            self.results[task] = verdict_by_asserts(check, self._examiner.claim_of(task), run)
        else:
            self.results[task] = self._judged(task, self)

    def second_chance(self) -> None:
        """Run the answers that failed once more: what they need may be defined by now."""
        unfinished = self._unfinished()
        if not unfinished:
            return
        if not self._running.run_failed_again():
            # A function may also only call what was defined after its check had run.
            unfinished = self._worth_another_look()
        again = [
            one
            for one in unfinished
            if one.task not in self._too_slow
            and self._running.is_ready()
            and self._judge_again(one, self)
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
        if not unfinished or self._would_reply_the_same():
            return
        functions = [f for task in self.results for f in self._examiner.functions_of(task)]
        exercise = [text_of(cell) for cell in self._cells.code if self._cells.is_given(cell)]
        given = set().union(*(python_text(text).defines for text in exercise))
        answers = needed(self._cells.statements, functions, given)
        # What annotations name need not be there: no value depends on them.
        later = "from __future__ import annotations"
        session = self._running.open_alone([later, *exercise, *answers])
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
                "way; judged by the definition alone. Kernel > Restart and Run All shows such "
                "things",
            )

    def _would_reply_the_same(self) -> bool:
        """Whether it is plain to see that answers by themselves are what they are in the notebook.

        They were asked last when all cells had run.
        """
        student, given, others = [], [], []
        for cell in self._cells.code:
            if is_own(cell) or self._cells.is_answer(cell):
                student.append(text_of(cell))
            elif self._cells.is_given(cell):
                given.append(text_of(cell))
            else:
                others.append(text_of(cell))
        return self._running.undisturbed and are_pure_definitions(student, given, others)

    def finish(self, repeated_slip: float) -> None:
        """Put right what only shows when all tasks have been judged.

        Args:
            repeated_slip: the most that a slip costs which cost points in an earlier task.
        """
        for task, result in self.results.items():
            # Show what happened where an answer is there, though no call of it came to its code.
            if result.unanswered and self._cells.is_begun(task):
                self.results[task] = dataclasses.replace(result, unanswered=False)
        self.results = one_slip_costs_once(self.results, self._examiner.slips, repeated_slip)

    def _judged(self, task: str, functions: Functions) -> TaskResult:
        """The verdict on one task. Judging that fails costs neither the others nor the class."""
        self._task = task
        try:
            return self._examiner.judge(task, functions, self._wrong_functions())
        except Exception as error:
            sentence = (
                f"{task} could not be judged ({type(error).__name__}): a person has to grade it."
            )
            remark = Remark("unusable", sentence, self._cells.source.name, task, urgency=3)
            if remark not in self._remarks:
                self._remarks.append(remark)
            return self._examiner.not_judged(task)

    def _judge_again(self, before: TaskResult, functions: Functions) -> bool:
        """Judge a task once more; whether that gave more points, which then count."""
        after = self._judged(before.task, functions)
        if after.points <= before.points:
            return False
        self.results[before.task] = after
        return True

    def _wrong_functions(self) -> set[str]:
        return {
            function
            for name, result in self.results.items()
            if result.points < result.max_points
            for function in self._examiner.functions_of(name)
        }

    def _unfinished(self) -> list[TaskResult]:
        return [
            one
            for one in self.results.values()
            if one.points < one.max_points and one.task not in self._examiner.by_asserts
        ]

    def _worth_another_look(self) -> list[TaskResult]:
        """Answers that are there and gave no value that could be compared."""
        return [
            one
            for one in self._unfinished()
            if one.task not in self._too_slow
            and one.points == 0
            and _gave_no_value(one)
            and is_answered(self._cells.statements, self._examiner.functions_of(one.task))
        ]

    def _remark_gain(self, before: Sequence[TaskResult], sentence: str) -> None:
        tasks = [one.task for one in before]
        gained = sum(self.results[one.task].points - one.points for one in before)
        names = tasks[0] if len(tasks) == 1 else ", ".join(tasks[:-1]) + f" and {tasks[-1]}"
        task = tasks[0] if len(tasks) == 1 else ""
        notebook = self._cells.source.name
        self._remarks.append(Remark("repaired", f"{names} {sentence}.", notebook, task, gained))


def _gave_no_value(result: TaskResult) -> bool:
    """Whether the verdict says so: no function, an exception, or nothing of the right type."""
    main = result.criteria[0] if result.criteria else None
    return result.unanswered or main is None or main.margin == float("inf")
