"""From a student's replies to a score: which criteria hold, and what is wrong where one fails."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.exercise.calls import Call, Reply
from autograder.exercise.tasks import Criterion, Finding, Task
from autograder.judge.at_a_glance import Glance
from autograder.judge.checks import lasts, leaves_arguments_alone
from autograder.judge.compare import DOUBLE, SINGLE, Perturbation, Precision, within_relative
from autograder.judge.diagnose import PrecisionOf, diagnose
from autograder.judge.grid import grid_of
from autograder.judge.known_replies import digest_of
from autograder.judge.precision import Part, single_parts
from autograder.judge.show import show_reply
from autograder.result import CriterionResult, Grid, TaskResult

OF_UNTOUCHED = frozenset({leaves_arguments_alone, lasts})
"""Checks that hold where a call left everything as it was."""

_NUMBER = re.compile(r"[0-9][0-9.e+-]*")


@dataclass(frozen=True)
class Asked:
    """One criterion's calls with the reference's replies.

    Attributes:
        criterion: the criterion.
        calls: what is asked.
        expected: the reference's reply to each call.
        perturbations: for each call, the reference's value for slightly perturbed arguments.
    """

    criterion: Criterion
    calls: tuple[Call, ...]
    expected: tuple[Reply, ...]
    perturbations: tuple[Perturbation, ...]

    @cached_property
    def precision(self) -> Precision:
        """What values are held to that are computed in double precision."""
        allowed = self.criterion.tolerance
        return DOUBLE if allowed is None else within_relative(allowed)

    @cached_property
    def glance(self) -> Glance | None:
        """Tells most right replies at a glance; None where a check of its own has to look."""
        if self.criterion.check is not None or not set(self.criterion.also) <= OF_UNTOUCHED:
            return None
        return Glance(self.calls, self.expected, self.precision)

    def shown(self, number: int) -> str:
        """A call as a student reads it; worked out once for all students."""
        if number not in self._shown:
            self._shown[number] = str(self.calls[number])
        return self._shown[number]

    @cached_property
    def _shown(self) -> dict[int, str]:
        return {}


@dataclass(frozen=True)
class Failure:
    """Where a criterion first fails.

    Attributes:
        calls: indices of the calls that went wrong.
        findings: what is wrong with the reply to each of them.
        precision: what a matrix that came back for the first of them was held to.
    """

    calls: tuple[int, ...]
    findings: tuple[Finding, ...]
    precision: Precision

    @property
    def call(self) -> int:
        """Index of the first call that went wrong."""
        return self.calls[0]

    @property
    def margin(self) -> float:
        """The largest miss of all calls, in tolerances."""
        return max(finding.margin for finding in self.findings)

    @property
    def sentence(self) -> str:
        """What is wrong: as a pattern only if other wrong replies have it too, not by chance."""
        first, *others = self.findings
        pattern = first.pattern()
        by_chance = pattern and any(
            _without_numbers(other.pattern() or other.sentence) != _without_numbers(pattern)
            for other in others
        )
        return first.sentence if by_chance or not pattern else pattern


def score(
    task: Task,
    asked: Sequence[Asked],
    replies: Sequence[Sequence[Reply]],
    failures: Sequence[Failure | None],
    on_top_of: tuple[str, ...] = (),
) -> TaskResult:
    """The verdict on one task, without names of mistakes."""
    main_holds = failures[0] is None
    criteria = []
    for one, its_replies, failure in zip(asked, replies, failures, strict=True):
        criterion = one.criterion
        result = CriterionResult(criterion.claim, criterion.points, 0.0, None)
        if failure is not None:
            result = dataclasses.replace(
                result,
                holds=False,
                call=one.shown(failure.call),
                came_back=show_reply(its_replies[failure.call]),
                wrong=failure.sentence,
                margin=failure.margin,
                grid=_grid(one, failure, its_replies[failure.call]),
            )
        elif main_holds or criterion.on_its_own:
            result = dataclasses.replace(result, holds=True, earned=criterion.points)
        criteria.append(result)
    most = min(
        (one.criterion.at_most for one, failure in zip(asked, failures, strict=True) if failure),
        default=1.0,
    )
    return TaskResult(
        task=task.name,
        points=min(sum(criterion.earned for criterion in criteria), most * task.points),
        max_points=task.points,
        criteria=tuple(criteria),
        on_top_of=on_top_of,
        unanswered=unanswered(task, [reply for some in replies for reply in some]),
    )


def failures_of(asked: Sequence[Asked], replies: Sequence[Sequence[Reply]]) -> list[Failure | None]:
    """For each criterion where it first fails, None where it holds."""
    failures = [_failure(one, its_replies) for one, its_replies in zip(asked, replies, strict=True)]
    # Most answers are right in double precision, or wrong in any: they need no second look.
    if any(map(_might_be_single, asked, replies, failures)) and not (
        failures[0] and not _might_be_single(asked[0], replies[0], failures[0])
    ):
        single = _single_parts(asked, replies)
        if single:
            return [
                _failure(one, its_replies, single)
                for one, its_replies in zip(asked, replies, strict=True)
            ]
    return failures


def _might_be_single(asked: Asked, replies: Sequence[Reply], failure: Failure | None) -> bool:
    """Whether the first call on which a criterion fails would be right in single precision."""
    if failure is None or asked.criterion.check or math.isinf(failure.findings[0].margin):
        return False
    first = failure.call
    return not diagnose(replies[first], asked.expected[first], SINGLE, asked.perturbations[first])


def _single_parts(asked: Sequence[Asked], replies: Sequence[Sequence[Reply]]) -> frozenset[Part]:
    """What of an answer computes in single precision, by its values on all calls together."""
    if not _repeatable(asked, replies):
        return frozenset()
    by_function: dict[str, list[tuple[Reply, Reply, Perturbation]]] = {}
    for one, its_replies in zip(asked, replies, strict=True):
        if one.criterion.check is None:
            for call, reply, expected, perturbation in zip(
                one.calls, its_replies, one.expected, one.perturbations, strict=True
            ):
                by_function.setdefault(call.function, []).append((reply, expected, perturbation))
    return frozenset().union(
        *(single_parts(function, some) for function, some in by_function.items())
    )


def _repeatable(asked: Sequence[Asked], replies: Sequence[Sequence[Reply]]) -> bool:
    """Whether equal calls gave equal values. Rounding does that, and random noise does not."""
    given: dict[bytes, bytes | None] = {}
    for one, its_replies in zip(asked, replies, strict=True):
        for call, reply in zip(one.calls, its_replies, strict=True):
            told, value = digest_of(call), digest_of(reply.value)
            if told is not None and given.setdefault(told, value) != value:
                return False
    return True


def _failure(
    asked: Asked, replies: Sequence[Reply], single: frozenset[Part] = frozenset()
) -> Failure | None:
    findings = {
        index: finding
        for index, finding in enumerate(_findings(asked, replies, single))
        if finding is not None
    }
    if not findings:
        return None
    precision = _precision(asked, asked.calls[next(iter(findings))], single)(None)
    return Failure(tuple(findings), tuple(findings.values()), precision)


def _precision(asked: Asked, call: Call, single: frozenset[Part]) -> PrecisionOf:
    """What the parts of a call's value are held to.

    An example of the visible check is compared as there, in whatever precision it was computed.
    """
    as_there = asked.criterion.at_most < 1
    return lambda item: (
        SINGLE if (call.function, item) in single and not as_there else asked.precision
    )


def _findings(
    asked: Asked, replies: Sequence[Reply], single: frozenset[Part]
) -> Iterator[Finding | None]:
    """What is wrong with each reply."""
    criterion = asked.criterion
    right = asked.glance.right(replies) if asked.glance and not single else [False] * len(replies)
    for call, reply, expected, perturbation, is_right in zip(
        asked.calls, replies, asked.expected, asked.perturbations, right, strict=True
    ):
        if is_right:
            yield None
            continue
        beside = (check(call, reply, expected) for check in criterion.also)
        finding = next(filter(None, beside), None)
        if finding is None and criterion.check is not None:
            finding = criterion.check(call, reply, expected)
        elif finding is None:
            precision = _precision(asked, call, single)
            finding = diagnose(reply, expected, precision, perturbation)
        yield finding


def _grid(asked: Asked, failure: Failure, reply: Reply) -> Grid | None:
    """The wrong entries in the reply to the first call, where there is one right matrix only."""
    expected, perturbation = asked.expected[failure.call], asked.perturbations[failure.call]
    if asked.criterion.check is not None or not (reply.returned and expected.returned):
        return None
    return grid_of(reply.value, expected.value, failure.precision, perturbation)


def _without_numbers(sentence: str) -> str:
    return _NUMBER.sub("", sentence)


def unanswered(task: Task, replies: Sequence[Reply]) -> bool:
    """Whether every call ended in the stub's exception, or found no function."""
    return bool(replies) and all(
        reply.raised is not None
        and (
            reply.raised.name == "NotImplementedError"
            or (
                reply.raised.name == "NameError"
                and any(
                    f"{quote}{function}{quote} is not defined" in reply.raised.message
                    for function in task.functions
                    for quote in ("'", "")
                )
            )
        )
        for reply in replies
    )
