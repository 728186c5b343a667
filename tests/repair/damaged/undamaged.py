"""A submission in which nothing is amiss: every task answered, with cells of the student's own."""

from __future__ import annotations

import functools
from pathlib import Path

from autograder.exercise.source_notebooks import Exercise, SourceNotebook, load_exercise
from repair.damaged import Files, own_cell, write

SOURCE = Path(__file__).parents[3] / "source"

WRITTEN = (
    "Because $W_h$ has only $K$ *free* parameters, see\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nin {}."
)

HELPER = "def my_helper(values):\n    '''Used by my answer.'''\n    return np.asarray(values)"
IMPORT = "from scipy.linalg import toeplitz"
USES_HELPER = "\n\n\n# my own check, which stays with the answer\nmy_helper([1, 2])"
NOTE = "My notes: first I tried a loop, `def convolve(x, h): return 0` was wrong."
LAST = "# The end of my notebook.\nlast = np.ones(3)"
SCRATCH = "example = np.arange(4.0)\nexample.mean()"


@functools.cache
def exercise() -> Exercise:
    return load_exercise("exercise09", SOURCE)


def released(source: SourceNotebook) -> dict:
    """The notebook as students get it."""
    cells = []
    for cell in source.cells:
        one = own_cell(cell.released, cell.cell_type)
        cells.append(one | {"id": cell.id, "metadata": cell.metadata})
    return {
        "cells": cells,
        "metadata": source.content["metadata"],
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def answer_text(cell) -> str:
    """An answer to the cell: the reference solution without its marks, or a few sentences."""
    if cell.cell_type == "markdown":
        return WRITTEN.format(cell.id)
    return "\n".join(line for line in cell.source.split("\n") if "### " not in line)


def answered(source: SourceNotebook) -> dict:
    """The notebook with every task answered and four cells of the student's own."""
    notebook = released(source)
    cells = [own_cell(NOTE, "markdown") | {"id": "my-notes"}]
    first_answer = True
    for cell, one in zip(source.cells, notebook["cells"], strict=True):
        if cell.is_answer:
            one["source"] = answer_text(cell)
            if first_answer:
                cells.append(own_cell(IMPORT) | {"id": "my-import"})
                cells.append(own_cell(HELPER) | {"id": "my-helper"})
                one["source"] += USES_HELPER
                first_answer = False
        cells.append(one)
        if cell.is_graded:
            cells.append(own_cell(SCRATCH) | {"id": f"scratch-{cell.id}"})
    cells.append(own_cell(LAST) | {"id": "my-last"})
    return notebook | {"cells": cells}


@functools.cache
def _undamaged() -> tuple[tuple[str, bytes], ...]:
    return tuple(
        (f"{name}.ipynb", write(answered(source))) for name, source in exercise().notebooks.items()
    )


def undamaged() -> Files:
    """The files of the submission."""
    return dict(_undamaged())
