"""What became of one submission, and of a run."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.batch.difference import ScoreChange
from autograder.batch.table import Line
from autograder.grading.prepared import PackedResult, pack_result
from autograder.result import SubmissionResult
from autograder.submission.files import Files


@dataclass(frozen=True)
class Graded:
    """A submission with its result, or with why there is none.

    Attributes:
        student: whose it is.
        files: what was handed in.
        result: the result; one from a worker has no contents of notebooks.
        pack: gives it as it is recorded.
        seconds: how long grading took, None if it was graded before.
        error: why it could not be graded.
    """

    student: str
    files: Files
    result: SubmissionResult | None = None
    pack: Callable[[], PackedResult] | None = None
    seconds: float | None = None
    error: Exception | None = None

    @classmethod
    def from_worker(
        cls, student: str, files: Files, packed: PackedResult, seconds: float
    ) -> Graded:
        return cls(student, files, packed.result, lambda: packed, seconds)

    @classmethod
    def from_store(cls, student: str, files: Files, result: SubmissionResult) -> Graded:
        return cls(student, files, result, functools.partial(pack_result, result))


@dataclass
class Outcome:
    """What a run came to.

    Attributes:
        lines: a line for each submission that has a grade.
        failed: a reason for each of the others.
        extended: who has an extension in the gradebook that is not in the table of extensions.
    """

    lines: dict[str, Line] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    extended: set[str] = field(default_factory=set)


@dataclass
class Preview:
    """What a run would change.

    Attributes:
        changes: for each student whose score would change, the tasks that make the difference.
        first: points of those who have no grade yet.
        same: whose scores stay.
        failed: why others could not be graded.
    """

    changes: dict[str, list[ScoreChange]] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
