"""`autograder doctor`, and what a run without a wall says."""

from __future__ import annotations

import subprocess
import sys

from support.courses import ASSIGNMENT, run

NO_WALL = """
import sys
from autograder.sandbox import bubblewrap
bubblewrap.binaries = lambda: iter(())
from autograder.cli import main
sys.argv = ["autograder", *sys.argv[1:]]
main()
"""
"""The command on a machine without bubblewrap."""


def without_bubblewrap(course, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", NO_WALL, *arguments]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=120)


def test_doctor_says_what_works_here(tmp_path):
    said = run(tmp_path, "autograder", "doctor")

    assert "Works: sandbox" in said
    assert "can be run behind a wall here" in said


def test_where_no_wall_can_be_built_doctor_says_what_to_do_and_fails(tmp_path):
    done = without_bubblewrap(tmp_path, "doctor")

    assert 1 == done.returncode
    assert "No bubblewrap" in done.stdout
    assert "apt install bubblewrap" in done.stderr


def test_the_table_of_a_run_without_a_wall_says_so(handed_in, copy_of):
    course = copy_of(handed_in)

    said = run(course, "autograder", "grade", ASSIGNMENT, "--no-sandbox", "--student", "ada")

    table = said[said.index("student ") :]
    assert "NO SANDBOX: students' code ran with the rights of the grader" in table
