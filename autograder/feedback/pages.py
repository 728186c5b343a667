"""Writing the feedback pages of a class, as `nbgrader generate_feedback` does, side by side."""

from __future__ import annotations

import copy
import functools
import glob
import hashlib
import io
import logging
import multiprocessing
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from autograder.course.course import Course, open_course
from autograder.errors import CourseError

WORTH_A_PROCESS = 6
"""For how many students a further process is started, which takes some seconds."""


def generate_feedback(
    course: Course, assignment: str, students: Iterable[str], jobs: int | None = None
) -> list[Path]:
    """Write feedback pages as `nbgrader generate_feedback` does, with the course's settings.

    Only those are written that are missing or older than what they show: the autograded notebooks
    and what the gradebook holds, by hand or not. A student's pages appear together or not at all.

    Args:
        course: the course.
        assignment: the assignment.
        students: whose pages.
        jobs: by how many processes, by default as many as there are processors.

    Returns:
        The folders of the pages.

    Raises:
        CourseError: if nbgrader could not write one, or another run is at work in the course.
    """
    from autograder.course.files import write_whole
    from autograder.course.lock import exclusive_run

    students = list(students)
    with exclusive_run(course.private, course.root):
        shown = _what_pages_show(course, assignment, students)
        outdated = [
            student for student in students if not _is_written(course, assignment, student, shown)
        ]
        for student in outdated:
            _note(course, assignment, student).unlink(missing_ok=True)
        try:
            for student in _written(course, assignment, outdated, jobs):
                note = _note(course, assignment, student)
                write_whole(note, shown[student].encode())
        finally:
            shutil.rmtree(_unfinished(course).folder("feedback"), ignore_errors=True)
    return [course.folder("feedback", student, assignment) for student in students]


def _what_pages_show(course: Course, assignment: str, students: Iterable[str]) -> dict[str, str]:
    """For each student the hash of all that the pages depend on."""
    from autograder.course.files import recorded_marker
    from autograder.gradebook.database import rows_by_student

    rows = rows_by_student(course, assignment)
    found = {}
    for student in students:
        try:
            recorded = recorded_marker(course.private, assignment, student).read_text("utf-8")
        except OSError:
            recorded = ""
        text = repr([recorded, sorted(rows.get(student, ()), key=repr)])
        found[student] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return found


def _is_written(course: Course, assignment: str, student: str, shown: Mapping[str, str]) -> bool:
    if not course.folder("feedback", student, assignment).is_dir():
        return False
    try:
        return _note(course, assignment, student).read_text("utf-8") == shown[student]
    except (OSError, ValueError):
        return False


def _note(course: Course, assignment: str, student: str) -> Path:
    """The file that holds the hash of what a student's pages show."""
    return course.private / "feedback" / assignment / student


def _unfinished(course: Course) -> Course:
    """The course with another folder for feedback, beside the real one."""
    config = copy.deepcopy(course.config)
    config.CourseDirectory.feedback_directory = course.option("feedback_directory") + ".unfinished"
    return replace(course, config=config)


def _written(
    course: Course, assignment: str, students: list[str], jobs: int | None
) -> Iterator[str]:
    """Write these students' pages, and name each whose pages are there."""
    jobs = min(jobs or len(os.sched_getaffinity(0)), len(students) // WORTH_A_PROCESS)
    if jobs < 2:
        for student in students:
            _write_pages(course, assignment, student)
            yield student
        return
    from autograder.batch.pool import stop
    from autograder.batch.worker import end_with_the_parent
    from autograder.course.interrupts import interrupts_held_back

    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, context, initializer=end_with_the_parent)
    try:
        with interrupts_held_back():
            written = {
                executor.submit(_write_pages_of, course.root, assignment, student): student
                for student in students
            }
        for one in as_completed(written):
            one.result()
            yield written[one]
    finally:
        stop(executor)


@functools.cache
def _course(root: Path) -> Course:
    return open_course(root)


def _write_pages_of(root: Path, assignment: str, student: str) -> None:
    _write_pages(_course(root), assignment, student)


def _write_pages(course: Course, assignment: str, student: str) -> None:
    from nbgrader.converters import GenerateFeedback
    from nbgrader.coursedir import CourseDirectory

    unfinished = _unfinished(course)
    coursedir = CourseDirectory(
        config=unfinished.config,
        root=str(course.root),
        assignment_id=assignment,
        student_id=glob.escape(student),
    )
    said = io.StringIO()
    converter = GenerateFeedback(coursedir=coursedir, config=unfinished.config)
    converter.force = True
    converter.log = logging.Logger("nbgrader", logging.ERROR)
    converter.log.addHandler(logging.StreamHandler(said))
    try:
        converter.start()
    except Exception as error:
        reason = said.getvalue().strip().splitlines()[-1:] or [str(error)]
        raise CourseError(f"no feedback for {student}: {reason[0]}") from None
    new, target = (one.folder("feedback", student, assignment) for one in (unfinished, course))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        os.rename(target, new.with_name(f"{new.name}.replaced"))
    os.rename(new, target)
