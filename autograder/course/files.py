"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import platform
import re
import tempfile
from pathlib import Path

WRITING = ".writing-"
"""How the name of a file begins that is not whole yet; then come the process and the machine."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there either with all of its content or not at all.

    Raises:
        OSError: with the file's name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{WRITING}{_writer()}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException as error:
        os.unlink(temporary)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)
        raise


def recorded_marker(private: Path, assignment: str, student: str) -> Path:
    """The file that holds the key of the result that was recorded last for a student.

    Args:
        private: the course's folder for stored results.
        assignment: the exercise.
        student: the student.
    """
    return private / "recorded" / assignment / student


def sweep_half_written(folder: Path) -> None:
    """Remove the files that processes left half written which were killed.

    Those of a process that is still at work on this machine stay: it may write at this moment.
    """
    for path in folder.rglob(f"{WRITING}*"):
        match = re.match(rf"{re.escape(WRITING)}(\d+)@{re.escape(platform.node())}-", path.name)
        if match is None or not _is_alive(int(match[1])):
            path.unlink(missing_ok=True)


def _writer() -> str:
    return f"{os.getpid()}@{platform.node()}"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return process != os.getpid()
