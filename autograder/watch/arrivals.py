"""What arrives in the folder of submissions: polled, since this also works on network drives."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.errors import CourseError
from autograder.submission.files import MAX_DEPTH, MAX_LISTED

Signature = tuple[tuple[str, int, int, int], ...]
"""Path, size, time of change and inode of each file: what changes when something is handed in."""


SECONDS_BETWEEN_LOOKS = 2.0
"""How often the files of a submission are looked at that was answered already."""


@dataclass(frozen=True)
class Arrival:
    """A submission that is there as a whole, as far as one can tell."""

    student: str
    folder: Path
    signature: Signature


class Arrivals:
    """The submissions of an assignment that nobody has answered yet.

    Args:
        course: the course.
        assignment: the assignment.
        quiet: for how many seconds a folder must not have changed, so that it is there as a whole.
    """

    def __init__(self, course: Course, assignment: str, quiet: float):
        self._course = course
        self._assignment = assignment
        self._quiet = quiet
        self._since: dict[str, tuple[Signature, float]] = {}
        self._answered: dict[str, Signature] = {}
        self._looked: dict[str, tuple[tuple[int, int], float]] = {}

    def waiting(self) -> list[Arrival]:
        """What has arrived, the one that has waited longest first."""
        found = []
        now = time.monotonic()
        for student, folder in self._folders().items():
            if not self._may_have_changed(student, folder, now):
                continue
            signature = signature_of(folder)
            if signature == self._answered.get(student):
                continue
            known, since = self._since.get(student, (None, now))
            if known != signature:
                since = now
                self._since[student] = (signature, now)
            if now - since >= self._quiet:
                found.append((since, Arrival(student, folder, signature)))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def _may_have_changed(self, student: str, folder: Path, now: float) -> bool:
        """Whether to look at each file: seldom, where it was answered and names are as before."""
        try:
            status = os.stat(folder)
        except OSError:
            return True
        told = (status.st_ino, status.st_mtime_ns)
        known, looked = self._looked.get(student, (None, 0.0))
        if student in self._answered and told == known and now - looked < SECONDS_BETWEEN_LOOKS:
            return False
        self._looked[student] = (told, now)
        return True

    @property
    def coming(self) -> bool:
        """Whether something has changed just now, so that it is not waiting yet."""
        return any(
            signature != self._answered.get(student)
            for student, (signature, _) in self._since.items()
        )

    def has_arrived(self, student: str) -> None:
        """Note that a folder was put in place as a whole, so that nobody need wait for more."""
        folder = self._course.folder("submitted", student, self._assignment)
        self._since[student] = (signature_of(folder), time.monotonic() - self._quiet)

    def answered(self, arrival: Arrival) -> None:
        self._answered[arrival.student] = arrival.signature

    def again(self, student: str) -> None:
        """Have a submission that was answered wait once more."""
        self._answered.pop(student, None)

    def _folders(self) -> dict[str, Path]:
        try:
            found = self._course.submissions(self._assignment)
        except CourseError:  # nobody has handed in yet
            found = {}
        for student in self._since.keys() - found.keys():
            del self._since[student]
            self._answered.pop(student, None)
        return found


def signature_of(folder: Path) -> Signature:
    """What changes when a file in a folder does. Links are not followed."""
    found: list[tuple[str, int, int, int]] = []
    waiting = [(str(folder), "", 0)]
    while waiting and len(found) < MAX_LISTED:
        here, below, depth = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(status.st_mode):
                        if depth < MAX_DEPTH:
                            waiting.append((entry.path, f"{below}{entry.name}/", depth + 1))
                        continue
                    path = below + entry.name
                    found.append((path, status.st_size, status.st_mtime_ns, status.st_ino))
        except OSError:  # it is being replaced
            found.append((f"{below}?", 0, 0, 0))
    return tuple(sorted(found))
