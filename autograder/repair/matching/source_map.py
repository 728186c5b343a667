"""The exercise as the repair sees it: every source cell with its place, id and released text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from autograder.exercise.source_notebooks import Exercise, SourceCell
from autograder.repair.reading.legible import unseen_removed

LONG = 4000
"""Characters of a text that is not kept in memory."""


@dataclass(frozen=True)
class Spot:
    """The place of one source cell.

    Attributes:
        notebook: the notebook's name.
        index: the cell's position in it, predictions left out.
        id: its grade_id, else its cell id.
        functions: for an answer cell in code, what the student defines in it.
        points: what its answer is worth.
    """

    notebook: str
    index: int
    id: str
    cell: SourceCell
    functions: tuple[str, ...] = ()
    points: float = 0.0

    @property
    def is_answer(self) -> bool:
        return self.cell.is_answer

    @property
    def is_code(self) -> bool:
        return self.cell.cell_type == "code"

    @property
    def title(self) -> str:
        """The cell in words that a student knows."""
        if self.is_answer:
            return f"the answer to {self.id}"
        return f"the check {self.id}" if self.cell.is_graded else f"the cell {self.id}"

    def __hash__(self) -> int:
        return hash((self.notebook, self.index))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spot):
            return NotImplemented
        return (self.notebook, self.index) == (other.notebook, other.index)


class SourceMap:
    """All spots of an exercise, by notebook, by id, by text and by the functions they ask for."""

    def __init__(self, exercise: Exercise):
        self.notebooks: dict[str, tuple[Spot, ...]] = {
            name: tuple(_spots(exercise, name)) for name in exercise.notebooks
        }
        self.by_id: dict[str, list[Spot]] = {}
        self.by_text: dict[str, list[Spot]] = {}
        self.by_function: dict[str, Spot] = {}
        for spot in self.all:
            if spot.id:
                self.by_id.setdefault(spot.id, []).append(spot)
            if text := plain(spot.cell.released):
                self.by_text.setdefault(text, []).append(spot)
            for function in spot.functions:
                self.by_function.setdefault(function, spot)

    @cached_property
    def all(self) -> tuple[Spot, ...]:
        return tuple(spot for spots in self.notebooks.values() for spot in spots)

    def answers(self, notebook: str) -> list[Spot]:
        return [spot for spot in self.notebooks[notebook] if spot.is_answer]


def _spots(exercise: Exercise, notebook: str) -> Iterator[Spot]:
    source, tasks = exercise.notebooks[notebook], exercise.tasks.get(notebook, {})
    # A prediction is no cell of the exercise's: it is kept as a student's own cell, as it comes.
    for index, cell in enumerate(source.exercise_cells):
        id = cell.nbgrader.get("grade_id") or cell.id
        functions: tuple[str, ...] = ()
        points = cell.points
        if cell.is_answer and cell.cell_type == "code":
            functions = tasks[id].functions if id in tasks else source.asked_functions(cell)
            graded = source.check_of.get(id)
            points = graded.points if graded else points
        yield Spot(notebook, index, id, cell, tuple(functions), points)


def plain(text: str) -> str:
    """The text without differences that no one sees: spaces at line ends, blank lines around."""
    return _plain(text) if len(text) <= LONG else _plain.__wrapped__(text)


@lru_cache(maxsize=1024)  # most texts of a class are the same
def _plain(text: str) -> str:
    text = unseen_removed(text)
    return "\n".join(line.rstrip() for line in text.replace("\t", "    ").split("\n")).strip("\n")
