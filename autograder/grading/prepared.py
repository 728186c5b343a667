"""A result made ready to be stored and recorded, so that the one writer only has to write.

Turning notebooks into text takes longer than writing them, and workers are many.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from autograder.grading.grade import with_receipt
from autograder.grading.notebook_text import notebook_text
from autograder.repair.checksum import compute_checksum
from autograder.result import NotebookResult, SubmissionResult, to_json

NO_RESPONSE = "No response."
"""nbgrader's comment on an untouched answer."""


@dataclass(frozen=True)
class CellScore:
    """What the gradebook holds of one graded cell; None is a score that a person has to give."""

    auto_score: float | None
    needs_manual_grade: bool


@dataclass(frozen=True)
class PackedNotebook:
    """One graded notebook.

    Attributes:
        name: the notebook's name in the exercise.
        stored: the result as it is stored: JSON.
        text: the autograded notebook's file, with the receipt on top.
        scores: of graded cells and written answers, by `grade_id`.
        comments: the automatic comments on answers, by `grade_id`.
    """

    name: str
    stored: str
    text: str
    scores: dict[str, CellScore]
    comments: dict[str, str | None]


@dataclass(frozen=True)
class PackedResult:
    """One graded submission.

    Attributes:
        result: all but the notebooks' contents, which are empty.
        notebooks: one for each notebook of the result.
    """

    result: SubmissionResult
    notebooks: tuple[PackedNotebook, ...]


def pack_result(result: SubmissionResult) -> PackedResult:
    return PackedResult(
        result=replace(
            result, notebooks=tuple(replace(one, content={}) for one in result.notebooks)
        ),
        notebooks=tuple(pack_notebook(notebook, result) for notebook in result.notebooks),
    )


def pack_notebook(notebook: NotebookResult, submission: SubmissionResult) -> PackedNotebook:
    return PackedNotebook(
        name=notebook.name,
        stored=_stored(notebook),
        text=notebook_text(with_receipt(notebook.content, submission.receipt)),
        scores=scores_of(notebook, submission.gradeable),
        comments=comments_of(notebook, submission),
    )


def _stored(notebook: NotebookResult) -> str:
    # The content is JSON already: only the rest has to be turned into it.
    values = to_json(replace(notebook, content={})) | {"content": notebook.content}
    return json.dumps(values, ensure_ascii=False)


def scores_of(result: NotebookResult, gradeable: bool) -> dict[str, CellScore]:
    """The scores of a notebook's graded cells and written answers, by `grade_id`."""
    points = {task.task: float(task.points) for task in result.tasks}
    scores: dict[str, CellScore] = {}
    for cell in result.content["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        if not nbgrader.get("grade"):
            continue
        name = nbgrader["grade_id"]
        if nbgrader.get("solution"):
            written = result.written.get(name, False)
            scores[name] = CellScore(None if written else 0.0, written or not gradeable)
        else:
            task = name.removeprefix("test_")
            scores[name] = CellScore(points.get(task, 0.0), task not in points or not gradeable)
    return scores


def comments_of(result: NotebookResult, submission: SubmissionResult) -> dict[str, str | None]:
    """The automatic comments on a notebook's answers, by `grade_id`."""
    comments: dict[str, str | None] = {}
    for cell in result.content["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        if not nbgrader.get("solution"):
            continue
        untouched = compute_checksum(cell["source"], cell["cell_type"], nbgrader)
        unchanged = nbgrader.get("checksum") == untouched
        comments[nbgrader["grade_id"]] = NO_RESPONSE if unchanged else None
    if comments and not submission.gradeable:
        reasons = dict.fromkeys(r.sentence for r in submission.remarks if r.kind == "unusable")
        sentence = "Nothing that was handed in could be graded. " + " ".join(
            reason[:1].upper() + reason[1:].rstrip(".") + "." for reason in reasons
        )
        comments[next(iter(comments))] = sentence.strip()
    return comments
