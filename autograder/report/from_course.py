"""The class report of a course: results as recorded last, and what people gave by hand."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from autograder.batch.store import Store
from autograder.course.course import Course
from autograder.course.settings import how_to_grade
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import Exercise
from autograder.report.entries import Entry
from autograder.report.pseudonyms import secret_key
from autograder.report.write import write_report


def report_course(
    course: Course, exercise: Exercise, folder: Path | None = None, anonymous: bool = False
) -> Path:
    """Write the report of an exercise; by default into `reports/<exercise>` in the course.

    Returns:
        The HTML file.

    Raises:
        CourseError: if nothing is graded yet, or the gradebook cannot be used.
    """
    name = f"{exercise.name}-anonymous" if anonymous else exercise.name
    entries = entries_from_course(course, exercise)
    return write_report(
        folder or course.root / "reports" / name,
        exercise,
        entries,
        anonymous,
        secret_key(course.private) if anonymous else b"",
    )


def entries_from_course(course: Course, exercise: Exercise) -> list[Entry]:
    """An entry for each submission whose grades are recorded.

    Raises:
        CourseError: if there is none, or the gradebook cannot be used.
    """
    how = how_to_grade(course.config).as_dict()
    store = Store(course.private / "results" / exercise.name, exercise, how)
    recorded = course.private / "recorded" / exercise.name
    keys = {path.name: path.read_text(encoding="utf-8") for path in sorted(recorded.glob("*"))}
    results = {student: store.load(key) for student, key in keys.items()}
    if not any(results.values()):
        raise CourseError(
            f"nothing is graded yet: run 'autograder grade {exercise.name}' before the report"
        )
    names, by_hand = _from_gradebook(course, exercise.name)
    seconds = _seconds(course, exercise.name)
    return [
        Entry(
            student,
            result,
            by_hand.get(student, {}),
            seconds.get(keys[student]),
            names.get(student, ""),
        )
        for student, result in results.items()
        if result is not None
    ]


def _from_gradebook(
    course: Course, assignment: str
) -> tuple[dict[str, str], dict[str, dict[str, float | None]]]:
    """Names of students, and what people gave or still have to give, by student and graded cell.

    Raises:
        CourseError: if the gradebook cannot be used.
    """
    # nbgrader takes seconds to import.
    from nbgrader.api import (
        Assignment,
        BaseCell,
        Grade,
        Student,
        SubmittedAssignment,
        SubmittedNotebook,
    )
    from sqlalchemy import select

    from autograder.gradebook.database import gradebook_url, open_gradebook, retry_while_locked

    students = select(Student.id, Student.first_name, Student.last_name)
    grades = (
        select(
            SubmittedAssignment.student_id,
            BaseCell.name,
            Grade.manual_score,
            Grade.extra_credit,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .where(Assignment.name == assignment)
    )
    db_url = gradebook_url(course.db_url)
    with open_gradebook(db_url, course.option("course_id")) as gradebook:

        def attempt() -> tuple[list, list]:
            gradebook.db.rollback()
            return gradebook.db.execute(students).all(), gradebook.db.execute(grades).all()

        people, rows = retry_while_locked(db_url, attempt)
    names = {student: f"{first or ''} {last or ''}".strip() for student, first, last in people}
    by_hand: dict[str, dict[str, float | None]] = {}
    for student, cell, given, extra, waiting in rows:
        if given is not None:
            by_hand.setdefault(student, {})[cell] = given + (extra or 0.0)
        elif waiting:
            by_hand.setdefault(student, {})[cell] = None
    return names, by_hand


def _seconds(course: Course, assignment: str) -> dict[str, float]:
    """How long grading took, by the key of the result, as far as it was noted."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        path = course.private / "seconds" / f"{assignment}.json"
        noted = json.loads(path.read_text(encoding="utf-8"))
        return {key: float(seconds) for key, seconds in noted.items()}
    return {}
