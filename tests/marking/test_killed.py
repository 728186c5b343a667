"""A server that is killed at any moment: what was answered is there, what was not is sent again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from support.courses import ASSIGNMENT

from autograder.course.course import Course, open_course
from autograder.marking.storage import Storage

from .gradebooks import TASK, rows
from .test_storage import untouched

__all__ = ["untouched"]

STATEMENTS = os.environ.get("AUTOGRADER_STEPS", "12")
"""Before how many of the statements a session is killed, or "all"."""


def history_of(course: Course) -> dict[str, list[tuple[str, float | None]]]:
    storage = Storage(course, ASSIGNMENT)
    try:
        return {
            state.student: [(one.kind, one.after) for one in storage.history(TASK, state.key)]
            for state in storage.states(TASK)
        }
    finally:
        storage.close()


def test_a_session_killed_before_any_statement_is_completed_to_the_same_gradebook(
    tmp_path: Path, untouched: Course
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            Path(__file__).with_name("kill_at_statement.py"),
            untouched.root,
            tmp_path,
            STATEMENTS,
        ],
        text=True,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 0, done.stderr
    killed = json.loads(done.stdout)
    assert len(killed) >= 10

    whole = open_course(tmp_path / "whole")
    expected, history = rows(whole), history_of(whole)
    assert [0.5, 0.75, 0.75, 0.75, None] == [
        score for score, _, _ in sorted(expected.values(), key=lambda row: (row[0] is None, row[0]))
    ]
    for name in killed:
        one = open_course(tmp_path / name)
        assert expected == rows(one), f"killed before statement {name}"
        assert history == history_of(one), f"killed before statement {name}"
