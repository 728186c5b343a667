"""The plain reading of a submission: cells by their names, nothing repaired.

What is left where repairing took too long. It goes through each file once.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Sequence
from typing import Any

from autograder.exercise.source_notebooks import Exercise
from autograder.repair import Repaired
from autograder.repair.assemble import assemble
from autograder.repair.matching.answers import FoundAnswer
from autograder.repair.matching.source_map import SourceMap, Spot
from autograder.repair.reading.draft import clean_text
from autograder.result import ReceivedFile
from autograder.submission.files import SubmittedFile


def plain_reading(files: Sequence[SubmittedFile], exercise: Exercise) -> Repaired:
    """The exercise's notebooks with the answers that stand in cells of the right name.

    Args:
        files: what was handed in.
        exercise: what it is a submission to.

    Returns:
        Every notebook, without the student's own cells. What is no notebook of the exercise by its
        name, and in the notebook format, is not used.
    """
    sources = SourceMap(exercise)
    notebooks, answers, used = {}, {}, {}
    for name, source in exercise.notebooks.items():
        found: dict[str, FoundAnswer] = {}
        for file in sorted(files, key=lambda one: (one.path.count("/"), one.path)):
            if posixpath.basename(file.path) == f"{name}.ipynb" and file.content is not None:
                found = _answers(file.content, sources.notebooks[name])
                if found:
                    used[file.path] = name
                    break
        notebooks[name], _ = assemble(source, sources.notebooks[name], found, {})
        answers[name] = frozenset(found)
    received = tuple(
        ReceivedFile(
            file.path,
            file.size,
            hashlib.sha256(file.content).hexdigest() if file.content is not None else "",
            used.get(file.path, ""),
        )
        for file in files
    )
    return Repaired(notebooks, received, (), answers)


def _answers(content: bytes, spots: Sequence[Spot]) -> dict[str, FoundAnswer]:
    try:
        cells = json.loads(content)["cells"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    wanted = {spot.id: spot for spot in spots if spot.is_answer}
    found = {}
    for k, cell in enumerate(cells if isinstance(cells, list) else ()):
        id = _grade_id(cell)
        if id not in wanted or cell.get("cell_type") != wanted[id].cell.cell_type:
            continue
        text = _text(cell)
        if text.strip() not in ("", wanted[id].cell.released.strip()):
            found[id] = FoundAnswer(clean_text(text), (k,), "grade_id")
    return found


def _grade_id(cell: Any) -> str:
    try:
        return str(cell["metadata"]["nbgrader"]["grade_id"])
    except (KeyError, TypeError):
        return ""


def _text(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    parts = source if isinstance(source, list) else [source]
    return "".join(part for part in parts if isinstance(part, str))
