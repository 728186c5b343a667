"""What all rooms share: how the tests are spread over processes, and what takes long to make.

`make test` runs them with `pytest -n logical --dist loadgroup`. The tests of a file stay together,
since they share what is slow to make: a sandbox, a graded course, a browser. Only files of very many
independent tests are split up.
"""

from __future__ import annotations

import pytest
from students.environment import Environment, make_environment

SPLIT = {
    "test_attacks.py",
    "test_submissions.py",
    "test_damaged.py",
    "test_known_answers.py",
}
TOGETHER = {"browser", "cluster", "students"}
"""Folders whose files share a server, a cluster or an environment."""


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items) -> None:
    for item in items:
        folder, file = item.path.parent.name, item.path.name
        if file not in SPLIT:
            group = folder if folder in TOGETHER else f"{folder}/{file}"
            item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def student(tmp_path_factory) -> Environment:
    """A fresh virtual environment with what a student has."""
    return make_environment(tmp_path_factory.mktemp("student"))
