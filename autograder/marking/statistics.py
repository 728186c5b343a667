"""How far marking is, which scores it gave, and how well two people agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.course.course import Course
from autograder.exercise.source_notebooks import Exercise
from autograder.marking.rules import signed
from autograder.marking.scheme import Scheme, scheme_of
from autograder.marking.storage import State, Storage, Twice
from autograder.sanitize.filters import markdown


@dataclass(frozen=True)
class Progress:
    """How far the marking of a task is.

    Attributes:
        total: how many answers there are.
        done: how many of them nobody needs to look at.
        by_grader: how many each person marked.
        scores: how many answers have which score, ascending.
        mean: of the scores that are given, None if there is none.
        items: how many answers have which item of the rubric.
    """

    total: int
    done: int
    by_grader: tuple[tuple[str, int], ...]
    scores: tuple[tuple[float, int], ...]
    mean: float | None
    items: dict[str, int]


@dataclass(frozen=True)
class Agreement:
    """How two people's decisions on the same answers compare.

    Attributes:
        answers: how many were marked twice.
        same_score: on how many both gave the same score.
        difference: the mean of the absolute differences of the scores.
        kappa: Cohen's kappa over all items of all answers, None where it says nothing.
        by_item: likewise for each item of the rubric.
        apart: the answers with different scores, the largest difference first.
    """

    answers: int
    same_score: int
    difference: float
    kappa: float | None
    by_item: dict[str, float | None]
    apart: tuple[str, ...]


@dataclass(frozen=True)
class RubricLine:
    """An item of a rubric, and how often it applied.

    Attributes:
        points: with their sign.
        html: its sentence, cleaned.
        answers: how many have it.
        kappa: how well two people agree on it, None where that says nothing.
    """

    points: str
    html: str
    answers: int
    kappa: float | None


@dataclass(frozen=True)
class Marked:
    """What a class report says about the marking of a written task."""

    task: str
    points: float
    progress: Progress
    agreement: Agreement
    rubric: tuple[RubricLine, ...]


def marked_in(course: Course, exercise: Exercise) -> tuple[Marked, ...]:
    """How the marking of an exercise's written tasks stands, in their order.

    Raises:
        CourseError: if the gradebook cannot be used.
    """
    storage = Storage(course, exercise.name)
    try:
        return tuple(
            _marked(storage, cell.id, cell.points, scheme_of(cell))
            for notebook in exercise.notebooks.values()
            for cell in notebook.written_answers
        )
    finally:
        storage.close()


def _marked(storage: Storage, task: str, points: float, scheme: Scheme) -> Marked:
    items = storage.rubric(task, scheme).items
    progress = progress_of(storage.states(task))
    agreement = agreement_of(storage.marked_twice(task), [item.id for item in items])
    lines = [
        RubricLine(
            signed(item.points),
            str(markdown(item.text, {})),
            progress.items.get(item.id, 0),
            agreement.by_item[item.id],
        )
        for item in items
    ]
    return Marked(task, points, progress, agreement, tuple(lines))


def kappa(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa: agreement beyond what two people reach by chance.

    Args:
        pairs: for each decision what the first and what the second person said.

    Returns:
        1 for full agreement, 0 for chance; None if there is no decision, or if both always said
        the same one thing, so that chance alone would agree.
    """
    counts = Counter(pairs)
    total = counts.total()
    if not total:
        return None
    agreed = (counts[True, True] + counts[False, False]) / total
    first = (counts[True, True] + counts[True, False]) / total
    second = (counts[True, True] + counts[False, True]) / total
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def progress_of(states: Sequence[State]) -> Progress:
    given = [one.score for one in states if one.done and one.score is not None]
    items = Counter(id_ for one in states if one.choice is not None for id_ in one.choice.items)
    graders = Counter(one.grader for one in states if one.done and one.grader)
    return Progress(
        total=len(states),
        done=sum(one.done for one in states),
        by_grader=tuple(sorted(graders.items())),
        scores=tuple(sorted(Counter(given).items())),
        mean=sum(given) / len(given) if given else None,
        items=dict(items),
    )


def agreement_of(twice: Sequence[Twice], items: Sequence[str]) -> Agreement:
    """How the two decisions on each answer compare.

    Args:
        twice: the answers that were marked twice.
        items: the rubric's items; others, deleted since then, do not count.
    """
    by_item = {
        item: [(item in one.first.items, item in one.second.items) for one in twice]
        for item in items
    }
    gaps = [(abs(one.first_score - one.second_score), one.key) for one in twice]
    return Agreement(
        answers=len(twice),
        same_score=sum(gap == 0 for gap, _ in gaps),
        difference=sum(gap for gap, _ in gaps) / len(gaps) if gaps else 0.0,
        kappa=kappa(pair for pairs in by_item.values() for pair in pairs),
        by_item={item: kappa(pairs) for item, pairs in by_item.items()},
        apart=tuple(key for gap, key in sorted(gaps, key=lambda one: (-one[0], one[1])) if gap),
    )
