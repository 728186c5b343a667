"""What the class report is made from: one entry for each student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.result import SubmissionResult


@dataclass(frozen=True)
class Entry:
    """One student's graded submission.

    Attributes:
        student: the id.
        result: what grading gave.
        by_hand: what a person gave, by the graded cell's name (`explain_batch_norm`,
            `test_convolve`); None for one that still waits for a person.
        seconds: how long grading took, if it was measured.
        name: the student's name, if it is known.
        seconds_late: by how much it was handed in after the deadline.
        penalty: what is taken off for that.
    """

    student: str
    result: SubmissionResult
    by_hand: Mapping[str, float | None] = field(default_factory=dict)
    seconds: float | None = None
    name: str = ""
    seconds_late: float = 0.0
    penalty: float = 0.0
