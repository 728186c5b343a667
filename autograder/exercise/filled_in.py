"""Released notebooks with answers filled in, as students hand them in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from autograder.exercise.source_notebooks import Exercise
from autograder.exercise.written_answers import WrittenAnswer

WRITTEN = "This is a sample answer: an instructor reads and grades what stands here."

Answers = dict[str, tuple[str, ...]]
"""The cells of each answer, by task; a task that is not among them stays as it was released."""


def fill_in(
    exercise: Exercise,
    notebook: str,
    answers: Answers,
    written: bool | Mapping[str, WrittenAnswer] = True,
) -> str:
    """A released notebook with answers filled in, as the text of a file.

    Args:
        exercise: the exercise.
        notebook: which of its notebooks.
        answers: the cells of each answer; further cells of an answer follow its first one.
        written: whether the written questions are answered as well, or the answers to those that
            are.
    """
    source = exercise.notebooks[notebook]
    content = json.loads(source.text)
    cells = []
    for cell, known in zip(content["cells"], source.cells, strict=True):
        filled = known.released
        more: Sequence[str] = ()
        pictures: dict[str, dict[str, str]] = {}
        if known.is_written_answer and isinstance(written, Mapping):
            if known.id in written:
                filled, pictures = written[known.id].text, written[known.id].pictures
        elif known.is_written_answer and written:
            filled = WRITTEN
        elif known.is_answer and known.id in answers:
            filled, *more = answers[known.id]
        cells.append(
            cell
            | {"source": filled.splitlines(keepends=True)}
            | ({"attachments": pictures} if pictures else {})
        )
        cells += [
            {
                "id": f"{known.id}-{number}",
                "cell_type": "code",
                "execution_count": None,
                "metadata": {},
                "outputs": [],
                "source": text.splitlines(keepends=True),
            }
            for number, text in enumerate(more, start=2)
        ]
    return json.dumps(content | {"cells": cells}, indent=1, ensure_ascii=False) + "\n"
