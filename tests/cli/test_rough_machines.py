"""Where a machine is not as it should be, grading goes on or says so in a line.

`benchmarks/rough.py` tries more, each by itself.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from support.courses import ASSIGNMENT, hand_in, new_course

from autograder import cli


def run_in_shell(course, before: str, *command: str, **environment: str | None):
    variables = {**os.environ, **environment}
    return subprocess.run(
        [
            "bash",
            "-c",
            f'{before}; exec "$@"',
            "bash",
            sys.executable,
            "-m",
            "autograder",
            *command,
        ],
        cwd=course,
        env={name: value for name, value in variables.items() if value is not None},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=300,
    )


def test_few_files_small_files_no_home_an_old_locale_and_an_odd_path_are_no_trouble(
    tmp_path, solved
):
    course = new_course(tmp_path / "Übung 9 'a' \"b\" $c #d\nand more")
    hand_in(course, "ada", solved)
    done = run_in_shell(
        course, "umask 077; ulimit -n 64; ulimit -f 2000; ulimit -v 1200000",
        "grade", ASSIGNMENT, "--jobs", "1",
        HOME=None, LC_ALL="C",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert re.search(r"ada .* (\d+) of \1 so far", done.stdout)


def test_too_little_memory_is_said_in_a_line(tmp_path):
    course = new_course(tmp_path / "course")
    done = run_in_shell(course, "ulimit -v 150000", "build", ASSIGNMENT, "--check")

    assert done.returncode == 1
    assert done.stderr.startswith("error: there is too little memory: 560 MB of address space")
    assert done.stderr.count("\n") == 1


def test_a_user_without_a_home_is_given_one_that_is_not_there(monkeypatch):
    def no_home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(cli.Path, "home", no_home)
    monkeypatch.setattr(sys, "argv", ["autograder", "--help"])
    monkeypatch.setenv("HOME", "as before")
    with_exit = None
    try:
        cli.main()
    except SystemExit as exit_:
        with_exit = exit_.code

    assert with_exit == 0
    assert os.environ["HOME"] == "/nonexistent"


def test_a_path_that_is_no_text_in_this_locale_is_named_in_a_line(tmp_path):
    course = new_course(tmp_path / "Übung")
    done = run_in_shell(
        course, "true", "build", ASSIGNMENT, "--check",
        LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0",
    )  # fmt: skip

    assert done.returncode == 1
    assert "set LC_ALL=C.UTF-8, or rename the folder" in done.stderr
    assert done.stderr.count("\n") == 1
