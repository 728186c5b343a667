"""Submissions answered as attempts: on cases of their own, without a word about hidden values."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.attempts.history import add_attempt, read_history
from autograder.attempts.pages import (
    HAND_IN_AGAIN,
    OUR_FAULT,
    TRIED_AGAIN,
    attempt_pages,
    attempt_words,
    notice_pages,
    notice_words,
)
from autograder.attempts.rules import Attempt, Rules, decide, digest_of
from autograder.batch.outcome import Graded
from autograder.batch.table import line_of
from autograder.course.course import Course
from autograder.course.files import write_whole
from autograder.course.secret import NAME, make_secret, seed_of_cases
from autograder.course.settings import HowToGrade
from autograder.exercise.source_notebooks import Exercise
from autograder.feedback.pages import publish
from autograder.grading.worker import Setup, setup_for
from autograder.late.plugin import policy_of
from autograder.requests.reading import split_requests
from autograder.result import SubmissionResult
from autograder.submission.files import Files

SECONDS_TO_TRY_AGAIN = 60.0
MOST_FAULTS = 3
"""How often a submission is tried whose grading failed by no fault of the student."""

OF_TIME = ("ran longer than", "took longer than", "was stopped", "was interrupted")
"""What a remark says where code was stopped since its time was over."""


@dataclass(frozen=True)
class Answer:
    """What becomes of a submission.

    Attributes:
        setup: how it is graded, None if it is not.
        attempt: which attempt it then is.
        said: what was done, in words.
        again_at: when to look at it again, in seconds since 1970; None if that is not needed.
    """

    setup: Setup | None = None
    attempt: int = 0
    said: str = ""
    again_at: float | None = None


class Attempting:
    """The attempts of one assignment.

    An attempt is charged before its page appears: killed in between, the same submission gets the
    same answer once more, from the same cases, and is not charged again.
    """

    def __init__(
        self,
        course: Course,
        exercise: Exercise,
        how: HowToGrade,
        rules: Rules,
        say: Callable[[str], None],
    ):
        self._course = course
        self._exercise = exercise
        self._how = how
        self._rules = rules
        self._faults: dict[tuple[str, str], int] = {}
        policy = policy_of(course.config)
        self._zone = policy.zone if policy is not None else UTC
        if make_secret(course.root):
            say(f"made {NAME}: hidden cases are drawn from it. Keep a copy, and show it to nobody")

    def begin(self, student: str, files: Files, key: str) -> Answer:
        """Decide what happens with a submission.

        Args:
            student: whose it is.
            files: what was handed in.
            key: what tells it apart from every other.
        """
        if self._noted(student) == key:
            return Answer()
        decision = decide(
            self._rules,
            self._history(student),
            digest_of(split_requests(files)[1]),
            datetime.now(UTC),
        )
        if decision.what in ("answer", "again"):
            return Answer(self._setup(student, decision.number), decision.number)
        self._publish(student, files, notice_words(self._rules, decision, self._zone))
        if decision.until is not None:
            return Answer(said="has to wait", again_at=decision.until.timestamp())
        self._note(student, key)
        return Answer(said="no attempt is left")

    def take(self, student: str, files: Files, key: str, number: int, graded: Graded) -> Answer:
        """Charge an attempt and write its page; neither if grading failed by our fault."""
        digest = digest_of(split_requests(files)[1])
        fault = _fault(graded)
        if graded.result is None or graded.pack is None or fault:
            tries = self._faults[student, digest] = self._faults.get((student, digest), 0) + 1
            again = tries < MOST_FAULTS
            self._publish(student, files, OUR_FAULT + (TRIED_AGAIN if again else HAND_IN_AGAIN))
            again_at = time.time() + SECONDS_TO_TRY_AGAIN if again else None
            return Answer(said=f"not charged: {fault}", again_at=again_at)
        history = self._history(student)
        if all(one.digest != digest for one in history):
            now = datetime.now(UTC).isoformat(timespec="seconds")
            attempt = Attempt(number, digest, now, graded.result.points)
            add_attempt(self._course, self._exercise.name, student, attempt)
            history.append(attempt)
        last = max(one.moment for one in history)
        note = attempt_words(self._rules, number, len(history), last, self._zone)
        pages = attempt_pages(self._exercise.name, graded.pack(), note)
        publish(self._course, self._exercise.name, student, pages, files)
        self._note(student, key)
        line = line_of(graded.result)
        return Answer(said=f"attempt {number}, {line.total:g} of {line.possible:g}")

    def _setup(self, student: str, number: int) -> Setup:
        """How an attempt is graded: on cases that nobody else gets, and no other attempt."""
        seed = seed_of_cases(self._course.root, self._exercise.name, student, number)
        assert seed is not None, "the secret was made at the start"
        how = self._how
        settings = replace(how.settings, seed=seed, reveal=False)
        return setup_for(self._exercise, how.limits, how.sandboxed, settings, how.wall)

    def _history(self, student: str) -> list[Attempt]:
        return read_history(self._course, self._exercise.name, student)

    def _publish(self, student: str, files: Files, sentence: str) -> None:
        name = self._exercise.name
        pages = notice_pages(name, list(self._exercise.notebooks), sentence)
        publish(self._course, name, student, pages, files)

    def _noted(self, student: str) -> str:
        try:
            return self._path(student).read_text("utf-8")
        except (OSError, ValueError):
            return ""

    def _note(self, student: str, key: str) -> None:
        write_whole(self._path(student), key.encode())

    def _path(self, student: str) -> Path:
        return self._course.private / "answered" / self._exercise.name / student


def _fault(graded: Graded) -> str:
    """Why an attempt must not be charged, "" if there is no reason."""
    if graded.result is None:
        return " ".join(f"{type(graded.error).__name__}: {graded.error}".split())[:200]
    busy = os.getloadavg()[0] > len(os.sched_getaffinity(0))
    return "stopped by its time on a busy machine" if busy and _ran_out(graded.result) else ""


def _ran_out(result: SubmissionResult) -> bool:
    """Whether code was stopped since its time was over."""
    return any(
        remark.kind == "stopped" and any(words in remark.sentence for words in OF_TIME)
        for remark in result.remarks
    )
