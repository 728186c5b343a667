"""The judge: asks for a student's values on the hidden cases, compares, scores, names mistakes.

An `Examiner` holds everything about one notebook's hidden tests that does not depend on the student
(the calls, the reference's values, the known mistakes' values), each worked out once and when first
needed. It calls the student's functions through a `Functions`, and never anything else of theirs.
"""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.answers import Answer
from autograder.exercise import SourceNotebook
from autograder.judge.checks import leaves_arguments_alone
from autograder.judge.compare import (
    DOUBLE,
    SINGLE,
    Blur,
    Precision,
    agrees,
    blur_of,
    items,
    single_precision,
)
from autograder.judge.diagnose import diagnose
from autograder.judge.show import show_reply
from autograder.questions import Call, Functions, LocalFunctions, Reply
from autograder.result import CriterionResult, TaskResult
from autograder.tasks import Criterion, Finding, Task

SEED = 9
"""Where the cases are drawn from. Fixed, so that a submission gets the same score every time."""


NAMING = Precision("naming", relative=1e-6, overall=1e-7, rounding=2.0**-52)
"""How closely values have to equal a known mistake's. A mistake may be worked out in many ways."""


@dataclass(frozen=True)
class Asked:
    """One criterion's calls with the reference's replies."""

    criterion: Criterion
    calls: tuple[Call, ...]
    expected: tuple[Reply, ...]
    blurs: tuple[Blur, ...]


class Examiner:
    """Judges the answers to one notebook's tasks.

    Args:
        notebook: the source notebook, for the reference solutions.
        tasks: its tasks by name.
        mistakes: for a task's name, the known mistakes.
        seed: where the cases are drawn from.
    """

    def __init__(
        self,
        notebook: SourceNotebook,
        tasks: Mapping[str, Task],
        mistakes: Callable[[str], Sequence[Answer]] = lambda task: (),
        seed: int = SEED,
    ):
        self._notebook = notebook
        self._tasks = tasks
        self._mistakes = mistakes
        self._seed = seed
        self._asked: dict[tuple, tuple[Asked, ...]] = {}
        self._known: dict[str, tuple[_KnownMistake, ...]] = {}

    @cached_property
    def _reference(self) -> LocalFunctions:
        return self._notebook.reference()

    def functions_of(self, task_name: str) -> tuple[str, ...]:
        """The functions that a student writes for a task."""
        return self._tasks[task_name].functions

    def judge(
        self,
        task_name: str,
        functions: Functions,
        wrong_before: Collection[str] = (),
        explain: bool = True,
    ) -> TaskResult:
        """The verdict on one task.

        Args:
            task_name: which one.
            functions: the student's functions.
            wrong_before: functions of earlier tasks that did not get full points. Where the answer
                builds on one of them, it is judged on top of it.
            explain: look for the known mistakes that a wrong answer's values equal.
        """
        task = self._tasks[task_name]
        asked = self._questions(task, {})
        replies = [functions.ask(one.calls) for one in asked]
        result = _result(task, asked, replies)
        if result.points == result.max_points:
            return result
        if explain:
            result = self._named(task, asked, replies, result)
        return max(
            [result, *self._on_top_of_earlier(task, functions, wrong_before)],
            key=lambda one: one.points,
        )

    def _questions(self, task: Task, stand_ins: Mapping[str, str]) -> tuple[Asked, ...]:
        """The task's criteria with their calls and the reference's replies on top of stand-ins."""
        key = (task.name, *sorted(stand_ins))
        if key not in self._asked:
            on_top = [task.on_top_of[name] for name in stand_ins if name in task.on_top_of]
            replaced = dict(stand_ins) | {task.functions[0]: source for source in on_top}
            asked = []
            for index, criterion in enumerate(task.criteria):
                rng = np.random.default_rng([self._seed, zlib.crc32(task.name.encode()), index])
                calls = tuple(criterion.calls(rng))
                expected = tuple(self._reference.ask(calls, replaced))
                blurs = tuple(blur_of(self._reference, call, replaced) for call in calls)
                asked.append(Asked(criterion, calls, expected, blurs))
            self._asked[key] = tuple(asked)
        return self._asked[key]

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
        choices = [{name: source} for name, source in sources.items()]
        if len(sources) > 1:
            choices.append(sources)
        results = []
        for stand_ins in choices:
            asked = self._questions(task, stand_ins)
            replies = [functions.ask(one.calls, stand_ins) for one in asked]
            results.append(_result(task, asked, replies, on_top_of=tuple(stand_ins)))
        return results

    def _named(self, task, asked, replies, result: TaskResult) -> TaskResult:
        """The result with the known mistakes whose values the answer's equal."""
        failing = [i for i, criterion in enumerate(result.criteria) if criterion.holds is False]
        names: list[str] = []
        hints: list[str] = []
        explained: set[int] = set()
        for index in failing:
            if index in explained or result.unanswered:
                continue
            best = self._best_match(task, asked, replies, index)
            if best is None:
                continue
            explained |= {i for i in failing if best.fails[i] and best.equals(i, replies[i])}
            if best.answer.name not in names:
                names.append(best.answer.name)
                hints += [hint for hint in best.answer.hints if hint not in hints]
        return dataclasses.replace(result, mistakes=tuple(names), hints=tuple(hints))

    def _best_match(self, task, asked, replies, index: int) -> _KnownMistake | None:
        candidates = [
            known
            for known in self._known_mistakes(task)
            if known.fails[index] and known.equals(index, replies[index])
        ]
        return max(
            candidates,
            key=lambda known: (
                sum(known.equals(i, replies[i]) for i in range(len(asked))),
                -len(known.answer.parts),
            ),
            default=None,
        )

    def _known_mistakes(self, task: Task) -> tuple[_KnownMistake, ...]:
        if task.name not in self._known:
            asked = self._questions(task, {})
            known = []
            for answer in self._mistakes(task.name):
                functions = self._notebook.functions_with(answer)
                replies = tuple(tuple(functions.ask(one.calls)) for one in asked)
                criteria = _result(task, asked, replies, all_criteria=True).criteria
                fails = tuple(criterion.holds is not True for criterion in criteria)
                known.append(_KnownMistake(answer, replies, fails, asked, functions))
            self._known[task.name] = tuple(known)
        return self._known[task.name]


@dataclass(frozen=True)
class _KnownMistake:
    """A known mistake with the replies that it gives to every criterion's calls."""

    answer: Answer
    replies: tuple[tuple[Reply, ...], ...]
    fails: tuple[bool, ...]
    asked: tuple[Asked, ...]
    functions: LocalFunctions

    def equals(self, index: int, replies: Sequence[Reply]) -> bool:
        """Whether a student's replies to one criterion are those of this mistake."""
        return all(
            _same_reply(call, reply, known, blur_of(self.functions, call))
            for call, reply, known in zip(
                self.asked[index].calls, replies, self.replies[index], strict=True
            )
        )


def _same_reply(call: Call, reply: Reply, known: Reply, blur: Blur) -> bool:
    if reply.raised is not None or known.raised is not None:
        return (reply.raised and reply.raised.name) == (known.raised and known.raised.name)
    if reply.refused is not None:
        return False
    untouched = leaves_arguments_alone(call, reply, known) is None
    return (
        _same_value(reply.value, known.value, blur)
        and untouched == (leaves_arguments_alone(call, known, known) is None)
        and _same_value(reply.later, known.later, blur)
    )


def _same_value(value, known, blur: Blur) -> bool:
    return agrees(value, known, SINGLE if single_precision(value) else NAMING, blur)


def _result(
    task: Task,
    asked: Sequence[Asked],
    replies: Sequence[Sequence[Reply]],
    on_top_of: tuple[str, ...] = (),
    all_criteria: bool = False,
) -> TaskResult:
    precision = _precision(asked, replies)
    criteria: list[CriterionResult] = []
    for one, its_replies in zip(asked, replies, strict=True):
        found = _judge_criterion(one, its_replies, precision)
        heart_holds = not criteria or criteria[0].holds is True
        if found.holds and not (heart_holds or one.criterion.on_its_own or all_criteria):
            found = dataclasses.replace(found, holds=None, earned=0.0)
        criteria.append(found)
    return TaskResult(
        task=task.name,
        points=sum(criterion.earned for criterion in criteria),
        max_points=task.points,
        criteria=tuple(criteria),
        on_top_of=on_top_of,
        unanswered=_unanswered(task, [reply for some in replies for reply in some]),
    )


def _judge_criterion(
    asked: Asked, replies: Sequence[Reply], precision: Precision
) -> CriterionResult:
    criterion = asked.criterion
    first: tuple[Call, Reply, Finding] | None = None
    margin = 0.0
    for call, reply, expected, blur in zip(
        asked.calls, replies, asked.expected, asked.blurs, strict=True
    ):
        finding = _finding(criterion, call, reply, expected, precision, blur)
        if finding is not None:
            first = first or (call, reply, finding)
            margin = max(margin, finding.margin)
    if first is None:
        return CriterionResult(criterion.claim, criterion.points, criterion.points, True)
    call, reply, finding = first
    return CriterionResult(
        claim=criterion.claim,
        points=criterion.points,
        earned=0.0,
        holds=False,
        call=str(call),
        came_back=show_reply(reply),
        wrong=finding.sentence,
        margin=margin,
    )


def _finding(criterion, call, reply, expected, precision, blur) -> Finding | None:
    """What is wrong with one reply under one criterion."""
    if criterion.check is not None:
        finding = criterion.check(call, reply, expected)
    else:
        finding = _disagreement(criterion.part, reply, expected, precision, blur)
    others = (check(call, reply, expected) for check in criterion.also)
    return finding or next(filter(None, others), None)


def _disagreement(part, reply, expected, precision, blur) -> Finding | None:
    if part is not None and reply.returned and expected.returned:
        parts = items(reply.value, len(expected.value))
        if parts is not None:
            reply, expected = Reply(value=parts[part]), Reply(value=expected.value[part])
            return diagnose(reply, expected, precision, lambda level: blur(level)[part])
    return diagnose(reply, expected, precision, blur)


def _precision(asked: Sequence[Asked], replies: Sequence[Sequence[Reply]]) -> Precision:
    """Single precision if the answer shows it: in its type, or in how close its values come.

    An answer that computes in single precision and returns doubles is off by more than doubles are,
    and within what single precision allows. (Known mistakes are all off by more than that.)
    """
    for one, its_replies in zip(asked, replies, strict=True):
        if one.criterion.check is not None:
            continue
        for reply, expected, blur in zip(its_replies, one.expected, one.blurs, strict=True):
            if not (reply.returned and expected.returned):
                continue
            if single_precision(reply.value):
                return SINGLE
            if not agrees(reply.value, expected.value, DOUBLE, blur) and agrees(
                reply.value, expected.value, SINGLE
            ):
                return SINGLE
    return DOUBLE


def _unanswered(task: Task, replies: Sequence[Reply]) -> bool:
    return bool(replies) and all(
        reply.raised is not None
        and (
            reply.raised.name == "NotImplementedError"
            or (reply.raised.name == "NameError" and "is not defined" in reply.raised.message)
            and any(function in reply.raised.message for function in task.functions)
        )
        for reply in replies
    )

