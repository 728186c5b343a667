"""What changes for a student when a submission is graded again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.result import CriterionResult, SubmissionResult, TaskResult


@dataclass(frozen=True)
class Reason:
    """A criterion that gives other points than before.

    Attributes:
        claim: what is true of a right answer.
        before: what it gave; None where there was no such criterion.
        after: what it gives now; None where there no longer is one.
        why: what is wrong with the answer, as far as the result that lost the points says it.
    """

    claim: str
    before: float | None
    after: float | None
    why: str = ""


@dataclass(frozen=True)
class ScoreChange:
    """A task that gives a student other points than before.

    Attributes:
        notebook: where it stands.
        task: its name.
        before: the points before; None where there was no such task.
        after: the points now; None where there no longer is one.
        max_points: what the task is worth now.
        reasons: the criteria that make the difference.
    """

    notebook: str
    task: str
    before: float | None
    after: float | None
    max_points: float
    reasons: tuple[Reason, ...] = ()

    @property
    def difference(self) -> float:
        return (self.after or 0.0) - (self.before or 0.0)


def score_changes(before: SubmissionResult, after: SubmissionResult) -> list[ScoreChange]:
    """The tasks whose points differ, in the order of the notebooks, those that went away last."""
    old, new = _tasks(before), _tasks(after)
    changes = []
    gone = {key: task for key, task in old.items() if key not in new}
    for key, task in (new | gone).items():
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and was.points == now.points:
            continue
        changes.append(
            ScoreChange(
                *key,
                before=None if was is None else was.points,
                after=None if now is None else now.points,
                max_points=task.max_points,
                reasons=_reasons(was, now),
            )
        )
    return changes


def change_lines(student: str, changes: list[ScoreChange]) -> list[str]:
    """The changes of one student as lines of text: the sum, each task and the reasons."""
    if not changes:
        return []
    before = sum(change.before or 0.0 for change in changes)
    after = sum(change.after or 0.0 for change in changes)
    tasks = "1 task" if len(changes) == 1 else f"{len(changes)} tasks"
    lines = [f"{student}: {after - before:+g} points in {tasks}"]
    for change in changes:
        lines.append(f"  {change.task}: {_points(change)}")
        lines += [f"    {_because(reason)}" for reason in change.reasons]
    return lines


def _tasks(result: SubmissionResult) -> dict[tuple[str, str], TaskResult]:
    return {(book.name, task.task): task for book in result.notebooks for task in book.tasks}


def _reasons(was: TaskResult | None, now: TaskResult | None) -> tuple[Reason, ...]:
    old, new = _by_claim(was), _by_claim(now)
    reasons = []
    for claim in [*new, *(claim for claim in old if claim not in new)]:
        one, other = old.get(claim), new.get(claim)
        if one is not None and other is not None and one.earned == other.earned:
            continue
        failing = other if other is not None and other.holds is False else None
        reasons.append(
            Reason(
                claim[0],
                before=None if one is None else one.earned,
                after=None if other is None else other.earned,
                why=failing.wrong if failing is not None else "",
            )
        )
    return tuple(reasons)


def _by_claim(task: TaskResult | None) -> Mapping[tuple[str, int], CriterionResult]:
    """The criteria by claim; the number tells two of the same wording apart."""
    found: dict[tuple[str, int], CriterionResult] = {}
    for criterion in task.criteria if task is not None else ():
        number = sum(claim == criterion.claim for claim, _ in found)
        found[criterion.claim, number] = criterion
    return found


def _points(change: ScoreChange) -> str:
    if change.before is None:
        return f"new, {change.after:g} of {change.max_points:g} points"
    if change.after is None:
        return f"{change.before:g} points, no longer part of the exercise"
    return f"{change.before:g} -> {change.after:g} of {change.max_points:g} points"


def _because(reason: Reason) -> str:
    if reason.before is None:
        return f"new criterion: {reason.claim} (gives {reason.after:g})"
    if reason.after is None:
        return f"no longer a criterion: {reason.claim} (gave {reason.before:g})"
    more = f" ({reason.why})" if reason.why else ""
    return f"{reason.claim}: {reason.before:g} -> {reason.after:g}{more}"
