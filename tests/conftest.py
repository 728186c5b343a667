"""How the tests are spread over processes (`pytest -n 2 --dist loadgroup`, as `make test` does).

The tests of a file stay together, since they share what is slow to make: a sandbox, a graded course,
a browser. Only files of very many independent tests are split up.
"""

from __future__ import annotations

import pytest

SPLIT = {
    "test_attacks.py",
    "test_submissions.py",
    "test_damaged.py",
    "test_known_answers.py",
}
TOGETHER = {"browser", "cluster"}
"""Folders whose files share a server or a cluster."""


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items) -> None:
    for item in items:
        folder, file = item.path.parent.name, item.path.name
        if file not in SPLIT:
            group = folder if folder in TOGETHER else f"{folder}/{file}"
            item.add_marker(pytest.mark.xdist_group(group))
