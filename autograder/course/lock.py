"""Locks that keep two processes out of one course."""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from autograder.course.files import sweep_half_written
from autograder.errors import CourseError


@contextlib.contextmanager
def exclusive_run(
    private: Path, course: Path, name: str = "running", command: str = "autograder grade"
) -> Iterator[None]:
    """Keep a second run out of a course for as long as this one lasts.

    Runs of different names go on side by side. What each records, it records under `Course.lock`.

    Args:
        private: the course's folder for stored results.
        course: the course, for the message.
        name: which runs are kept apart.
        command: what runs, for the message.

    Raises:
        CourseError: at once, if another run is at work or nothing can be locked here.
    """
    private.mkdir(exist_ok=True)
    with open(private / name, "a+") as file:
        try:
            take_lock(file, wait=False)
        except BlockingIOError:
            file.seek(0)
            who = file.read().strip()
            raise CourseError(
                f"another '{command}' is at work in {course}"
                + (f" ({who})" if who else "")
                + ": wait for it to end, or stop it with Ctrl-C, and run this again"
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()} on {platform.node()}")
        file.flush()
        sweep_half_written(private)
        yield


def is_running(private: Path, name: str) -> bool:
    """Whether a run of this name is at work in a course."""
    try:
        with open(private / name, "r+") as file:
            take_lock(file, wait=False)
    except BlockingIOError:
        return True
    except (OSError, CourseError):
        pass
    return False


def take_lock(file: IO[str], wait: bool) -> None:
    """Lock an open file against other processes until it is closed.

    Raises:
        BlockingIOError: if another process has locked it and this one is not to wait.
        CourseError: if its file system has no locks.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError as error:
        raise CourseError(
            f"{file.name} cannot be locked ({error.strerror}), so two runs at once could not be "
            "kept apart: mount this file system with locks (NFS: version 4, or 3 with rpc.statd), "
            "or use a course folder on another one"
        ) from None
