"""nbgrader's exchange: what students submit comes in, and their pages go out to be fetched."""

from __future__ import annotations

import glob
import hashlib
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import Exchange as DefaultExchange
from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback
from nbgrader.utils import ignore_patterns

from autograder.attempts.rules import digest_of
from autograder.course.course import Course
from autograder.course.files import write_whole
from autograder.requests.listing import keep_requests
from autograder.requests.reading import split_requests
from autograder.submission.files import read_submission

SECRET = "submission_secret.txt"
"""What `nbgrader submit` writes last."""
TIMESTAMP = "timestamp.txt"
SECONDS_WITHOUT_SECRET = 60
"""After this time a submission without secret is whole too: an older nbgrader made it."""

INCOMING = ".incoming-"
_STUDENT = re.compile(r"[^.*?\[\]/][^*?\[\]/]*")
"""A name that is no pattern and stays below the folder of submissions."""


class WholeCollect(ExchangeCollect):
    """nbgrader's, but a submission appears as a whole, and links in it stay links.

    nbgrader's own copies what a link points to, whosever that is.
    """

    def _sort_by_timestamp(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        whole = [one for one in records if _is_whole(Path(self.inbound_path, one["filename"]))]
        found: list[dict[str, Any]] = super()._sort_by_timestamp(whole or records)
        return found

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        if self.get_size(src) > 1000 * self.coursedir.max_dir_size:
            raise ExchangeError(f"{src} is larger than c.CourseDirectory.max_dir_size allows")
        submitted = Path(self.coursedir.root, self.coursedir.submitted_directory)
        new = tempfile.mkdtemp(prefix=INCOMING, dir=submitted)
        try:
            ignored = ignore_patterns(
                exclude=self.coursedir.ignore,
                include=self.coursedir.include,
                max_file_size=self.coursedir.max_file_size,
                log=self.log,
            )
            copy = os.path.join(new, "copy")
            shutil.copytree(src, copy, symlinks=True, ignore=ignored)
            os.chmod(copy, 0o755)
            os.rename(copy, dest)
        finally:
            shutil.rmtree(new, ignore_errors=True)


class Exchange:
    """The exchange of one assignment, if the course has one.

    Args:
        course: the course.
        assignment: the assignment.
        say: is told what nbgrader warns of.
    """

    def __init__(self, course: Course, assignment: str, say: Callable[[str], None]):
        self._course = course
        self._assignment = assignment
        self._say = say
        course_id = course.option("course_id")
        root = Path(DefaultExchange(config=course.config).root)
        self._inbound = root / course_id / "inbound" if course_id else None
        self._seen: set[str] = set()
        self._log = logging.Logger("nbgrader", logging.WARNING)
        self._log.addHandler(_Sayer(say))
        for left in course.folder("submitted").glob(f"{INCOMING}*"):
            shutil.rmtree(left, ignore_errors=True)

    @property
    def is_there(self) -> bool:
        return self._inbound is not None and self._inbound.is_dir()

    def collect(self) -> list[str]:
        """Fetch what students have submitted since; whose submission is new in the course."""
        if self._inbound is None:
            return []
        try:
            names = set(os.listdir(self._inbound))
        except OSError:
            return []
        self._seen &= names
        students: dict[str, set[str]] = {}
        for name in names - self._seen:
            student, *rest = name.rsplit("+", 3)
            if rest[:1] != [self._assignment] or not _STUDENT.fullmatch(student):
                self._seen.add(name)
            elif _is_whole(self._inbound / name):
                students.setdefault(student, set()).add(name)
        return [student for student in sorted(students) if self._fetch(student, students[student])]

    def _fetch(self, student: str, names: set[str]) -> bool:
        folder = self._course.folder("submitted", student, self._assignment)
        if self._is_request_only(student, names, folder):
            self._seen |= names
            return False
        folder.parent.mkdir(parents=True, exist_ok=True)
        before = _inode(folder)
        collector = WholeCollect(coursedir=self._coursedir(student), config=self._course.config)
        collector.update, collector.log = True, self._log
        try:
            collector.start()
        except (ExchangeError, OSError, RuntimeError) as error:
            self._say(f"not collected: {student}: {error}")
        self._seen |= names
        return _inode(folder) not in (None, before)

    def _is_request_only(self, student: str, names: set[str], folder: Path) -> bool:
        """Whether what came is what was handed in before, with a regrade request, which is kept.

        Such a submission takes nobody's place: it came later, and the first one is what is graded.
        """
        if self._inbound is None or not folder.is_dir():
            return False
        newest = max(names, key=lambda name: name.rsplit("+", 3)[2])
        files = read_submission(self._inbound / newest)
        texts, others = split_requests(files)
        before = split_requests(read_submission(folder))[1]
        if not texts or digest_of(others) != digest_of(before):
            return False
        keep_requests(self._course, self._assignment, student, files)
        self._say(f"regrade request of {student}: 'autograder requests {self._assignment}'")
        return True

    def release(self, student: str) -> None:
        """Put a student's pages where `nbgrader fetch_feedback` finds them, if they are not there.

        Only what came through the exchange can go back through it.
        """
        folder = self._course.folder("feedback", student, self._assignment)
        if not self.is_there or not all((folder / one).is_file() for one in (SECRET, TIMESTAMP)):
            return
        pages = sorted(folder.glob("*.html"))
        told = [(page.name, page.stat().st_mtime_ns, page.stat().st_size) for page in pages]
        digest = hashlib.sha256(repr(told).encode()).hexdigest()
        note = self._course.private / "released" / self._assignment / student
        if note.is_file() and note.read_text("utf-8", "replace") == digest:
            return
        releaser = ExchangeReleaseFeedback(
            coursedir=self._coursedir(glob.escape(student)), config=self._course.config
        )
        releaser.log = self._log
        try:
            releaser.start()
        except (ExchangeError, OSError) as error:
            self._say(f"feedback not released: {student}: {error}")
        else:
            write_whole(note, digest.encode())

    def _coursedir(self, student: str) -> CourseDirectory:
        return CourseDirectory(
            config=self._course.config,
            root=str(self._course.root),
            student_id=student,
            assignment_id=self._assignment,
        )


class _Sayer(logging.Handler):
    def __init__(self, say: Callable[[str], None]):
        super().__init__(logging.WARNING)
        self._say_line = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say_line(" ".join(record.getMessage().split()))


def _is_whole(folder: Path) -> bool:
    """Whether `nbgrader submit` has written all of a submission."""
    try:
        if (folder / SECRET).stat().st_size:
            return True
    except OSError:
        pass
    try:
        status = (folder / TIMESTAMP).stat()
    except OSError:
        return False
    return status.st_size > 0 and time.time() - status.st_mtime > SECONDS_WITHOUT_SECRET


def _inode(folder: Path) -> int | None:
    try:
        return folder.stat().st_ino
    except OSError:
        return None
