"""The attempts of a course: a file for each student, in the folder `attempts/` of the course."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from autograder.attempts.rules import Attempt
from autograder.course.course import Course
from autograder.course.files import write_whole
from autograder.errors import CourseError

FOLDER = "attempts"


def read_history(course: Course, assignment: str, student: str) -> list[Attempt]:
    """A student's attempts so far, in order.

    Raises:
        CourseError: if the file cannot be read: an attempt too many would tell too much.
    """
    path = _path(course, assignment, student)
    try:
        return [Attempt(**one) for one in json.loads(path.read_bytes())]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError):
        raise CourseError(
            f"{path} cannot be read: put it back from a backup, or remove it, which gives this "
            "student all attempts again"
        ) from None


def add_attempt(course: Course, assignment: str, student: str, attempt: Attempt) -> None:
    """Charge an attempt. It stays charged, whatever happens after this."""
    history = [*read_history(course, assignment, student), attempt]
    text = json.dumps([asdict(one) for one in history], indent=1)
    write_whole(_path(course, assignment, student), text.encode())


def everyone(course: Course, assignment: str) -> dict[str, list[Attempt]]:
    """The attempts of all students who made one."""
    folder = course.root / FOLDER / assignment
    students = sorted(path.stem for path in folder.glob("[!.]*.json"))
    return {student: read_history(course, assignment, student) for student in students}


def _path(course: Course, assignment: str, student: str) -> Path:
    return course.root / FOLDER / assignment / f"{student}.json"
