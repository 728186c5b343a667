"""Grading one submission: a pure function of its files, the exercise and the limits.

Nothing here knows of gradebooks, courses or other students, so a submission can be graded anywhere
and any number of times with the same result.
"""

from __future__ import annotations

import functools
import importlib.metadata
import platform
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.exercise.source_notebooks import Exercise
from autograder.grading.repaired import repair_within_limits
from autograder.grading.run_notebook import Settings, execute_notebook
from autograder.judge import SEED, Examiner
from autograder.repair.receipt import receipt_markdown
from autograder.result import NotebookResult, Remark, SubmissionResult
from autograder.sandbox.protocol import SessionFactory
from autograder.submission.files import SubmittedFile
from autograder.submission.times import TIMESTAMP, HandInTime, hand_in_time

RECEIPT = "receipt"
"""The id of the cell that holds the receipt."""

GRADED_WITH = ("autograder", "numpy", "scipy", "matplotlib", "ipython")


def grade_submission(
    files: Sequence[SubmittedFile],
    exercise: Exercise,
    factory: SessionFactory,
    settings: Settings = Settings(),
    known: Mapping[str, NotebookResult] = {},
) -> SubmissionResult:
    """Grade what one student handed in.

    Args:
        files: the submission's files.
        exercise: what it is a submission to.
        factory: where the student's code runs.
        settings: how it is run.
        known: results of notebooks that were graded before and still stand.

    Returns:
        A result for every notebook of the exercise, whatever was handed in.
    """
    repaired = repair_within_limits(files, exercise)
    results = tuple(
        known[name]
        if name in known
        else execute_notebook(
            repaired.notebooks[name],
            source,
            examiner_of(exercise, name, settings.seed),
            factory,
            settings,
        )
        for name, source in exercise.notebooks.items()
    )
    handed_in = hand_in_time(files)
    remarks = (
        *repaired.remarks,
        *time_remarks(handed_in),
        *(remark for result in results for remark in result.remarks),
    )
    versions = installed_versions()
    receipt = receipt_markdown(
        repaired.received,
        remarks,
        factory.description,
        versions,
        handed_in.text if handed_in else "",
    )
    return SubmissionResult(
        notebooks=results,
        received=repaired.received,
        remarks=remarks,
        sandbox=factory.description,
        versions=versions,
        gradeable=any(file.used_as for file in repaired.received),
        receipt=receipt,
    )


def time_remarks(handed_in: HandInTime | None) -> tuple[Remark, ...]:
    """That a person must say when a submission was handed in, if its time cannot be read."""
    if handed_in is None or handed_in.utc is not None:
        return ()
    sentence = (
        f"When this was handed in cannot be read from {TIMESTAMP} ({handed_in.text!r}): a person "
        "must write the time there, like 2026-11-20 11:59:00 UTC. Until then it counts as on time."
    )
    return (Remark("unusable", sentence, urgency=3),)


def with_receipt(content: dict[str, Any], receipt: str) -> dict[str, Any]:
    """A graded notebook as it is recorded: with the receipt on top."""
    cell = {
        "id": RECEIPT,
        "cell_type": "markdown",
        "source": receipt,
        "metadata": {"deletable": False, "editable": False},
    }
    return content | {"cells": [cell, *content["cells"]]}


@functools.lru_cache(maxsize=16)
def examiner_of(exercise: Exercise, notebook: str, seed: int = SEED) -> Examiner:
    """The judge for one notebook, kept for all submissions that this process grades."""
    return Examiner(
        exercise.notebooks[notebook],
        exercise.tasks[notebook],
        exercise.mistakes,
        seed,
        exercise.slips,
    )


@functools.cache
def installed_versions() -> dict[str, str]:
    """What submissions are graded with in this process, name to version."""
    found = {"python": platform.python_version()}
    for name in GRADED_WITH:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
