"""The run that answers each submission as it arrives, for as long as it is left running.

What was answered is known from the course alone: the result that was recorded, the page that was
written, the page that was released. So this can be killed at any moment, and the next one goes on
with what came meanwhile. A run over the class may go on beside it: each records under the course's
lock, and none records what is older than what the other has recorded.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path

import autograder
from autograder.attempts.rules import rules_of
from autograder.batch.outcome import Graded
from autograder.batch.pool import ATTEMPTS as TRIES
from autograder.batch.pool import Workers, graded_from, is_lost, processes
from autograder.batch.run import WATCHING
from autograder.batch.store import Store
from autograder.batch.table import Line, line_of
from autograder.course.course import Course
from autograder.course.files import write_whole
from autograder.course.lock import exclusive_run
from autograder.course.settings import HowToGrade
from autograder.errors import CourseError, NoSandbox
from autograder.exercise.source_notebooks import Exercise
from autograder.feedback.pages import ONE, generate_feedback_of_one, sweep
from autograder.gradebook.recorder import Recorder
from autograder.grading.worker import Setup, grade_files, setup_for
from autograder.submission.files import Files, read_submission
from autograder.watch.arrivals import Arrival, Arrivals, signature_of
from autograder.watch.attempting import Answer, Attempting
from autograder.watch.exchange import Exchange

POLL_SECONDS = 0.2
QUIET_SECONDS = 0.5
"""How long a folder must not have changed before it is taken for a whole submission."""

SECONDS_BETWEEN_LOOKS = 2.0
"""How often it is looked whether the exercise itself has changed."""


@dataclass
class _Grading:
    """A submission that a worker is at."""

    arrival: Arrival
    files: Files
    setup: Setup
    key: str = ""
    attempt: int = 0
    tries: int = 1


class Watch:
    """Answers submissions to an exercise as they arrive.

    Args:
        course: the course.
        exercise: the exercise.
        how: limits and settings.
        jobs: how many submissions are graded at once.
        say: is told what happens, in a line each.
        quiet: for how many seconds a folder must not have changed to be taken for whole.
    """

    def __init__(
        self,
        course: Course,
        exercise: Exercise,
        how: HowToGrade,
        jobs: int,
        say: Callable[[str], None],
        quiet: float = QUIET_SECONDS,
    ):
        self._course = course
        self._exercise = exercise
        self._say = say
        self._jobs = jobs
        self._setup = setup_for(exercise, how.limits, how.sandboxed, how.settings, how.wall)
        self._store = Store(course.private / "results" / exercise.name, exercise, how.as_dict())
        self._arrivals = Arrivals(course, exercise.name, quiet)
        self._running: dict[Future[str], _Grading] = {}
        rules = rules_of(course.config)
        # With attempts, nothing is recorded: the grade comes from the final set of cases.
        self._attempting = Attempting(course, exercise, how, rules, say) if rules.most else None
        self._held: dict[str, float] = {}
        self._decided_by = _what_decides(course, exercise)
        self._looked = time.monotonic()

    def run(self, once: bool = False) -> bool:
        """Answer what arrives, until Ctrl-C.

        Args:
            once: end when all that is there is answered.

        Returns:
            Whether the exercise or the configuration has changed, so that one has to start again.

        Raises:
            CourseError: if another watch is at work, no sandbox can be built, or the gradebook
                cannot be used.
        """
        name = self._exercise.name
        with exclusive_run(
            self._course.private, self._course.root, WATCHING, f"autograder watch {name}"
        ):
            sweep(self._course, ONE)
            self._course.folder("submitted").mkdir(parents=True, exist_ok=True)
            self._exchange = Exchange(self._course, name, self._say)
            workers = processes(self._setup, self._jobs)
            try:
                recorder = Recorder(self._course, self._exercise)
                try:
                    return self._loop(workers, recorder, once)
                finally:
                    recorder.close()
            finally:
                workers.close()

    def _loop(self, workers: Workers, recorder: Recorder, once: bool) -> bool:
        self._say(f"watching {self._course.folder('submitted')}" + self._also())
        while True:
            collected = self._exchange.collect()
            for student in collected:
                self._arrivals.has_arrived(student)
            for student in [one for one, until in self._held.items() if until <= time.time()]:
                del self._held[student]
                self._arrivals.again(student)
            for arrival in self._arrivals.waiting():
                if len(self._running) >= 2 * self._jobs:
                    break
                if arrival.student not in {one.arrival.student for one in self._running.values()}:
                    self._begin(arrival, workers, recorder)
            if once and not (collected or self._running or self._arrivals.coming):
                return False
            self._finish(workers, recorder)
            if time.monotonic() - self._looked > SECONDS_BETWEEN_LOOKS:
                self._looked = time.monotonic()
                if _what_decides(self._course, self._exercise) != self._decided_by:
                    return True

    def _also(self) -> str:
        return " and the exchange" if self._exchange.is_there else ""

    def _begin(self, arrival: Arrival, workers: Workers, recorder: Recorder) -> None:
        """Grade a submission, or answer it at once if it was graded before."""
        student = arrival.student
        if not student.isprintable():
            self._say(f"not graded: {student!r} is no name for a student's folder")
            self._arrivals.answered(arrival)
            return
        files = read_submission(arrival.folder)
        key = self._store.key(files)
        if self._attempting is not None:
            self._held.pop(student, None)
            try:
                found = self._attempting.begin(student, files, key)
            except CourseError as error:  # one student's: the others get their answers
                self._say(f"not answered: {student}: {error}")
                self._arrivals.answered(arrival)
                return
            if found.setup is None:
                self._close(arrival, found)
            else:
                self._submit(_Grading(arrival, files, found.setup, key, found.attempt), workers)
            return
        grading = _Grading(arrival, files, self._setup, key)
        stored = self._store.load(key) if self._store.has(key) else None
        if stored is not None:
            if recorder.is_recorded(student, key):
                self._answer(arrival, "")
            else:
                self._take(grading, Graded.from_store(student, files, stored), recorder)
            return
        self._submit(grading, workers)

    def _submit(self, grading: _Grading, workers: Workers) -> None:
        known = {} if grading.attempt else self._store.known(grading.key)
        future = workers.executor.submit(grade_files, grading.setup, grading.files, known)
        self._running[future] = grading

    def _finish(self, workers: Workers, recorder: Recorder) -> None:
        """Take what workers have graded, or wait a moment for it."""
        if not self._running:
            time.sleep(POLL_SECONDS)
            return
        done, _ = wait(self._running, POLL_SECONDS, FIRST_COMPLETED)
        for future in done:
            grading = self._running.pop(future)
            if is_lost(future.exception()) and grading.tries < TRIES:
                grading.tries += 1
                self._submit(grading, workers)
                continue
            student = grading.arrival.student
            self._take(grading, graded_from(student, grading.files, future), recorder)

    def _take(self, grading: _Grading, graded: Graded, recorder: Recorder) -> None:
        """Record a result and answer, unless something newer has arrived meanwhile."""
        arrival = grading.arrival
        if isinstance(graded.error, NoSandbox | CourseError):
            raise CourseError(str(graded.error))
        if self._attempting is not None:
            if signature_of(arrival.folder) == arrival.signature:
                answer = self._attempting.take(
                    arrival.student, grading.files, grading.key, grading.attempt, graded
                )
                self._close(arrival, answer)
            return
        if graded.result is None or graded.pack is None:
            self._note_trouble(arrival, graded.error)
            return
        packed = graded.pack()
        if not self._store.has(grading.key):
            self._store.save(grading.key, packed)
        try:
            recorded = recorder.record(
                arrival.student,
                grading.files,
                packed,
                grading.key,
                lambda: signature_of(arrival.folder) != arrival.signature,
            )
        except CourseError:
            raise
        except Exception as error:
            self._note_trouble(arrival, error)
            return
        if recorded:
            self._answer(arrival, _in_a_line(line_of(graded.result)))

    def _close(self, arrival: Arrival, answer: Answer) -> None:
        """Release the page of an attempt, and note when to look at the submission again."""
        self._arrivals.answered(arrival)
        if answer.again_at is not None:
            self._held[arrival.student] = answer.again_at
        self._exchange.release(arrival.student)
        if answer.said:
            self._say(f"answered {arrival.student}: {answer.said}")

    def _answer(self, arrival: Arrival, score: str) -> None:
        """Write a student's page and release it, if that is not done yet."""
        student, name = arrival.student, self._exercise.name
        trouble = generate_feedback_of_one(self._course, name, student)
        self._arrivals.answered(arrival)
        if trouble:
            self._say(f"no feedback: {student}: {trouble}")
            return
        self._exchange.release(student)
        if score:
            self._say(f"answered {student}: {score}")

    def _note_trouble(self, arrival: Arrival, error: Exception | None) -> None:
        path = self._course.private / "trouble" / self._exercise.name / f"{arrival.student}.txt"
        write_whole(path, "".join(traceback.format_exception(error)).encode("utf-8", "replace"))
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        self._say(f"no grade: {arrival.student}: {said} (more in {path})")
        self._arrivals.answered(arrival)


def _in_a_line(line: Line) -> str:
    score = f"{line.total:g} of {line.possible:g}"
    waiting = f", {line.by_hand} to grade by hand" if line.by_hand else ""
    urgent = max(line.remarks, key=lambda one: one.urgency, default=None)
    look = f"; look: {urgent.sentence}" if urgent is not None and urgent.urgency >= 2 else ""
    return f"{score}{waiting}{look}"


def _what_decides(course: Course, exercise: Exercise) -> tuple[tuple[str, int, int], ...]:
    """What changes when the exercise, the grader or the configuration does."""
    folders = [course.folder("source", ".", exercise.name), *map(Path, autograder.__path__)]
    files = [
        path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts
    ]
    files += [course.root / name for name in ("nbgrader_config.py", "extensions.csv")]
    found = []
    for path in files:
        try:
            status = os.stat(path)
        except OSError:
            continue
        if Path(path).is_file():
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))
