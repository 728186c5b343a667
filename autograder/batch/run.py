"""One run of `autograder grade`: what is graded already, what is not, and recording as it comes.

A run can be ended at any moment: what was graded is stored, what was recorded is recorded whole,
and the next run does the rest.
"""

from __future__ import annotations

import errno
import json
import os
import traceback
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from autograder.batch.difference import score_changes
from autograder.batch.outcome import Graded, Outcome, Preview
from autograder.batch.pool import Submitted, Workers, grade_all, processes
from autograder.batch.store import Store
from autograder.batch.table import Line, line_of, with_grades
from autograder.course.course import Course
from autograder.course.files import recorded_marker, write_whole
from autograder.course.lock import exclusive_run, is_running
from autograder.course.settings import HowToGrade
from autograder.errors import CourseError, NoSandbox
from autograder.exercise.source_notebooks import Exercise
from autograder.grading.worker import Setup, setup_for
from autograder.result import SubmissionResult
from autograder.submission.files import Files, read_submission

if TYPE_CHECKING:
    from autograder.gradebook.recorder import Recorder

CONCERNS_ALL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
"""Troubles of files that the next submission would have as well."""


WATCHING = "watching"
"""The name of the run that answers submissions as they arrive."""

BESIDE_A_WATCH = 10
"""How much a run over a class steps back (see nice(1)) while students wait for their answers."""


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
        if is_running(course.private, WATCHING):
            os.nice(BESIDE_A_WATCH)
        run = _Run(course, exercise, submissions, how, jobs, force, scheduler)
        try:
            for graded in run.results():
                line = run.record(graded)
                progress.advance(worth_a_look=line is None or line.urgency > 0)
            run.settle_lateness()
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
        for graded in run.results():
            student, before = graded.student, run.recorded_result(graded.student)
            if graded.result is None:
                preview.failed[student] = _in_a_line(graded.error)
            elif before is None:
                preview.first[student] = graded.result.points
            elif changes := score_changes(before, graded.result):
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
        course: Course,
        exercise: Exercise,
        submissions: Mapping[str, Path],
        how: HowToGrade,
        jobs: int,
        force: bool,
        scheduler: str | None,
    ):
        self.course = course
        self.exercise = exercise
        self.submissions = submissions
        self.jobs = jobs
        self.force = force
        self.scheduler = scheduler
        self.outcome = Outcome()
        self.setup = setup_for(exercise, how.limits, how.sandboxed, how.settings, how.wall)
        self.store = Store(course.private / "results" / exercise.name, exercise, how.as_dict())
        self.keys: dict[str, str] = {}
        self.seconds: dict[str, float] = {}

    @cached_property
    def workers(self) -> Workers:
        """Who grades, there from the first submission on that has to be graded."""
        return workers(self.setup, self.jobs, self.scheduler)

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

    def results(self) -> Iterator[Graded]:
        """Each submission with its result: stored ones at once, the others when they are graded."""
        for graded in grade_all(self._submitted(), self.setup, lambda: self.workers):
            if isinstance(graded.error, NoSandbox | CourseError):
                raise CourseError(str(graded.error))
            if graded.seconds is not None:
                self.seconds[graded.student] = graded.seconds
            yield graded

    def _submitted(self) -> Iterator[Submitted]:
        """What is to be graded, each read when its turn comes, and once."""
        for student in self.submissions:
            files = self._read(student)
            if files is None:
                continue
            key = self.keys[student]
            stored = None if self.force or not self.store.has(key) else self.store.load(key)
            if stored is not None:
                yield Submitted(student, files, Graded.from_store(student, files, stored))
            else:
                yield Submitted(student, files, known={} if self.force else self.store.known(key))

    def record(self, graded: Graded) -> Line | None:
        """Store and record one result; None if the submission has no grade."""
        student = graded.student
        if graded.result is None or graded.pack is None:
            self._note_trouble(student, graded.error)
            return None
        key = self.keys[student]
        if self.force or not self.store.has(key):
            self.store.save(key, graded.pack())
        known = student in self.recorded and self.recorder.is_recorded(student, key)
        if self.force or not known:
            try:
                if not self.recorder.record(
                    student, graded.files, graded.pack(), key, lambda: self._is_superseded(student)
                ):
                    return self._line_of_what_is_recorded(student)
            except CourseError:
                raise
            except Exception as error:
                if isinstance(error, OSError) and error.errno in CONCERNS_ALL:
                    raise
                self._note_trouble(student, error)
                return None
        self.outcome.lines[student] = line_of(graded.result)
        return self.outcome.lines[student]

    def _is_superseded(self, student: str) -> bool:
        """Whether what lies there now was handed in, and recorded by another run, meanwhile."""
        marker = self._marker(student)
        if marker is None or marker == self.keys[student]:
            return False
        return marker == self.store.key(read_submission(self.submissions[student]))

    def _line_of_what_is_recorded(self, student: str) -> Line | None:
        result = self.recorded_result(student)
        if result is None:
            self._note_trouble(student, CourseError("it was handed in again while this ran"))
            return None
        self.outcome.lines[student] = line_of(result)
        return self.outcome.lines[student]

    def settle_lateness(self) -> None:
        """Bring extensions and penalties up to date, also of who was graded before."""
        if self.outcome.lines:
            self.outcome.extended = self.recorder.settle_lateness()

    def add_grades(self) -> None:
        """Add to the lines what the gradebook holds: what people gave, what waits, lateness."""
        if self.outcome.lines:
            from autograder.gradebook.grades import class_grades

            grades = class_grades(self.course, self.exercise.name)
            self.outcome.lines = with_grades(self.outcome.lines, self.exercise, grades)

    def recorded_result(self, student: str) -> SubmissionResult | None:
        """The result that was recorded last for a student, None if there is none."""
        marker = self._marker(student)
        return None if marker is None else self.store.load(marker)

    def _marker(self, student: str) -> str | None:
        path = recorded_marker(self.course.private, self.exercise.name, student)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None

    def close(self) -> None:
        if "workers" in vars(self):
            self.workers.close()
        if "recorder" in vars(self):
            self.recorder.close()
            self._note_seconds()

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

    def _note_trouble(self, student: str, error: Exception | None) -> None:
        """Say in a line what happened, and keep the whole story in a file."""
        path = self.course.private / "trouble" / self.exercise.name / f"{student}.txt"
        write_whole(path, "".join(traceback.format_exception(error)).encode("utf-8", "replace"))
        shown = path.relative_to(self.course.root)
        self.outcome.failed[student] = f"{_in_a_line(error)} (more in {shown})"


def _in_a_line(error: Exception | None) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def recorded_result(
    course: Course, exercise: Exercise, how: HowToGrade, student: str
) -> SubmissionResult | None:
    """The result that was recorded last for a student, None if there is none."""
    store = Store(course.private / "results" / exercise.name, exercise, how.as_dict())
    marker = recorded_marker(course.private, exercise.name, student)
    try:
        return store.load(marker.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def workers(setup: Setup, jobs: int, scheduler: str | None = None) -> Workers:
    """So many processes on this machine, or the workers of a cluster.

    Raises:
        CourseError: if there is no such cluster, or one of its workers cannot grade.
    """
    if scheduler is None:
        return processes(setup, jobs)
    from autograder.batch.cluster import connect

    return connect(scheduler, setup)
