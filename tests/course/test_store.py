"""What a stored result depends on."""

from __future__ import annotations

import subprocess
import sys

from autograder.store import NOT_GRADING

LOADED_TO_GRADE = """
import sys
import autograder.grading, autograder.sandbox.factory, autograder.runner.main
print(*(name for name in sys.modules if name.startswith("autograder.")))
"""

HARMLESS = {"own_notebook"}
"""Loaded with the package, for an instructor's own notebook: no grade comes from it."""


def test_no_module_that_grades_is_left_out_of_the_key():
    done = subprocess.run(
        [sys.executable, "-c", LOADED_TO_GRADE], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[1] for name in done.stdout.split()}

    assert "judge" in loaded
    assert not (loaded - HARMLESS) & {name.removesuffix(".py") for name in NOT_GRADING}
