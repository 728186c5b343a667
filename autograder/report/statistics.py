"""What the points of a class say: distribution, difficulty, discrimination, mistakes, time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.report.entries import Entry
from autograder.report.items import Item, Sheet
from autograder.result import TaskResult

ENOUGH = 10
"""Below so many students, a correlation says more about who they are than about the task."""


@dataclass(frozen=True)
class Scores:
    """The distribution of totals.

    Attributes:
        totals: each student's, in the order of the sheet.
        possible: what one can have.
        without_written: the written answers are left out since some still wait for a person.
        mean, median, deviation, lower, upper: as usual; lower and upper are the quartiles.
    """

    totals: tuple[float, ...]
    possible: float
    without_written: bool
    mean: float
    median: float
    deviation: float
    lower: float
    upper: float


def scores_of(sheet: Sheet) -> Scores:
    totals = sheet.totals
    if not len(totals):
        return Scores((), sheet.possible, sheet.waiting > 0, *[float("nan")] * 5)
    lower, median, upper = np.quantile(totals, [0.25, 0.5, 0.75])
    return Scores(
        tuple(float(total) for total in totals),
        sheet.possible,
        sheet.waiting > 0,
        float(totals.mean()),
        float(median),
        float(totals.std(ddof=1)) if len(totals) > 1 else float("nan"),
        float(lower),
        float(upper),
    )


@dataclass(frozen=True)
class ItemNumbers:
    """How a class did in one item.

    Attributes:
        item: the item.
        graded: how many students' points are known; while answers wait, how many answers' points.
        mean: their mean points; NaN if there are none.
        full, some, none, unanswered: how many have all points, some, none although they answered,
            or no answer.
        difficulty: mean share of the points: 1 is easy.
        discrimination: correlation with the points in all other items; None where that is not
            defined or the class is too small.
        waiting: how many answers a person still has to grade. While there are any, the other
            numbers are NaN, 0 and None: who gave no answer has 0 points at once, and would be all
            there is.
    """

    item: Item
    graded: int
    mean: float
    full: int
    some: int
    none: int
    unanswered: int
    difficulty: float
    discrimination: float | None
    waiting: int = 0

    @property
    def known(self) -> bool:
        """Whether there is anything to say."""
        return self.graded > 0 and not self.waiting

    @property
    def doubtful(self) -> bool:
        return is_doubtful(self.discrimination, self.graded)


def item_numbers(sheet: Sheet) -> tuple[ItemNumbers, ...]:
    totals, counted = sheet.totals, sheet.counted
    numbers = []
    for column, item in enumerate(sheet.items):
        points, answered = sheet.points[:, column], sheet.answered[:, column]
        known = ~np.isnan(points)
        if not known.all():
            graded, waiting = int((known & answered).sum()), int((~known).sum())
            nothing = float("nan")
            numbers.append(ItemNumbers(item, graded, nothing, 0, 0, 0, 0, nothing, None, waiting))
            continue
        rest = totals - (points if counted[column] else 0.0)
        mean = float(points.mean()) if len(points) else float("nan")
        full = points >= item.points - 1e-9
        some = ~full & (points > 0)
        numbers.append(
            ItemNumbers(
                item,
                graded=len(points),
                mean=mean,
                full=int(full.sum()),
                some=int(some.sum()),
                none=int((~full & ~some & answered).sum()),
                unanswered=int((~full & ~some & ~answered).sum()),
                difficulty=mean / item.points if item.points else float("nan"),
                discrimination=correlation(points, rest),
            )
        )
    return tuple(numbers)


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    """Pearson's; None where it is undefined or there are too few values."""
    if len(one) < ENOUGH or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def is_doubtful(discrimination: float | None, size: int) -> bool:
    """Whether it is low, and not only by the chance that a class of this size leaves."""
    return (
        discrimination is not None
        and discrimination < 0.1
        and discrimination + 1 / math.sqrt(size) < 0.2
    )


@dataclass(frozen=True)
class CriterionNumbers:
    """How a class did in one criterion of a task.

    Attributes:
        item: the task.
        claim: what is true of a right answer.
        points: what it is worth.
        holds: for how many it holds.
        fails: for how many it fails.
        not_counted: for how many it holds and says nothing, since the heart of the task fails.
        difficulty: mean share of its points over the class.
        discrimination: point-biserial correlation of "holds" with the points in everything else.
    """

    item: Item
    claim: str
    points: float
    holds: int
    fails: int
    not_counted: int
    difficulty: float
    discrimination: float | None

    @property
    def doubtful(self) -> bool:
        others = self.fails + self.not_counted
        # One or two students who are unlike the rest prove nothing.
        return min(self.holds, others) >= 5 and is_doubtful(
            self.discrimination, self.holds + others
        )


def criterion_numbers(sheet: Sheet) -> tuple[CriterionNumbers, ...]:
    totals = sheet.totals
    numbers = []
    for item in sheet.items:
        results = [tasks.get(item.name) for tasks in sheet.tasks]
        claims = dict.fromkeys(
            (c.claim, c.points) for task in results if task is not None for c in task.criteria
        )
        for claim, points in claims:
            found = [
                next((c for c in task.criteria if c.claim == claim), None) if task else None
                for task in results
            ]
            holds = np.array([bool(c and c.holds) for c in found], dtype=float)
            earned = np.array([c.earned if c else 0.0 for c in found])
            fails = sum(c is not None and c.holds is False for c in found)
            share = earned / points if points else holds
            numbers.append(
                CriterionNumbers(
                    item,
                    claim,
                    points,
                    holds=int(holds.sum()),
                    fails=fails,
                    not_counted=len(found) - int(holds.sum()) - fails,
                    difficulty=float(share.mean()) if len(share) else float("nan"),
                    discrimination=correlation(holds, totals - earned),
                )
            )
    return tuple(numbers)


@dataclass(frozen=True)
class MistakeNumbers:
    """A known mistake and how many made it, alone or with others.

    Attributes:
        item: the task.
        name: the mistake's name.
        count: how many students.
        answered: how many answered the task.
        hint: what those students read about it.
    """

    item: Item
    name: str
    count: int
    answered: int
    hint: str

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")

    @property
    def share(self) -> float:
        return self.count / self.answered if self.answered else 0.0


@dataclass(frozen=True)
class AnywhereNumbers:
    """A mistake over all tasks that know one of that name.

    Attributes:
        name: the mistake's name.
        students: how many made it in at least one task.
        answered: how many answered at least one of the tasks in which it was made.
        tasks: where it was made, most frequent first.
    """

    name: str
    students: int
    answered: int
    tasks: tuple[MistakeNumbers, ...]

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")


def anywhere(sheet: Sheet, mistakes: Sequence[MistakeNumbers]) -> tuple[AnywhereNumbers, ...]:
    """The mistakes over all tasks, those that most students make first."""
    column = {item.name: at for at, item in enumerate(sheet.items)}
    by_name: dict[str, list[MistakeNumbers]] = {}
    for mistake in mistakes:
        by_name.setdefault(mistake.name, []).append(mistake)
    students = Counter(
        name
        for tasks in sheet.tasks
        for name in {
            part
            for task in tasks.values()
            if task.points < task.max_points
            for part in _parts(task)
        }
    )
    found = []
    for name, of_name in by_name.items():
        answered = sheet.answered[:, [column[one.item.name] for one in of_name]].any(axis=1)
        most = tuple(sorted(of_name, key=lambda one: -one.count))
        found.append(AnywhereNumbers(name, students[name], int(answered.sum()), most))
    found.sort(key=lambda one: (-one.students, one.name))
    return tuple(found)


def _parts(task: TaskResult) -> set[str]:
    return {part.strip() for name in task.mistakes for part in name.split(" + ")}


@dataclass(frozen=True)
class UnnamedNumbers:
    """Answers to a task that lost points in a way that no known mistake explains.

    Attributes:
        item: the task.
        count: how many.
        answered: how many answered the task.
        claims: the first criterion that fails in them, with how often, most frequent first.
    """

    item: Item
    count: int
    answered: int
    claims: tuple[tuple[str, int], ...]


Hints = Callable[[str], Mapping[str, str]]
"""For a task's name, the hint for each of its known mistakes."""


def mistake_numbers(
    sheet: Sheet, hints_of: Hints
) -> tuple[tuple[MistakeNumbers, ...], tuple[UnnamedNumbers, ...]]:
    """The mistakes of the class, most frequent first, and what is left without a name."""
    named: list[MistakeNumbers] = []
    unnamed: list[UnnamedNumbers] = []
    for column, item in enumerate(sheet.items):
        if item.written:
            continue
        counts: Counter[str] = Counter()
        claims: Counter[str] = Counter()
        seen: dict[str, str] = {}
        for tasks, answered in zip(sheet.tasks, sheet.answered[:, column], strict=True):
            task = tasks.get(item.name)
            if task is None or not answered or task.points >= task.max_points:
                continue
            parts = _parts(task)
            counts.update(parts)
            if len(parts) == 1 and len(task.hints) == 1:
                seen.setdefault(next(iter(parts)), task.hints[0])
            if not parts:
                failing = (c.claim for c in task.criteria if c.holds is False)
                claims[next(failing, "")] += 1
        answers = int(sheet.answered[:, column].sum())
        hints = {**seen, **hints_of(item.name)} if counts else {}
        named += [
            MistakeNumbers(item, name, count, answers, hints.get(name, ""))
            for name, count in counts.items()
        ]
        if claims:
            most = tuple(sorted(claims.items(), key=lambda pair: (-pair[1], pair[0])))
            unnamed.append(UnnamedNumbers(item, sum(claims.values()), answers, most))
    named.sort(key=lambda one: (-one.share, -one.count, one.item.name, one.name))
    unnamed.sort(key=lambda one: (-one.count, one.item.name))
    return tuple(named), tuple(unnamed)


@dataclass(frozen=True)
class Times:
    """How long grading took, in seconds.

    Attributes:
        measured: for how many it is known.
        total, median, longest: over these.
        slowest: entries with their time, slowest first.
    """

    measured: int
    total: float
    median: float
    longest: float
    slowest: tuple[tuple[Entry, float], ...]


def times_of(entries: Sequence[Entry], most: int = 5) -> Times | None:
    known = [(entry, entry.seconds) for entry in entries if entry.seconds is not None]
    if not known:
        return None
    seconds = np.array([time for _, time in known])
    slowest = sorted(known, key=lambda pair: (-pair[1], pair[0].student))[:most]
    return Times(
        len(known),
        float(seconds.sum()),
        float(np.median(seconds)),
        float(seconds.max()),
        tuple(slowest),
    )


@dataclass(frozen=True)
class Numbers:
    """What the points of the class say: all that is made of them here."""

    scores: Scores
    items: tuple[ItemNumbers, ...]
    criteria: tuple[CriterionNumbers, ...]
    mistakes: tuple[MistakeNumbers, ...]
    anywhere: tuple[AnywhereNumbers, ...]
    unnamed: tuple[UnnamedNumbers, ...]
    times: Times | None


def numbers_of(
    sheet: Sheet, entries: Sequence[Entry], hints: Callable[[str], Mapping[str, str]]
) -> Numbers:
    """All numbers of a class.

    Args:
        sheet: the points.
        entries: one for each student.
        hints: for a task's name, the hint of each mistake.
    """
    mistakes, unnamed = mistake_numbers(sheet, hints)
    return Numbers(
        scores_of(sheet),
        item_numbers(sheet),
        criterion_numbers(sheet),
        mistakes,
        anywhere(sheet, mistakes),
        unnamed,
        times_of(entries),
    )
