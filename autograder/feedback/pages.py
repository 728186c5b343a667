"""Writing the feedback pages of a class, as `nbgrader generate_feedback` does, side by side."""

from __future__ import annotations

import contextlib
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
from autograder.submission.files import Files

BESIDE = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader looks for beside a page to know whose submission it answers."""

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
            sweep(course)
    return failed


def generate_feedback_of_one(course: Course, assignment: str, student: str) -> str:
    """Write the pages of one student, also while another run is at work in the course.

    Nothing is written where they are there already. Two processes must not do this at once.

    Returns:
        Why there are no pages, "" if there are.

    Raises:
        CourseError: if the gradebook cannot be used.
    """
    from autograder.course.files import write_whole

    shown = _what_pages_show(course, assignment, [student], only=student)
    if _is_written(course, assignment, student, shown):
        return ""
    _note(course, assignment, student).unlink(missing_ok=True)
    try:
        trouble = _write_pages(course, assignment, student, ONE)
    finally:
        sweep(course, ONE)
    if not trouble:
        write_whole(_note(course, assignment, student), shown[student].encode())
    return trouble


def _what_pages_show(
    course: Course, assignment: str, students: Iterable[str], only: str | None = None
) -> dict[str, str]:
    """For each student the hash of all that the pages depend on."""
    from autograder.gradebook.database import rows_by_student

    rows = rows_by_student(course, assignment, only)
    found = {}
    for student in students:
        recorded = _recorded(course, assignment, student)
        text = repr([_templates(), recorded, sorted(rows.get(student, ()), key=repr)])
        found[student] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return found


def _recorded(course: Course, assignment: str, student: str) -> str:
    """The key of the result that was recorded last, "" if there is none."""
    from autograder.course.files import recorded_marker

    try:
        return recorded_marker(course.private, assignment, student).read_text("utf-8")
    except (OSError, ValueError):
        return ""


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


CLASS, ONE = "class", "one"
"""Who writes: the run over a class, or the one that answers as students hand in, beside it."""


def _unfinished(course: Course, who: str) -> Path:
    """The folder of pages that are being written, beside the real one."""
    return course.root / (course.option("feedback_directory") + ".unfinished") / who


def sweep(course: Course, who: str = CLASS) -> None:
    """Remove what is left of pages that were being written."""
    folder = _unfinished(course, who)
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()


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


def _write_pages(course: Course, assignment: str, student: str, who: str = CLASS) -> str:
    """Write one student's pages; what went wrong in a line, "" if nothing did."""
    try:
        _write(course, assignment, student, who)
    except Exception as error:
        return " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return ""


def _write(course: Course, assignment: str, student: str, who: str = CLASS) -> None:
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
    recorded = _recorded(course, assignment, student)
    notebooks = sorted(autograded.glob("*.ipynb"))
    if not notebooks:
        raise CourseError(f"there is no notebook in {autograded}")
    new = _unfinished(course, who) / student / assignment
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
    with course.lock():
        if _recorded(course, assignment, student) != recorded:
            # Handed in again meanwhile, and recorded by another run: its pages are newer.
            raise CourseError("it was graded again while its pages were written")
        put_in_place(new, course.folder("feedback", student, assignment))


def publish(
    course: Course, assignment: str, student: str, pages: Mapping[str, str], files: Files
) -> None:
    """Put pages into a student's folder that show no recorded grade. All appear at once.

    Args:
        course: the course.
        assignment: the assignment.
        student: whose pages.
        pages: each notebook's page, by the notebook's name.
        files: what was handed in: by its time and secret nbgrader gives the pages to the student.
    """
    new = _unfinished(course, ONE) / student / assignment
    try:
        new.mkdir(parents=True)
        for file in files:
            if file.path in BESIDE and file.content is not None:
                (new / file.path).write_bytes(file.content)
        for name, html in pages.items():
            (new / f"{name}.html").write_text(html, encoding="utf-8")
        for path in new.iterdir():
            path.chmod(0o644)
        with course.lock():
            _note(course, assignment, student).unlink(missing_ok=True)
            put_in_place(new, course.folder("feedback", student, assignment))
    finally:
        sweep(course, ONE)


def put_in_place(new: Path, target: Path) -> None:
    """Exchange a folder of pages for one that was just written beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        os.rename(target, new.with_name(f"{new.name}.replaced"))
    os.rename(new, target)
