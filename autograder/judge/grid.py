"""Which entries of a matrix are wrong: the picture beside the words of a verdict.

It shows the student's own entries and marks those that are wrong. The right entries it never shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.judge.compare import Perturbation, Precision, miss, numbers, tolerance
from autograder.result import Grid

MOST_ROWS, MOST_COLUMNS = 12, 12
"""Larger matrices are told in words only."""

MOST_NAMED = 6


def grid_of(
    value: object,
    expected: object,
    precision: Precision,
    perturbation: Perturbation | None = None,
) -> Grid | None:
    """The student's matrix with its wrong entries marked.

    None where there is nothing to see: no small matrix of real numbers is asked for or came back,
    or its entries are all right or all wrong.
    """
    got, wanted = numbers(value), numbers(expected)
    if got is None or wanted is None or not _is_small(got) or not _is_small(wanted):
        return None
    entries = tuple(tuple(f"{entry:.4g}" for entry in row) for row in got.astype(float))
    if got.shape != wanted.shape:
        return Grid(entries, wanted.shape)
    wrong = miss(got, wanted, tolerance(wanted, precision, perturbation)) > 1
    if not wrong.any() or wrong.all():
        return None
    return Grid(entries, wanted.shape, tuple((int(i), int(j)) for i, j in np.argwhere(wrong)))


def _is_small(matrix: np.ndarray) -> bool:
    return (
        matrix.ndim == 2
        and matrix.dtype.kind in "iuf"
        and 0 < matrix.shape[0] <= MOST_ROWS
        and 0 < matrix.shape[1] <= MOST_COLUMNS
    )


def where(grid: Grid) -> str:
    """Which entries are wrong: whole rows, columns or diagonals if they are that."""
    wrong = np.zeros(grid.shape, dtype=bool)
    wrong[tuple(np.transpose(grid.wrong))] = True
    row, column = np.indices(wrong.shape)
    for name, line in (("row", row), ("column", column), ("diagonal", column - row)):
        whole = [int(n) for n in np.unique(line) if wrong[line == n].all()]
        if np.array_equal(np.isin(line, whole), wrong):
            if name == "diagonal":
                starts = [[max(0, -offset), max(0, offset)] for offset in whole]
                return f"{_plural(name, starts)} from {_and(starts)}"
            return f"{_plural(name, whole)} {_and(whole)}"
    entries = [list(entry) for entry in grid.wrong]
    return f"{_plural('entry', entries)} {_and(entries)}"


def _plural(name: str, things: Sequence[object]) -> str:
    if len(things) == 1:
        return f"the {name}"
    return f"the {name}s" if name != "entry" else "the entries"


def _and(things: Sequence[object]) -> str:
    named = [str(thing) for thing in things[:MOST_NAMED]]
    if len(things) > MOST_NAMED:
        return ", ".join(named) + ", …"
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
