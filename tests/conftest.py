"""What several rooms share that takes long to make."""

from __future__ import annotations

import pytest
from students.environment import Environment, make_environment


@pytest.fixture(scope="session")
def student(tmp_path_factory) -> Environment:
    """A fresh virtual environment with what a student has."""
    return make_environment(tmp_path_factory.mktemp("student"))
