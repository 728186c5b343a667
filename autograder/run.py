"""One run of `autograder grade`: what is graded already, what is not, and recording as it comes.

A run can be ended at any moment: what was graded is stored, what was recorded is recorded whole, and
the next run does the rest.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from autograder.batch import Files, grade_all, processes, setup_for, stop
from autograder.course import Course, CourseError
from autograder.exercise import Exercise
from autograder.result import SubmissionResult
from autograder.sandbox.factory import NoSandbox
from autograder.settings import HowToGrade
from autograder.store import Store, write_whole
from autograder.submission import read_submission
from autograder.table import Line, line_of


class Progress(Protocol):
    """Who is told how far a run is."""

    def advance(self, look: bool) -> None: ...


@dataclass
class Outcome:
    """What a run came to: a line for each submission that has its grade, a reason for each other."""

    lines: dict[str, Line] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def renewed(self) -> list[str]:
        """Whose grades this run recorded."""
        return sorted(student for student, line in self.lines.items() if line.renewed)


def grade_class(
    course: Course,
    exercise: Exercise,
    submissions: Mapping[str, Path],
    how: HowToGrade,
    jobs: int,
    force: bool,
    progress: Progress,
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

    Raises:
        CourseError: if the gradebook cannot be used or no sandbox can be built.
    """
    run = _Run(course, exercise, submissions, how, jobs, force)
    try:
        run.start()
        for student, files, result in run.results():
            line = run.record(student, files, result)
            progress.advance(look=line is None or line.look > 0)
    finally:
        run.close()
    return run.outcome


class _Run:
    def __init__(self, course, exercise, submissions, how: HowToGrade, jobs: int, force: bool):
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
        self.first_executor: Executor | None = None
        self.recorder = None

    def start(self) -> None:
        """Begin to start the workers if there is work, and meanwhile open the gradebook."""
        if self.force or any(self._is_pending(student) for student in self.submissions):
            self.first_executor = processes(self.setup, self.jobs)
        from autograder.record import Recorder  # takes seconds: nbgrader

        self.recorder = Recorder(self.course, self.exercise)
        self.recorded = self.recorder.students()

    def results(self) -> Iterator[tuple[str, Files, SubmissionResult | Exception]]:
        """Each submission with its result: stored ones first, while the workers start."""
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

        for student, result in grade_all(read(), self.setup, self._new_executor, self.jobs):
            yield student, self.in_hand.pop(student), result

    def record(
        self, student: str, files: Files, result: SubmissionResult | Exception
    ) -> Line | None:
        """Store and record one result; None if the submission has no grade."""
        if isinstance(result, NoSandbox):
            raise CourseError(f"{result} (--no-sandbox grades without one)")
        if isinstance(result, Exception):
            self._note_trouble(student, result)
            return None
        key = self.keys[student]
        known = student in self.recorded and self.recorder.is_recorded(student, key)
        if self.force or not known:
            if not self.store.has(key) or self.force:
                self.store.save(key, result)
            self.recorder.record(student, files, result, key)
        self.outcome.lines[student] = line_of(result, renewed=self.force or not known)
        return self.outcome.lines[student]

    def close(self) -> None:
        if self.first_executor is not None:
            stop(self.first_executor)
        if self.recorder is not None:
            self.recorder.close()

    def _is_pending(self, student: str) -> bool:
        """Whether there is no stored result for what a student handed in."""
        files = self._read(student)
        return files is not None and not self.store.has(self.keys[student])

    def _read(self, student: str) -> Files | None:
        """A student's files, None if the folder is gone."""
        folder = self.submissions[student]
        files = read_submission(folder)
        if not folder.is_dir():
            self.outcome.failed[student] = "the folder has disappeared while this ran"
            return None
        self.keys[student] = self.store.key(files)
        return files

    def _new_executor(self) -> Executor:
        executor, self.first_executor = self.first_executor, None
        return executor or processes(self.setup, self.jobs)

    def _note_trouble(self, student: str, error: Exception) -> None:
        """Say in a line what happened, and keep the whole story in a file."""
        path = self.course.private / "trouble" / self.exercise.name / f"{student}.txt"
        write_whole(path, "".join(traceback.format_exception(error)).encode("utf-8", "replace"))
        line = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        self.outcome.failed[student] = f"{line} (more in {path.relative_to(self.course.root)})"
