"""Both commands take the time of a hand-in in the same way, and neither takes a guess."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, hand_in, new_course, run

TIMES = {
    "bom": ("\ufeff2026-11-20 12:01:00 UTC", "2026-11-20 12:01:00.000000"),
    "dots": ("05.12.2026 11:59", "2026-12-05 11:59:00.000000"),
    "epoch": ("1795176000", "2026-11-20 12:00:00.000000"),
    "words": ("yesterday evening", None),
    "zero": ("0000-00-00 00:00:00", None),
}


@pytest.mark.parametrize("program", ["autograder", "nbgrader"])
def test_a_time_is_read_rightly_or_a_person_must_say(tmp_path, solved, program):
    course = new_course(tmp_path / "course")
    for student, (text, _) in TIMES.items():
        hand_in(course, student, {**solved, "timestamp.txt": text})

    said = run(course, program, "grade" if program == "autograder" else "autograde", ASSIGNMENT)

    with sqlite3.connect(course / "gradebook.db") as gradebook:
        found = dict(
            gradebook.execute(
                "select student_id, timestamp from submitted_assignment where assignment_id = "
                "(select id from assignment where name = ?)",
                [ASSIGNMENT],
            )
        )
    assert {student: time for student, (_, time) in TIMES.items()} == found
    assert "Traceback" not in said
    for student, (_, time) in TIMES.items():
        [path] = Path(course, "autograded", student, ASSIGNMENT).glob("convolution.ipynb")
        assert ("a person must write" in path.read_text(encoding="utf-8")) == (time is None)
