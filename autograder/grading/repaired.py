"""Repair of one submission, within limits of time and memory."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence

from autograder.exercise.source_notebooks import Exercise
from autograder.grading.bounded import Bounded, OutOfBounds
from autograder.repair import Repaired, repair
from autograder.repair.plain import plain_reading
from autograder.result import Remark
from autograder.submission.files import SubmittedFile


def repair_within_limits(files: Sequence[SubmittedFile], exercise: Exercise) -> Repaired:
    """What `repair` gives; where that takes too long, or too much memory, the plain reading.

    The remark that says so asks for a person.
    """
    bounded = _bounded(exercise)
    try:
        repaired: Repaired = bounded.call("repair", files)
        return repaired
    except OutOfBounds as limit:
        took = str(limit)
    try:
        repaired = bounded.call("plain", files)
    except OutOfBounds:
        unread = [dataclasses.replace(file, content=None) for file in files]
        repaired = plain_reading(unread, exercise)
    what = (
        "Only answers in cells that have their own names still were read"
        if any(repaired.answers.values())
        else "Nothing in it could be read"
    )
    sentence = f"Putting this submission in order took {took}, and was stopped. {what}: a person has to look at it."
    remark = Remark("unusable", sentence, urgency=3)
    return dataclasses.replace(repaired, remarks=(*repaired.remarks, remark))


@functools.lru_cache(maxsize=2)
def _bounded(exercise: Exercise) -> Bounded:
    return Bounded(
        {
            "repair": functools.partial(repair, exercise=exercise),
            "plain": functools.partial(plain_reading, exercise=exercise),
        }
    )
