"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

WRITING = ".writing-"
"""How the name of a file begins that is not whole yet."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there either with all of its content or not at all.

    Raises:
        OSError: with the file's name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=WRITING)
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
