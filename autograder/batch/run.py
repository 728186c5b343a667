"""One run of `autograder grade`: what is graded already, what is not, and recording as it comes.

A run can be ended at any moment: what was graded is stored, what was recorded is recorded whole, and
the next run does the rest.
"""

from __future__ import annotations

import errno
import json
import traceback
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from autograder.batch.difference import score_changes
from autograder.batch.outcome import Outcome, Preview
from autograder.batch.pool import Workers, grade_all, processes, stop
from autograder.batch.store import Store
from autograder.batch.table import Line, line_of, with_grades
from autograder.batch.worker import Setup, setup_for
from autograder.course.course import Course
from autograder.course.files import recorded_marker, write_whole
from autograder.course.lock import exclusive_run
from autograder.course.settings import HowToGrade
from autograder.errors import CourseError, NoSandbox
from autograder.exercise.source_notebooks import Exercise
from autograder.grading.prepared import PackedResult, pack_result
from autograder.result import SubmissionResult
from autograder.submission.files import Files, read_submission

if TYPE_CHECKING:
    from autograder.gradebook.recorder import Recorder

CONCERNS_ALL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
"""Troubles of files that the next submission would have as well."""


class Progress(Protocol):
    """Who is told how far a run is."""

    def advance(self, worth_a_look: bool) -> None: ...


def grade_class(
    course: Course,
    exercise: Exercise,
    submissions: Mapping[str, Path],
    how: HowToGrade,
    jobs: int,
    force: bool,
    progress: Progress,
    scheduler: str | None = None,
) -> Outcome:
    """Grade submissions and record their grades.

    Args:
        course: the course.
        exercise: the exercise.
        submissions: the folders that were handed in, by student.
        how: limits and settings.
        jobs: how many submissions are graded at once.
        force: grade and record what was graded before as well.
        progress: is told of each submission.
        scheduler: the address of a Dask cluster whose workers grade, in place of this machine.

    Raises:
        CourseError: if the gradebook cannot be used, no sandbox can be built, or another run is at
            work in the course.
    """
    with exclusive_run(course.private, course.root):
        run = _Run(course, exercise, submissions, how, jobs, force, scheduler)
        try:
            run.start_workers()
            for student, files, result in run.results():
                line = run.record(student, files, result)
                progress.advance(worth_a_look=line is None or line.urgency > 0)
        finally:
            run.close()
        run.add_grades()
        return run.outcome


def preview_class(
    course: Course,
    exercise: Exercise,
    submissions: Mapping[str, Path],
    how: HowToGrade,
    jobs: int,
    force: bool,
    progress: Progress,
    scheduler: str | None = None,
) -> Preview:
    """Grade submissions as `grade_class` does, and say what it would change: nothing is written.

    Raises:
        CourseError: if no sandbox can be built.
    """
    run = _Run(course, exercise, submissions, how, jobs, force, scheduler)
    preview = Preview(failed=run.outcome.failed)
    try:
        run.start_workers()
        for student, _, result in run.results():
            before = run.recorded_result(student)
            if isinstance(result, PackedResult):
                result = result.result
            if isinstance(result, Exception):
                preview.failed[student] = _in_a_line(result)
            elif before is None:
                preview.first[student] = result.points
            elif changes := score_changes(before, result):
                preview.changes[student] = changes
            else:
                preview.same.append(student)
            progress.advance(worth_a_look=student in preview.changes)
    finally:
        run.close()
    return preview


class _Run:
    def __init__(
        self,
        course,
        exercise,
        submissions,
        how: HowToGrade,
        jobs: int,
        force: bool,
        scheduler: str | None,
    ):
        self.course: Course = course
        self.exercise: Exercise = exercise
        self.submissions: Mapping[str, Path] = submissions
        self.jobs = jobs
        self.force = force
        self.outcome = Outcome()
        self.setup = setup_for(exercise, how.limits, how.sandboxed, how.settings)
        self.store = Store(course.private / "results" / exercise.name, exercise, how.as_dict())
        self.keys: dict[str, str] = {}
        self.in_hand: dict[str, Files] = {}
        self.seconds: dict[str, float] = {}
        self.scheduler = scheduler
        self.workers: Workers | None = None
        self.first_executor: Executor | None = None

    @cached_property
    def recorder(self) -> Recorder:
        """The gradebook's writer, there from the first result on.

        It takes seconds to load nbgrader, which the first submissions need not wait for.
        """
        from autograder.gradebook.recorder import Recorder

        return Recorder(self.course, self.exercise)

    @cached_property
    def recorded(self) -> set[str]:
        """Who had a submission in the gradebook before."""
        return self.recorder.students()

    def start_workers(self) -> None:
        """Begin to start the workers, if there is work."""
        if self.force or any(self._is_pending(student) for student in self.submissions):
            self.workers = workers(self.setup, self.jobs, self.scheduler)
            self.first_executor = self.workers.new_executor()

    def results(
        self,
    ) -> Iterator[tuple[str, Files, SubmissionResult | PackedResult | Exception]]:
        """Each submission with its result: stored ones first, while the workers start.

        What workers graded comes packed, since it is new and will be recorded.
        """
        pending = []
        for student in self.submissions:
            if self.force or self._is_pending(student):
                pending.append(student)
                continue
            files = self._read(student)
            result = self.store.load(self.keys[student]) if files is not None else None
            if files is not None and result is not None:
                yield student, files, result
            else:
                pending.append(student)

        def read() -> Iterator[tuple[str, Files]]:
            for student in pending:
                if (files := self._read(student)) is not None:
                    self.in_hand[student] = files
                    yield student, files

        if pending and self.workers is None:  # a stored result that could not be read
            self.workers = workers(self.setup, self.jobs, self.scheduler)
        for student, result in grade_all(
            read(),
            self.setup,
            self._new_executor,
            self.workers.jobs if self.workers else self.jobs,
            self.seconds.__setitem__,
            (lambda files: {}) if self.force else self.store.known,
        ):
            if isinstance(result, NoSandbox | CourseError):
                raise CourseError(str(result))
            yield student, self.in_hand.pop(student), result

    def record(
        self, student: str, files: Files, result: SubmissionResult | PackedResult | Exception
    ) -> Line | None:
        """Store and record one result; None if the submission has no grade."""
        if isinstance(result, Exception):
            self._note_trouble(student, result)
            return None
        key = self.keys[student]
        if self.force or not self.store.has(key):
            self.store.save(key, _packed(result))
        known = student in self.recorded and self.recorder.is_recorded(student, key)
        if self.force or not known:
            try:
                self.recorder.record(student, files, _packed(result), key)
            except CourseError:
                raise
            except Exception as error:
                if isinstance(error, OSError) and error.errno in CONCERNS_ALL:
                    raise
                self._note_trouble(student, error)
                return None
        if isinstance(result, PackedResult):
            result = result.result
        self.outcome.lines[student] = line_of(result)
        return self.outcome.lines[student]

    def add_grades(self) -> None:
        """Add to the lines what the gradebook holds: what people gave, what waits, lateness."""
        if self.outcome.lines:
            from autograder.gradebook.grades import class_grades

            grades = class_grades(self.course, self.exercise.name)
            self.outcome.lines = with_grades(self.outcome.lines, self.exercise, grades)

    def recorded_result(self, student: str) -> SubmissionResult | None:
        """The result that was recorded last for a student, None if there is none."""
        marker = recorded_marker(self.course.private, self.exercise.name, student)
        try:
            return self.store.load(marker.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def close(self) -> None:
        if self.first_executor is not None:
            stop(self.first_executor)
        if self.workers is not None:
            self.workers.close()
        if "recorder" in vars(self):
            self.recorder.close()
            self._note_seconds()

    def _is_pending(self, student: str) -> bool:
        """Whether there is no stored result for what a student handed in."""
        files = self._read(student)
        return files is not None and not self.store.has(self.keys[student])

    def _read(self, student: str) -> Files | None:
        """A student's files, None if the folder is gone."""
        folder = self.submissions[student]
        if any("\ud800" <= char <= "\udfff" for char in student):
            self.outcome.failed[student] = (
                "the folder's name is no valid UTF-8: give it another one"
            )
            return None
        files = read_submission(folder)
        if not folder.is_dir():
            self.outcome.failed[student] = "the folder has disappeared while this ran"
            return None
        self.keys[student] = self.store.key(files)
        return files

    def _new_executor(self) -> Executor:
        executor, self.first_executor = self.first_executor, None
        return executor or self.workers.new_executor()

    def _note_seconds(self) -> None:
        """Add how long grading took to what is noted, by the key of the result."""
        if not self.seconds:
            return
        path = self.course.private / "seconds" / f"{self.exercise.name}.json"
        try:
            noted = dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            noted = {}
        noted |= {self.keys[student]: round(took, 3) for student, took in self.seconds.items()}
        write_whole(path, json.dumps(noted, indent=0).encode())

    def _note_trouble(self, student: str, error: Exception) -> None:
        """Say in a line what happened, and keep the whole story in a file."""
        path = self.course.private / "trouble" / self.exercise.name / f"{student}.txt"
        write_whole(path, "".join(traceback.format_exception(error)).encode("utf-8", "replace"))
        shown = path.relative_to(self.course.root)
        self.outcome.failed[student] = f"{_in_a_line(error)} (more in {shown})"


def _packed(result: SubmissionResult | PackedResult) -> PackedResult:
    return result if isinstance(result, PackedResult) else pack_result(result)


def _in_a_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def workers(setup: Setup, jobs: int, scheduler: str | None = None) -> Workers:
    """So many processes on this machine, or the workers of a cluster.

    Raises:
        CourseError: if there is no such cluster, or one of its workers cannot grade.
    """
    if scheduler is None:
        return Workers(lambda: processes(setup, jobs), jobs)
    from autograder.batch.cluster import connect

    return connect(scheduler, setup)
