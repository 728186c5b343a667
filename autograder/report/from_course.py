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
    from autograder.marking.statistics import marked_in  # imports nbgrader

    return write_report(
        folder or course.root / "reports" / name,
        exercise,
        entries,
        anonymous,
        secret_key(course.private) if anonymous else b"",
        marked_in(course, exercise),
    )


def entries_from_course(course: Course, exercise: Exercise) -> list[Entry]:
    """An entry for each submission whose grades are recorded.

    Raises:
        CourseError: if there is none, or the gradebook cannot be used.
    """
    how = how_to_grade(course.config, None, course.root, exercise.name).as_dict()
    store = Store(course.private / "results" / exercise.name, exercise, how)
    recorded = course.private / "recorded" / exercise.name
    keys = {path.name: path.read_text(encoding="utf-8") for path in sorted(recorded.glob("*"))}
    results = {student: store.load(key) for student, key in keys.items()}
    if not any(results.values()):
        raise CourseError(
            f"nothing is graded yet: run 'autograder grade {exercise.name}' before the report"
        )
    # nbgrader takes seconds to import.
    from autograder.gradebook.grades import StudentGrades, class_grades

    students = class_grades(course, exercise.name).students
    seconds = _seconds(course, exercise.name)
    entries = []
    for student, result in results.items():
        if result is not None:
            grades = students.get(student, StudentGrades(student))
            waiting: dict[str, float | None] = {cell: None for _, cell in grades.waiting}
            by_hand = {cell: points for (_, cell), points in grades.by_hand.items()} | waiting
            entries.append(
                Entry(
                    student,
                    result,
                    by_hand,
                    seconds.get(keys[student]),
                    grades.name,
                    grades.seconds_late,
                    grades.penalty,
                )
            )
    return entries


def _seconds(course: Course, assignment: str) -> dict[str, float]:
    """How long grading took, by the key of the result, as far as it was noted."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        path = course.private / "seconds" / f"{assignment}.json"
        noted = json.loads(path.read_text(encoding="utf-8"))
        return {key: float(seconds) for key, seconds in noted.items()}
    return {}
