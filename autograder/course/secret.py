"""The secret of a course, from which hidden cases are drawn that nobody can know beforehand.

Without it, all courses grade with the same cases, which stand in this repository.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import stat
from pathlib import Path

from autograder.course.files import write_whole
from autograder.errors import CourseError

NAME = "cases.secret"
BYTES = 32


def make_secret(root: Path) -> bool:
    """Make a course's secret, which only its owner can read; whether there was none before."""
    if (root / NAME).exists():
        return False
    write_whole(root / NAME, secrets.token_hex(BYTES).encode())  # with mode 600
    return True


def seed_of_cases(root: Path, assignment: str, student: str = "", attempt: int = 0) -> int | None:
    """Where hidden cases are drawn from, None if the course has no secret.

    Args:
        root: the course folder.
        assignment: the assignment.
        student: whose attempt; "" for the final set, which is the same for all.
        attempt: which of the student's attempts.

    Raises:
        CourseError: if others could read the secret, or it is none.
    """
    path = root / NAME
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise CourseError(f"{path} is no ordinary file, so it cannot be the course's secret")
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CourseError(f"{path} can be read by others: run 'chmod 600 {path}'")
    secret = path.read_bytes().strip()
    if len(secret) < BYTES:
        raise CourseError(f"{path} is too short for a secret: remove it, and it is made anew")
    told = json.dumps([assignment, student, attempt]).encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.new(secret, told, hashlib.sha256).digest()[:16], "big")
