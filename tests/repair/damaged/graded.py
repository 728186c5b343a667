"""Damaged submissions graded for good: in a sandbox, by the judge, to points and a receipt."""

from __future__ import annotations

import functools
import json

from autograder.grading.grade import grade_submission
from autograder.repair import Repaired, repair
from autograder.result import NotebookResult, SubmissionResult
from autograder.sandbox import Limits, open_sandbox
from repair.damaged import DAMAGES, Files, submitted
from repair.damaged.undamaged import exercise, undamaged

LIMITS = Limits(cell_seconds=4, ask_seconds=20, notebook_seconds=60)

_known: dict[str, NotebookResult] = {}
"""Results by repaired notebook: grading one is a pure function of it."""


@functools.cache
def sandbox():
    return open_sandbox(LIMITS)


@functools.cache
def repaired(damage: str) -> Repaired:
    """The undamaged submission, damaged in this way and repaired."""
    return repair(submitted(DAMAGES[damage].apply(undamaged())), exercise())


def graded(files: Files) -> SubmissionResult:
    """The submission's grade. A notebook that this process graded before is not run again."""
    handed_in = submitted(files)
    texts = {
        name: json.dumps(notebook, sort_keys=True)
        for name, notebook in repair(handed_in, exercise()).notebooks.items()
    }
    known = {name: _known[text] for name, text in texts.items() if text in _known}
    result = grade_submission(handed_in, exercise(), sandbox(), known=known)
    for notebook in result.notebooks:
        _known.setdefault(texts[notebook.name], notebook)
    return result


def points(result: SubmissionResult) -> dict[str, float]:
    """Points by task."""
    return {task.task: task.points for notebook in result.notebooks for task in notebook.tasks}


def sentences(result: SubmissionResult) -> str:
    """What the receipt says, one remark a line."""
    return "\n".join(remark.sentence for remark in result.remarks)


def is_one_line(result: SubmissionResult) -> bool:
    """Whether the receipt says that nothing had to be repaired."""
    return len(result.receipt.splitlines()) == 1
