"""A stored result depends on all files that decide a grade, a comment, the recorded notebook."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.batch import store as storing
from autograder.batch.pool import grade_files
from autograder.batch.store import Store

PACKAGE = storing.PACKAGE
DECIDING = sorted(
    path.relative_to(PACKAGE).as_posix()
    for name in storing.DECIDING
    for path in ([PACKAGE / name] if name.endswith(".py") else (PACKAGE / name).rglob("*.py"))
)

LOADED_TO_GRADE = f"""
import sys
import {grade_files.__module__}, autograder.gradebook.recorder
import autograder.sandbox.factory, autograder.sandbox.inside.main
print(*(name for name in sys.modules if name.startswith("autograder.")))
"""

NOT_STORED = {"course", "late"}
"""Where a course's folders are, and what lateness costs: this is worked out anew by every run."""


@pytest.fixture
def package(tmp_path, monkeypatch) -> Path:
    """A copy of the package that the keys are made from."""
    copy = tmp_path / "autograder"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(storing, "PACKAGE", copy)
    return copy


def test_every_loaded_module_that_grades_is_in_a_deciding_folder():
    done = subprocess.run(
        [sys.executable, "-c", LOADED_TO_GRADE], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[1] for name in done.stdout.split()}

    assert {"judge", "grading", "gradebook"} <= loaded
    assert loaded <= {name.removesuffix(".py") for name in storing.DECIDING} | NOT_STORED


def test_what_workers_are_asked_to_call_decides():
    assert grade_files.__module__.split(".")[1] in storing.DECIDING


def test_a_changed_byte_in_any_deciding_file_is_noticed(tmp_path, exercise, package):
    before = Store(tmp_path, exercise, {}).key(())

    for name in DECIDING:
        path = package / name
        content = path.read_bytes()
        path.write_bytes(content + b"#")
        assert Store(tmp_path, exercise, {}).key(()) != before, name
        path.write_bytes(content)

    assert len(DECIDING) > 60
    assert Store(tmp_path, exercise, {}).key(()) == before


def test_a_changed_byte_anywhere_makes_another_package_for_workers(package):
    before = storing.digest_of_package.__wrapped__()

    (package / "cli.py").write_bytes((package / "cli.py").read_bytes() + b"#")

    assert storing.digest_of_package.__wrapped__() != before
