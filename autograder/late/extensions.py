"""The table of extensions: `extensions.csv` in the course, with a row for each."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from autograder.errors import CourseError
from autograder.late.moments import read_moment

NAME = "extensions.csv"
COLUMNS = ("student", "assignment", "until", "reason")
MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class Extension:
    """A deadline of a student's own.

    Attributes:
        student: whose.
        assignment: for which assignment.
        until: the deadline, in UTC.
        reason: for the instructors only. It stands on no page.
    """

    student: str
    assignment: str
    until: datetime
    reason: str = ""


def read_extensions(root: Path, zone: tzinfo) -> dict[tuple[str, str], Extension]:
    """The extensions of a course by student and assignment; none if there is no table.

    Args:
        root: the course folder.
        zone: where the clock hangs if a time does not say it.

    Raises:
        CourseError: names the line that cannot be used.
    """
    path = root / NAME
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CourseError(f"{path} is too large for a table of extensions")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not in UTF-8: save it as CSV UTF-8") from None
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise CourseError(f"{path} cannot be read as a table: {error}") from None
    header = [name.strip().lower() for name in rows[0]] if rows else []
    missing = [name for name in COLUMNS[:3] if name not in header]
    if missing:
        raise CourseError(
            f"{path} has no column {missing[0]}: its first line must be {','.join(COLUMNS)}"
        )
    found: dict[tuple[str, str], Extension] = {}
    for number, row in enumerate(rows[1:], 2):
        values = dict(zip(header, (value.strip() for value in row), strict=False))
        if not any(values.values()):
            continue
        student, assignment = values.get("student", ""), values.get("assignment", "")
        where = f"{path}, line {number}"
        if not student or not assignment:
            raise CourseError(f"{where}: a row needs a student and an assignment")
        if (student, assignment) in found:
            raise CourseError(f"{where}: {student} has a row for {assignment} already")
        until = read_moment(values.get("until", ""), zone, where)
        found[student, assignment] = Extension(student, assignment, until, values.get("reason", ""))
    return found
