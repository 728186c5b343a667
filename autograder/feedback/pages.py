"""Writing the feedback pages of a class, as `nbgrader generate_feedback` does, side by side."""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import as_completed
from pathlib import Path

from autograder.course.course import Course, open_course
from autograder.errors import CourseError

WORTH_A_PROCESS = 6
"""For how many students a further process is started, which takes some seconds."""


def generate_feedback(
    course: Course, assignment: str, students: Iterable[str], jobs: int | None = None
) -> dict[str, str]:
    """Write feedback pages as `nbgrader generate_feedback` does, with the course's settings.

    Only those are written that are missing or older than what they show: the autograded notebooks
    and what the gradebook holds, by hand or not. A student's pages appear together or not at all,
    and what one student's pages fail on costs nobody else theirs.

    Args:
        course: the course.
        assignment: the assignment.
        students: whose pages.
        jobs: by how many processes, by default as many as there are processors.

    Returns:
        Why there are no pages, for each student whose pages could not be written.

    Raises:
        CourseError: if the gradebook cannot be used, or another run is at work in the course.
    """
    from autograder.course.files import write_whole
    from autograder.course.lock import exclusive_run

    failed = {}
    with exclusive_run(course.private, course.root):
        students = list(students)
        shown = _what_pages_show(course, assignment, students)
        outdated = [
            student for student in students if not _is_written(course, assignment, student, shown)
        ]
        for student in outdated:
            _note(course, assignment, student).unlink(missing_ok=True)
        try:
            for student, trouble in _written(course, assignment, outdated, jobs):
                if trouble:
                    failed[student] = trouble
                else:
                    note = _note(course, assignment, student)
                    write_whole(note, shown[student].encode())
        finally:
            shutil.rmtree(_unfinished(course), ignore_errors=True)
    return failed


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
        text = repr([_templates(), recorded, sorted(rows.get(student, ()), key=repr)])
        found[student] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return found


@functools.cache
def _templates() -> str:
    """What changes when pages look different than before."""
    folder = Path(__file__).parent
    content = b"".join(path.read_bytes() for path in sorted(folder.glob("[!_]*.*")))
    return hashlib.sha256(content).hexdigest()


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


def _unfinished(course: Course) -> Path:
    """The folder of pages that are being written, beside the real one."""
    return course.root / (course.option("feedback_directory") + ".unfinished")


def _written(
    course: Course, assignment: str, students: list[str], jobs: int | None
) -> Iterator[tuple[str, str]]:
    """Write these students' pages; each student with what went wrong, "" if nothing did."""
    jobs = min(jobs or len(os.sched_getaffinity(0)), len(students) // WORTH_A_PROCESS)
    if jobs < 2:
        for student in students:
            yield student, _write_pages(course, assignment, student)
        return
    from autograder.batch.processes import Processes, WorkerEnded

    executor = Processes(jobs)
    try:
        written = {
            executor.submit(_write_pages_of, course.root, assignment, student): student
            for student in students
        }
        for one in as_completed(written):
            try:
                yield written[one], one.result()
            except WorkerEnded:
                yield written[one], "the process that wrote it has ended"
    finally:
        executor.stop()


@functools.cache
def _course(root: Path) -> Course:
    return open_course(root)


def _write_pages_of(root: Path, assignment: str, student: str) -> str:
    return _write_pages(_course(root), assignment, student)


def _write_pages(course: Course, assignment: str, student: str) -> str:
    """Write one student's pages; what went wrong in a line, "" if nothing did."""
    try:
        _write(course, assignment, student)
    except Exception as error:
        return " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return ""


def _write(course: Course, assignment: str, student: str) -> None:
    """What nbgrader's converter does, for one student by the very name of the folder.

    The converter itself takes names as patterns and without the blanks around them.
    """
    from nbgrader.converters import GenerateFeedback
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import find_all_files

    coursedir = CourseDirectory(config=course.config, root=str(course.root))
    converter = GenerateFeedback(coursedir=coursedir, config=course.config)
    exporter = converter.exporter_class(parent=converter, config=converter.config)
    for preprocessor in converter.preprocessors:
        one = exporter.register_preprocessor(preprocessor)
        if one is not None:
            one.log = logging.Logger("nbgrader", logging.ERROR)
    autograded = course.folder("autograded", student, assignment)
    notebooks = sorted(autograded.glob("*.ipynb"))
    if not notebooks:
        raise CourseError(f"there is no notebook in {autograded}")
    new = _unfinished(course) / student / assignment
    shutil.rmtree(new, ignore_errors=True)  # a process that ended may have begun it
    new.mkdir(parents=True)
    for path in find_all_files(str(autograded), [*coursedir.ignore, "*.ipynb"]):
        beside = new / os.path.relpath(path, autograded)
        beside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, beside)
    for notebook in notebooks:
        where = {"student": student, "assignment": assignment, "notebook": notebook.stem}
        resources = {"nbgrader": where | {"db_url": coursedir.db_url}, "unique_key": notebook.stem}
        html, _ = exporter.from_filename(str(notebook), resources=resources)
        (new / f"{notebook.stem}.html").write_text(html, encoding="utf-8")
    for path in new.rglob("*"):
        if path.is_file():
            path.chmod(int(str(converter.permissions), 8))
    target = course.folder("feedback", student, assignment)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        os.rename(target, new.with_name(f"{new.name}.replaced"))
    os.rename(new, target)
