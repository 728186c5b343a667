"""What a run came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.batch.difference import ScoreChange
from autograder.batch.table import Line


@dataclass
class Outcome:
    """What a run came to: a line for each submission that has its grade, a reason for each other."""

    lines: dict[str, Line] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


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
