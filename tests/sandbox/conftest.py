from __future__ import annotations

import os
from dataclasses import replace

import pytest

from autograder.sandbox import Limits, open_sandbox
from autograder.sandbox.factory import Factory, walls
from autograder.sandbox.server import CannotStart

LIMITS = Limits(cell_seconds=5, ask_seconds=5, grace_seconds=1, memory_bytes=300 << 20)


@pytest.fixture(scope="session")
def sandbox():
    with open_sandbox(LIMITS) as factory:
        yield factory


@pytest.fixture(scope="session")
def unprotected():
    with open_sandbox(LIMITS, sandboxed=False) as factory:
        yield factory


@pytest.fixture
def session(sandbox):
    session = sandbox.open()
    yield session
    session.close()


@pytest.fixture(
    scope="session",
    params=list(walls()),
    ids=lambda wall: f"{wall.kind}-{'userns' if wall.as_user is None else wall.as_user}",
)
def every_wall(request):
    """Each way in which the sandbox can be built, whether or not it is the one that is chosen."""
    with Factory(request.param, replace(LIMITS, cell_seconds=3)) as factory:
        try:
            factory.open().close()
        except CannotStart as trouble:
            if os.geteuid() == 0 and "other users than root cannot read" in str(trouble):
                pytest.skip(str(trouble))  # see test_ordinary_user.py
            raise
        yield factory
