"""The words in which hidden tests are written: task, criterion, call.

A hidden test says what is true of a right answer, and on which calls that is looked at. It holds no
expected values: these come from the reference solution in `source/`, at the time of grading.

    convolve = Task(
        "convolve",
        Criterion("the sum is right for every kernel and signal", 1.5, calls=signals_and_kernels),
        Criterion("a kernel longer than the signal raises ValueError", 0.5, calls=kernels_too_long),
    )
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from autograder.exercise.calls import Call, Function, Reply

__all__ = ["Call", "Criterion", "Finding", "Function", "Task", "graded_by_asserts"]


@dataclass(frozen=True)
class Finding:
    """What is wrong with one reply, for a student to read.

    Attributes:
        sentence: what is wrong, friendly and without the right values.
        margin: by how many tolerances the values miss; infinite where no number says it (shape,
            type, exception).
        pattern: looks for a pattern in the numbers ("all values are too large by the same amount")
            and gives it as a sentence, which says more than the plain one; "" if there is none. It
            is called only for findings that are shown, since there are many patterns to look for.
    """

    sentence: str
    margin: float = float("inf")
    pattern: Callable[[], str] = field(default=lambda: "", compare=False)


Check = Callable[[Call, Reply, Reply], "Finding | None"]
"""Looks at a call, the student's reply and the reference's reply, and says what is wrong."""


@dataclass(frozen=True)
class Criterion:
    """One thing that is true of a right answer, with its share of the task's points.

    Attributes:
        claim: the thing, as a sentence that a student reads beside a tick or a cross.
        points: what it is worth.
        calls: makes the calls from a random generator, smallest first. All of them are asked in one
            go, in this order; the first that fails is the one shown.
        check: by default, the reply agrees with the reference's. Where answers are not unique, a
            check of the property itself.
        also: further checks that every reply has to pass. What they find is shown first: an
            argument changed in place is the cause where a value is wrong as well.
        tolerance: how far values may be off, relative to the right ones. None allows no more than
            rounding. A criterion that says nothing about rounding or an epsilon allows more, so
            that such a slip costs what its own criterion is worth.
        at_most: where this criterion fails, the task gives at most this share of its points. For
            the example of the visible check: whoever ran the check knows that it fails.
        on_its_own: counts even where the task's first criterion fails. Other criteria (edge cases,
            errors) say nothing about an answer that fails the main one, so they do not count then.
    """

    claim: str
    points: float
    calls: Callable[[np.random.Generator], Sequence[Call]]
    check: Check | None = None
    also: tuple[Check, ...] = ()
    tolerance: float | None = None
    at_most: float = 1.0
    on_its_own: bool = False


@dataclass(frozen=True)
class Task:
    """One function (or a few that belong together) that a student writes.

    Attributes:
        name: the `grade_id` of the answer cell; `test_` + name is the graded cell.
        criteria: the first is the main criterion.
        functions: what the student writes; by default one function, named like the task.
        uses: functions of earlier tasks that an answer may call.
        stand_ins: for later tasks, source text of a function that can take the place of one of this
            task's functions while a later task is judged. It must not be right: all it must do is
            return something of the right shape that depends on its arguments, so that one sees
            whether the later answer builds on it correctly. By function name.
        by_asserts: it has no hidden tests: its graded cell is run in the student's process, asserts
            and all, and decides. A program can fake that, so every such verdict says so.
        on_top_of: source text of this task's functions, written on top of an earlier function that
            the reference solution does not call itself. By the earlier function's name.
    """

    name: str
    criteria: tuple[Criterion, ...]
    functions: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    on_top_of: Mapping[str, str] = field(default_factory=dict)
    by_asserts: bool = False

    def __init__(
        self,
        name: str,
        *criteria: Criterion,
        functions: Sequence[str] = (),
        uses: Sequence[str] = (),
        stand_ins: Mapping[str, str] = {},
        on_top_of: Mapping[str, str] = {},
        by_asserts: bool = False,
    ):
        if not criteria:
            raise ValueError(f"task {name} has no criteria")
        for key, value in {
            "name": name,
            "criteria": criteria,
            "functions": tuple(functions) or (() if by_asserts else (name,)),
            "uses": tuple(uses),
            "stand_ins": dict(stand_ins),
            "on_top_of": dict(on_top_of),
            "by_asserts": by_asserts,
        }.items():
            object.__setattr__(self, key, value)

    @property
    def points(self) -> float:
        return sum(criterion.points for criterion in self.criteria)


BY_ASSERTS = "graded by asserts inside the student's process"


def graded_by_asserts(name: str, points: float) -> Task:
    """The task of a cell of an ordinary nbgrader assignment: its own asserts decide."""
    claim = f"the cell runs without an error ({BY_ASSERTS})"
    return Task(name, Criterion(claim, points, lambda rng: []), by_asserts=True)
