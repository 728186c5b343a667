"""What an accepted request changes: one score, or the vocabulary of the hidden tests."""

from __future__ import annotations

import json
import re
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from autograder.batch.store import PACKAGE
from autograder.course.course import Course
from autograder.course.files import write_whole
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import Exercise
from autograder.gradebook.database import gradebook_url, open_gradebook, retry_while_locked
from autograder.gradebook.recorder import Recorder
from autograder.requests.reading import Request

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def give_points(
    course: Course, exercise: Exercise, request: Request, points: float | None, comment: str
) -> str:
    """Write a score and a comment by hand into the gradebook, as formgrader does.

    Args:
        course: the course.
        exercise: the exercise.
        request: the request.
        points: what the task now gives; None leaves the score as it is.
        comment: for the student; "" leaves the comment as it is.

    Returns:
        What has changed, as a sentence.

    Raises:
        CourseError: if the gradebook has no such grade, or the points are not possible.
    """
    notebook, cell = _cell(exercise, request.task)
    db_url = gradebook_url(course.db_url)

    def attempt(gradebook: Gradebook) -> str:
        gradebook.db.rollback()
        where = (notebook, exercise.name, request.student)
        try:
            grade = gradebook.find_grade(cell, *where)
            note = gradebook.find_comment(request.task, *where)
        except MissingEntry:
            raise CourseError(
                f"the gradebook has no grade of {request.student} for {request.task}: run "
                f"'autograder grade {exercise.name}' first"
            ) from None
        before = grade.score
        if points is not None:
            if not 0 <= points <= grade.max_score:
                raise CourseError(f"{request.task} gives between 0 and {grade.max_score:g} points")
            grade.manual_score, grade.needs_manual_grade = points, False
        if comment:
            note.manual_comment = comment
        gradebook.db.commit()
        now = before if points is None else points
        return f"{request.id}: {before:g} -> {now:g} points"

    with course.lock(), open_gradebook(db_url, course.option("course_id")) as gradebook:
        said = retry_while_locked(db_url, lambda: attempt(gradebook))
    recorder = Recorder(course, exercise)
    try:
        recorder.settle_lateness()
    finally:
        recorder.close()
    return said


def answer_of(course: Course, exercise: Exercise, request: Request) -> str:
    """The source of the student's answer, as it was graded.

    Raises:
        CourseError: if there is none.
    """
    notebook = exercise.notebook_of(request.task)
    path = course.folder("autograded", request.student, exercise.name) / f"{notebook}.ipynb"
    try:
        cells = json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        raise CourseError(f"{path} cannot be read: grade the submission first") from None
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == request.task:
            return "".join(cell["source"]).strip() + "\n"
    raise CourseError(f"{path} has no answer to {request.task}")


def add_variant(exercise: Exercise, task: str, name: str, source: str) -> Path:
    """Add a right answer to those that the hidden tests must accept.

    Nothing happens where it is there already.

    Raises:
        CourseError: if the name is taken or none, or the answer cannot stand in such a file.
    """
    if not _NAME.fullmatch(name):
        raise CourseError(f"{name!r} is no name for a variant: write it like with_toeplitz")
    if re.search(r"^# ?(%%|[-+=@]\B)", source, re.MULTILINE):
        raise CourseError("the answer holds a line that begins like a mark of the file of variants")
    path = PACKAGE / exercise.name / "variants" / f"{task}.py"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    block = f"# %% {name}\n{source}"
    if block in before:
        return path
    taken = {one.name for one in (*exercise.variants(task), *exercise.mistakes(task))}
    if name in taken:
        raise CourseError(f"{task} has a known answer {name} already: take another name")
    write_whole(path, f"{before.rstrip()}\n\n\n{block}".lstrip().encode())
    path.chmod(0o644)
    return path


def _cell(exercise: Exercise, task: str) -> tuple[str, str]:
    """The notebook of a task, and the graded cell."""
    for name, book in exercise.notebooks.items():
        if any(cell.id == task for cell in book.written_answers):
            return name, task
    return exercise.notebook_of(task), f"test_{task}"
