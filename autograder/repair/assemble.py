"""The notebook to be graded: the source's released cells with a student's answers and own cells."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from autograder.exercise.source_notebooks import SourceNotebook
from autograder.repair.checksum import compute_checksum
from autograder.repair.matching.answers import FoundAnswer
from autograder.repair.matching.source_map import Spot
from autograder.repair.reading.draft import DraftCell

MAX_OWN_CELLS = 500
MAX_OWN_CHARACTERS = 2_000_000

_VALID_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RESERVED_IDS = frozenset({"receipt"})


def assemble(
    source: SourceNotebook,
    spots: tuple[Spot, ...],
    answers: dict[str, FoundAnswer],
    own: dict[int, list[DraftCell]],
) -> tuple[dict[str, Any], int]:
    """Build a notebook.

    Args:
        source: where all cells, their order, ids and metadata come from.
        spots: its cells.
        answers: by the answer cell's id.
        own: the student's own cells by the index of the source cell that they follow.

    Returns:
        (the notebook as a JSON object of nbformat 4.5, how many own cells were too many for it).
    """
    ids = {spot.cell.id or spot.id for spot in spots} | _RESERVED_IDS
    room = _Room()
    cells = [_own_cell(cell, ids) for cell in own.get(-1, ()) if room.take(cell)]
    for spot in spots:
        cells.append(_source_cell(spot, answers.get(spot.id)))
        cells += [_own_cell(cell, ids) for cell in own.get(spot.index, ()) if room.take(cell)]
    notebook = {
        "cells": cells,
        "metadata": _copied(source.content.get("metadata", {})),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return notebook, room.refused


class _Room:
    """How much of a student's own is kept, so that a notebook stays one that a person can open."""

    def __init__(self) -> None:
        self.cells = MAX_OWN_CELLS
        self.characters = MAX_OWN_CHARACTERS
        self.refused = 0

    def take(self, cell: DraftCell) -> bool:
        if self.cells < 1 or self.characters < len(cell.source):
            self.refused += 1
            return False
        self.cells -= 1
        self.characters -= len(cell.source)
        return True


def _source_cell(spot: Spot, answer: FoundAnswer | None) -> dict[str, Any]:
    released = spot.cell.released
    metadata = _copied(spot.cell.metadata)
    if "grade_id" in metadata.get("nbgrader", {}):
        metadata["nbgrader"]["checksum"] = compute_checksum(
            released, spot.cell.cell_type, spot.cell.nbgrader
        )
    cell = _cell(spot.cell.cell_type, spot.cell.id or spot.id, metadata)
    cell["source"] = released if answer is None else answer.source
    if answer and answer.attachments and cell["cell_type"] == "markdown":
        cell["attachments"] = _copied(answer.attachments)
    return cell


def _own_cell(cell: DraftCell, ids: set[str]) -> dict[str, Any]:
    """The student's cell, with nothing of its metadata; `ids` takes its id up."""
    id = cell.cell_id
    if not _VALID_ID.fullmatch(id) or id in ids:
        digest = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
        id, count = f"own-{digest}", 1
        while id in ids:
            count += 1
            id = f"own-{digest}-{count}"
    ids.add(id)
    built = _cell(cell.kind, id, {"autograder": {"own": True}})
    built["source"] = cell.source
    if cell.attachments and cell.kind == "markdown":
        built["attachments"] = _copied(dict(cell.attachments))
    return built


def _cell(kind: str, id: str, metadata: dict[str, Any]) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": id, "metadata": metadata, "source": ""}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def _copied(value: Any) -> Any:
    """A copy of a JSON value, however deep."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return list(map(_copied, value)) if isinstance(value, list) else value
