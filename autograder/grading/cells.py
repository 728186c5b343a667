"""The cells of a repaired notebook, and what each of them is in the exercise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any

from autograder.exercise.source_notebooks import SourceCell, SourceNotebook
from autograder.grading.definitions import Statement, is_begun, statements

Cell = dict[str, Any]
"""A cell of nbformat 4, as JSON."""

PICTURE_TAG = "picture"


class Cells:
    """A notebook's cells. Only their outputs and counts are ever replaced, in a copy.

    Args:
        notebook: nbformat 4 JSON, as `repair` gives it.
        source: the source notebook.
        by_asserts: the tasks that their cells' own asserts decide.
    """

    def __init__(
        self, notebook: dict[str, Any], source: SourceNotebook, by_asserts: Collection[str] = ()
    ):
        self._by_asserts = frozenset(by_asserts)
        self.notebook = notebook | {"cells": [dict(cell) for cell in notebook["cells"]]}
        self.source = source
        self._by_id: dict[str, Cell] = {cell.get("id", ""): cell for cell in self.all}

    @property
    def all(self) -> list[Cell]:
        cells: list[Cell] = self.notebook["cells"]
        return cells

    @property
    def code(self) -> list[Cell]:
        return [cell for cell in self.all if cell["cell_type"] == "code"]

    @property
    def mentions_scipy(self) -> bool:
        return any("scipy" in text_of(cell) for cell in self.code)

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements of all that the student wrote."""
        return statements(
            (text_of(cell), not is_own(cell))
            for cell in self.code
            if is_own(cell) or self.is_answer(cell)
        )

    def up_to_each_check(self, run_pictures: bool) -> Iterator[list[Cell]]:
        """The cells that are run, in groups that end with a graded cell.

        The source's own pictures need not run in grading.
        """
        group: list[Cell] = []
        for cell in self.code:
            if self._is_picture(cell) and not run_pictures:
                continue
            group.append(cell)
            if self.task_of(cell) is not None:
                yield group
                group = []
        yield group

    def task_of(self, cell: Cell) -> str | None:
        """The task that a graded cell checks, None for any other cell."""
        known = self.known(cell)
        return known.task if known is not None and known.is_graded else None

    def run_text(self, cell: Cell) -> str:
        """What is run of a cell: a check that its own asserts decide is run with all of them."""
        known = self.known(cell)
        if known is not None and known.is_graded and known.task in self._by_asserts:
            return known.source
        return text_of(cell)

    def is_answer(self, cell: Cell) -> bool:
        known = self.known(cell)
        return known is not None and known.is_answer

    def is_given(self, cell: Cell) -> bool:
        """Whether this is a cell of the exercise that answers build on, such as its imports."""
        return not (
            is_own(cell)
            or self.is_answer(cell)
            or self.task_of(cell) is not None
            or self._is_picture(cell)
        )

    def is_begun(self, task: str) -> bool:
        """Whether there is something of the student's in the answer to a task."""
        answer, known = self._by_id.get(task), self.source.by_id.get(task)
        return bool(answer and known and is_begun(text_of(answer), known.released))

    def is_written(self, known: SourceCell) -> bool:
        """Whether the student wrote anything in the place of a written answer."""
        return text_of(self._by_id.get(known.id, {})).strip() != known.released.strip()

    def known(self, cell: Cell) -> SourceCell | None:
        """The exercise's cell of which this is the student's, None for one of the student's own."""
        return None if is_own(cell) else self.source.by_id.get(cell.get("id", ""))

    def _is_picture(self, cell: Cell) -> bool:
        known = self.known(cell)
        return known is not None and PICTURE_TAG in known.tags


def is_own(cell: Cell) -> bool:
    """Whether this is a cell that the student added."""
    return bool(cell.get("metadata", {}).get("autograder", {}).get("own"))


def text_of(cell: Cell) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def opening(cell: Cell) -> str:
    """How a cell begins, which is what it is called on the receipt."""
    first = next((line for line in text_of(cell).splitlines() if line.strip()), "")
    return first.strip()[:60]
