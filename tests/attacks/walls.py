"""The walls that every attack is tried under."""

from __future__ import annotations

import os

import pytest

from autograder.errors import NoSandbox
from autograder.sandbox import Limits, open_sandbox
from autograder.sandbox.protocol import SessionFactory

WALLS = tuple(os.environ.get("WALLS", "bubblewrap landlock").split())
"""In a container that lets no program make namespaces, there is only one."""


def opened(wall: str, limits: Limits) -> SessionFactory:
    """A sandbox with that wall.

    Where root's Python is closed to all other users, Landlock refuses. The tests are then run with
    another Python, by `tests/sandbox/test_ordinary_user.py`.
    """
    try:
        return open_sandbox(limits, wall=wall)
    except NoSandbox as refusal:
        if os.geteuid() == 0 and "other users than root cannot read" in str(refusal):
            pytest.skip(str(refusal))
        raise
