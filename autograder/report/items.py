"""The items that a class was graded on, and each student's points in them."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.exercise.source_notebooks import Exercise
from autograder.report.entries import Entry
from autograder.result import TaskResult


@dataclass(frozen=True)
class Item:
    """A task or a written answer.

    Attributes:
        name: the task's name, or the `grade_id` of the written answer.
        notebook: where it stands.
        points: what it is worth.
        written: whether a person grades it.
        check: the graded cell's name in the gradebook, if it is not `test_` and the task's name.
    """

    name: str
    notebook: str
    points: float
    written: bool = False
    check: str = ""

    @property
    def cell(self) -> str:
        """The graded cell's name in the gradebook."""
        return self.name if self.written else self.check or f"test_{self.name}"


def items_of(exercise: Exercise) -> tuple[Item, ...]:
    """All items in order: notebooks as the exercise declares them, then as the cells stand."""
    declared = list(importlib.import_module(f"autograder.{exercise.name}").POINTS)
    books = sorted(
        exercise.notebooks.values(),
        key=lambda book: declared.index(book.name) if book.name in declared else len(declared),
    )
    return tuple(
        Item(
            cell.id if cell.is_written_answer else cell.task,
            book.name,
            cell.points,
            cell.is_written_answer,
            cell.id,
        )
        for book in books
        for cell in book.cells
        if cell.is_graded or cell.is_written_answer
    )


@dataclass(frozen=True)
class Sheet:
    """The points of a class: a row for each entry, a column for each item.

    Attributes:
        entries: whose submissions could be graded.
        items: the columns.
        points: NaN where a person still has to grade.
        answered: whether there is an answer at all.
        tasks: for each entry its task results by name.
    """

    entries: tuple[Entry, ...]
    items: tuple[Item, ...]
    points: NDArray[np.float64]
    answered: NDArray[np.bool_]
    tasks: tuple[dict[str, TaskResult], ...]

    @property
    def waiting(self) -> int:
        """How many answers a person still has to grade."""
        return int(np.isnan(self.points).sum())

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Which items go into totals: all, or the automatic ones while answers wait for people."""
        if self.waiting == 0:
            return np.ones(len(self.items), dtype=bool)
        return np.array([not item.written for item in self.items], dtype=bool)

    @property
    def totals(self) -> NDArray[np.float64]:
        totals: NDArray[np.float64] = np.nan_to_num(self.points[:, self.counted]).sum(axis=1)
        return totals

    @property
    def possible(self) -> float:
        counted = self.counted
        return sum(item.points for item, one in zip(self.items, counted, strict=True) if one)


def sheet_of(items: Sequence[Item], entries: Sequence[Entry]) -> Sheet:
    """The points of all entries that could be graded. What a person gave takes precedence."""
    graded = tuple(entry for entry in entries if entry.result.gradeable)
    points = np.zeros((len(graded), len(items)))
    answered = np.zeros(points.shape, dtype=bool)
    all_tasks = []
    for row, entry in enumerate(graded):
        tasks = {task.task: task for book in entry.result.notebooks for task in book.tasks}
        written = {
            name: yes for book in entry.result.notebooks for name, yes in book.written.items()
        }
        all_tasks.append(tasks)
        for column, item in enumerate(items):
            given = entry.by_hand.get(item.cell)
            if item.written:
                answered[row, column] = written.get(item.name, False)
                open_ = np.nan if answered[row, column] else 0.0
                points[row, column] = open_ if given is None else given
            else:
                task = tasks.get(item.name)
                answered[row, column] = task is not None and not task.unanswered
                automatic = task.points if task is not None else 0.0
                points[row, column] = automatic if given is None else given
    return Sheet(graded, tuple(items), points, answered, tuple(all_tasks))
