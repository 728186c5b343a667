"""Courses and clusters to test with. All of these tests are skipped where Dask is missing."""

from __future__ import annotations

import sys

import pytest
from course.conftest import exercise, solved  # noqa: F401


def pytest_collection_modifyitems(items) -> None:
    try:
        import distributed  # noqa: F401

        missing = ""
    except ImportError:
        missing = "Dask is not installed: pip install 'autograder[cluster]'"
    if sys.platform != "linux":
        missing = "grading needs Linux"
    for item in items:
        if missing and "cluster" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason=missing))
