"""From a student's replies to a score: which criteria hold, and what is wrong where one does not."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.judge.compare import (
    DOUBLE,
    SINGLE,
    TO_THE_LAST_DIGITS,
    Blur,
    Precision,
    agrees,
    items,
    single_precision,
    whole_numbers,
)
from autograder.judge.diagnose import diagnose
from autograder.judge.grid import grid_of
from autograder.judge.show import show_reply
from autograder.questions import Call, Reply
from autograder.result import CriterionResult, Grid, TaskResult
from autograder.tasks import Criterion, Finding, Task

_NUMBER = re.compile(r"[0-9][0-9.e+-]*")


@dataclass(frozen=True)
class Asked:
    """One criterion's calls with the reference's replies.

    Attributes:
        criterion: the criterion.
        calls: what is asked.
        expected: the reference's reply to each call.
        blurs: for each call, the reference's value for slightly blurred arguments.
    """

    criterion: Criterion
    calls: tuple[Call, ...]
    expected: tuple[Reply, ...]
    blurs: tuple[Blur, ...]


@dataclass(frozen=True)
class Failure:
    """Where a criterion first fails.

    Attributes:
        call: index of the call.
        finding: what is wrong with the reply to it.
        margin: the largest miss of all calls, in tolerances.
        grid: the wrong entries of the matrix that came back, if one did.
    """

    call: int
    finding: Finding
    margin: float
    grid: Grid | None = None


def score(
    task: Task,
    asked: Sequence[Asked],
    replies: Sequence[Sequence[Reply]],
    failures: Sequence[Failure | None],
    on_top_of: tuple[str, ...] = (),
) -> TaskResult:
    """The verdict on one task, without names of mistakes."""
    heart_holds = failures[0] is None
    criteria = []
    for one, its_replies, failure in zip(asked, replies, failures, strict=True):
        criterion = one.criterion
        result = CriterionResult(criterion.claim, criterion.points, 0.0, None)
        if failure is not None:
            result = dataclasses.replace(
                result,
                holds=False,
                call=str(one.calls[failure.call]),
                came_back=show_reply(its_replies[failure.call]),
                wrong=failure.finding.sentence,
                margin=failure.margin,
                grid=failure.grid,
            )
        elif heart_holds or criterion.on_its_own:
            result = dataclasses.replace(result, holds=True, earned=criterion.points)
        criteria.append(result)
    return TaskResult(
        task=task.name,
        points=sum(criterion.earned for criterion in criteria),
        max_points=task.points,
        criteria=tuple(criteria),
        on_top_of=on_top_of,
        unanswered=unanswered(task, [reply for some in replies for reply in some]),
    )


def failures_of(asked: Sequence[Asked], replies: Sequence[Sequence[Reply]]) -> list[Failure | None]:
    """For each criterion where it first fails, None where it holds."""
    precision = _precision(asked, replies)
    return [
        _failure(one, its_replies, precision)
        for one, its_replies in zip(asked, replies, strict=True)
    ]


def _failure(asked: Asked, replies: Sequence[Reply], precision: Precision) -> Failure | None:
    found = [
        (index, finding)
        for index, (call, reply, expected, blur) in enumerate(
            zip(asked.calls, replies, asked.expected, asked.blurs, strict=True)
        )
        if (finding := _finding(asked.criterion, call, reply, expected, precision, blur))
    ]
    if not found:
        return None
    index, finding = found[0]
    return Failure(
        index,
        _without_chance([finding for _, finding in found]),
        max(finding.margin for _, finding in found),
        _grid(asked, index, replies[index], precision),
    )


def _grid(asked: Asked, index: int, reply: Reply, precision: Precision) -> Grid | None:
    """The wrong entries in the reply to one call, where there is one right matrix only."""
    expected, blur = asked.expected[index], asked.blurs[index]
    if asked.criterion.check is not None or not (reply.returned and expected.returned):
        return None
    reply, expected, blur = _part_of(asked.criterion.part, reply, expected, blur)
    return grid_of(reply.value, expected.value, precision, blur)


def _without_chance(findings: Sequence[Finding]) -> Finding:
    """The first finding, without a pattern that only its own few numbers have, by chance."""
    first, others = findings[0], findings[1:]
    alike = {_NUMBER.sub("", finding.sentence) for finding in others}
    if first.otherwise and alike - {_NUMBER.sub("", first.sentence)}:
        return dataclasses.replace(first, sentence=first.otherwise)
    return first


def _finding(criterion, call, reply, expected, precision, blur) -> Finding | None:
    """What is wrong with one reply under one criterion."""
    if criterion.check is not None:
        finding = criterion.check(call, reply, expected)
    else:
        reply_part, expected_part, blur_part = _part_of(criterion.part, reply, expected, blur)
        finding = diagnose(reply_part, expected_part, precision, blur_part)
    others = (check(call, reply, expected) for check in criterion.also)
    return finding or next(filter(None, others), None)


def _part_of(
    part: int | None, reply: Reply, expected: Reply, blur: Blur
) -> tuple[Reply, Reply, Blur]:
    """What a criterion looks at: the whole of what was returned, or one item of it."""
    if part is not None and reply.returned and expected.returned:
        parts = items(reply.value, len(expected.value))
        if parts is not None:
            reply, expected = Reply(value=parts[part]), Reply(value=expected.value[part])
            return reply, expected, lambda level: blur(level)[part]
    return reply, expected, blur


def _precision(asked: Sequence[Asked], replies: Sequence[Sequence[Reply]]) -> Precision:
    """Single precision if the answer shows it: in its type, or in how close its values come.

    An answer that computes in single precision and returns doubles is off in its last digits on
    most calls. One that is off on few calls has another reason (it may cancel digits where numbers
    are large), and is held to what doubles can do.
    """
    off = compared = 0
    for one, its_replies in zip(asked, replies, strict=True):
        if one.criterion.check is not None:
            continue
        for reply, expected, blur in zip(its_replies, one.expected, one.blurs, strict=True):
            if not (reply.returned and expected.returned):
                continue
            if single_precision(reply.value):
                return SINGLE
            if not whole_numbers(expected.value):
                compared += 1
                off += not agrees(reply.value, expected.value, TO_THE_LAST_DIGITS, blur)
    return SINGLE if 2 * off > compared else DOUBLE


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
