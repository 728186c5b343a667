"""The judge: asks for a student's values on the hidden cases, compares, scores, names mistakes.

An `Examiner` holds everything about one notebook's hidden tests that does not depend on the student
(the calls, the reference's values, the known mistakes), each worked out once and when first needed.
It calls the student's functions through a `Functions`, and never anything else of theirs.
"""

from __future__ import annotations

import dataclasses
import math
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

import numpy as np

from autograder.exercise.calls import Call, Functions, LocalFunctions, Reply
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import SourceNotebook
from autograder.exercise.tasks import Task
from autograder.judge.compare import perturbation_of
from autograder.judge.known_replies import KnownReplies
from autograder.judge.long_lists import quick_to_judge
from autograder.judge.naming import KnownMistakes
from autograder.judge.score import Asked, Failure, failures_of, score, unanswered
from autograder.result import CriterionResult, TaskResult

SEED = 9
"""Where the cases are drawn from. Fixed, so that a submission gets the same score every time."""


class Examiner:
    """Judges the answers to one notebook's tasks.

    Args:
        notebook: the source notebook, for the reference solutions.
        tasks: its tasks by name.
        mistakes: for a task's name, the known mistakes.
        slips: names of mistakes that are the same slip in every task.
        seed: where the cases are drawn from.

    Attributes:
        by_asserts: the tasks that are not judged here, since their cells' own asserts decide.
    """

    def __init__(
        self,
        notebook: SourceNotebook,
        tasks: Mapping[str, Task],
        mistakes: Callable[[str], Sequence[Answer]] = lambda task: (),
        seed: int = SEED,
        slips: Collection[str] = (),
    ):
        self._notebook = notebook
        self._tasks = tasks
        self._mistakes = mistakes
        self._seed = seed
        self.slips = frozenset(slips)
        self.by_asserts = frozenset(name for name, task in tasks.items() if task.by_asserts)
        self._asked: dict[tuple[str, ...], tuple[Asked, ...]] = {}
        self._known: dict[str, KnownMistakes] = {}
        self._judged = KnownReplies()

    @cached_property
    def _reference(self) -> LocalFunctions:
        return self._notebook.reference()

    def functions_of(self, task_name: str) -> tuple[str, ...]:
        """The functions that a student writes for a task."""
        return self._tasks[task_name].functions

    def claim_of(self, task_name: str) -> str:
        """What a task's main criterion says of a right answer."""
        return self._tasks[task_name].criteria[0].claim

    def rounds(self, task_name: str) -> list[tuple[Call, ...]]:
        """What `judge` asks first, in this order."""
        return [one.calls for one in self._questions(self._tasks[task_name], {})]

    def judge(
        self,
        task_name: str,
        functions: Functions,
        wrong_before: Collection[str] = (),
    ) -> TaskResult:
        """The verdict on one task.

        Args:
            task_name: which one.
            functions: the student's functions.
            wrong_before: functions of earlier tasks that did not get full points. Where the answer
                builds on one of them, it is judged on top of it.
        """
        task = self._tasks[task_name]
        asked = self._questions(task, {})
        replies = [functions.ask(one.calls) for one in asked]
        result = self._verdict(task, asked, replies)
        if result.points == result.max_points:
            return result
        followed = self._on_top_of_earlier(task, functions, wrong_before)
        return max([result, *followed], key=lambda one: one.points)

    def not_judged(self, task_name: str) -> TaskResult:
        """What stands for a verdict where judging itself failed: no points, and why."""
        task = self._tasks[task_name]
        wrong = "this could not be compared, so an instructor has to look at it"
        criteria = tuple(
            CriterionResult(one.claim, one.points, 0.0, False, wrong=wrong, margin=math.inf)
            for one in task.criteria
        )
        return TaskResult(task.name, 0.0, task.points, criteria)

    def failures(self, task_name: str, functions: Functions) -> list[Failure | None]:
        """For each criterion of a task where it first fails, None where it holds; without words."""
        asked = self._questions(self._tasks[task_name], {})
        return failures_of(asked, [functions.ask(one.calls) for one in asked])

    def points(self, task_name: str, functions: Functions) -> float:
        """What an answer to a task earns; nothing in words, and no mistake named."""
        task = self._tasks[task_name]
        asked = self._questions(task, {})
        replies = [quick_to_judge(functions.ask(one.calls)) for one in asked]
        return score(task, asked, replies, failures_of(asked, replies)).points

    def _verdict(
        self,
        task: Task,
        asked: Sequence[Asked],
        replies: Sequence[Sequence[Reply]],
        stand_ins: tuple[str, ...] = (),
    ) -> TaskResult:
        """The verdict on these replies. Mistakes are named where nothing stood in."""
        calls = [one.calls for one in asked]
        key = self._judged.key((task.name, stand_ins), calls, replies)
        known = self._judged.get(key)
        if known is not None:
            return known
        replies = [quick_to_judge(some) for some in replies]
        failures = failures_of(asked, replies)
        result = score(task, asked, replies, failures, on_top_of=stand_ins)
        if not stand_ins and result.points < result.max_points and not result.unanswered:
            found = self._known_mistakes(task).explain(replies, failures)
            result = dataclasses.replace(
                result,
                mistakes=tuple(answer.name for answer in found),
                hints=tuple(dict.fromkeys(hint for answer in found for hint in answer.hints)),
            )
        return self._judged.keep(key, result)

    def _questions(self, task: Task, stand_ins: Mapping[str, str]) -> tuple[Asked, ...]:
        """The task's criteria with their calls and the reference's replies on top of stand-ins."""
        key = (task.name, *sorted(stand_ins))
        if key not in self._asked:
            replaced = dict(stand_ins)
            for name in stand_ins:
                if name in task.on_top_of:
                    replaced[task.functions[0]] = task.on_top_of[name]

            def value_of(call: Call) -> object:
                reply = self._reference.ask([call], replaced)[0]
                return reply.value if reply.returned else None

            asked = []
            for index, criterion in enumerate(task.criteria):
                rng = np.random.default_rng([self._seed, zlib.crc32(task.name.encode()), index])
                calls = tuple(criterion.calls(rng))
                expected = tuple(self._reference.ask(calls, replaced))
                perturbations = tuple(perturbation_of(value_of, call) for call in calls)
                asked.append(Asked(criterion, calls, expected, perturbations))
            self._asked[key] = tuple(asked)
        return self._asked[key]

    def _known_mistakes(self, task: Task) -> KnownMistakes:
        if task.name not in self._known:
            self._known[task.name] = KnownMistakes(
                self._notebook, self._mistakes(task.name), self._questions(task, {})
            )
        return self._known[task.name]

    def _on_top_of_earlier(
        self, task: Task, functions: Functions, wrong_before: Collection[str]
    ) -> list[TaskResult]:
        """The verdicts where stand-ins take the place of the student's own wrong earlier functions.

        A stand-in is not right either, but it is known. If the answer equals what the reference
        gives on top of the same stand-in, then it uses the earlier function as it should.
        """
        sources = {
            name: source
            for earlier in self._tasks.values()
            for name, source in earlier.stand_ins.items()
            if name in task.uses and name in wrong_before
        }
        choices = [sources] if sources else []
        choices += [{name: source} for name, source in sources.items() if len(sources) > 1]
        results = []
        for stand_ins in choices:
            asked = self._questions(task, stand_ins)
            main = functions.ask(asked[0].calls, stand_ins)
            if unanswered(task, quick_to_judge(main)):
                break
            replies = [main, *(functions.ask(one.calls, stand_ins) for one in asked[1:])]
            results.append(self._verdict(task, asked, replies, stand_ins=tuple(stand_ins)))
        return results
