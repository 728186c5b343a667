"""`autograder report`: one page on a class, written by the command."""

from __future__ import annotations

import json
import sqlite3

import pytest
from support.courses import ASSIGNMENT, run

from autograder.course.course import open_course
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import load_exercise
from autograder.report import report_course


def test_the_report_stands_where_the_command_says_and_names_who_handed_in(graded, copy_of):
    course = copy_of(graded[0])

    said = run(course, "autograder", "report", ASSIGNMENT)

    assert f"wrote reports/{ASSIGNMENT}/report.html" in said
    page = (course / "reports" / ASSIGNMENT / "report.html").read_text(encoding="utf-8")
    assert "one-missing" in page
    assert list((course / "reports" / ASSIGNMENT).glob("*.csv"))


def test_grading_writes_the_report_on_request_and_says_where(graded, copy_of):
    course = copy_of(graded[0])

    said = run(course, "autograder", "grade", ASSIGNMENT, "--report")

    assert f"Class report: reports/{ASSIGNMENT}/report.html" in said
    assert (course / "reports" / ASSIGNMENT / "report.html").exists()


def test_names_are_left_out_on_request(graded, copy_of):
    course = copy_of(graded[0])

    run(course, "autograder", "report", ASSIGNMENT, "--anonymous", "--output", "shown")

    for path in (course / "shown").iterdir():
        assert "one-missing" not in path.read_text(encoding="utf-8")


def test_grading_notes_how_long_it_took_for_each_result(graded):
    course, _ = graded
    noted = json.loads((course / ".autograder" / "seconds" / f"{ASSIGNMENT}.json").read_text())
    recorded = (course / ".autograder" / "recorded" / ASSIGNMENT).iterdir()

    assert {path.read_text() for path in recorded} == set(noted)
    assert all(0 < seconds < 60 for seconds in noted.values())


def test_before_grading_the_report_says_what_to_do(handed_in):
    said = run(handed_in, "autograder", "report", ASSIGNMENT, ok=False)

    assert said.startswith("error: ")
    assert f"run 'autograder grade {ASSIGNMENT}'" in said


@pytest.mark.parametrize("kind", ["text", "folder"])
def test_a_gradebook_that_is_none_is_said_in_a_line(graded, copy_of, kind):
    course = copy_of(graded[0])
    gradebook = course / "gradebook.db"
    gradebook.unlink()
    if kind == "folder":
        gradebook.mkdir()
    else:
        gradebook.write_text("this is no database, and longer than its header")

    [said] = run(course, "autograder", "report", ASSIGNMENT, ok=False).splitlines()

    assert said.startswith("error: the gradebook sqlite:")


def test_a_gradebook_that_stays_locked_is_said_in_a_line(graded, copy_of, monkeypatch):
    course = open_course(copy_of(graded[0]))
    exercise = load_exercise(ASSIGNMENT, course.source_root)
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        connection.execute("begin exclusive")
        monkeypatch.setattr("autograder.gradebook.database.RETRY_SECONDS", 1.0)
        with pytest.raises(CourseError, match="another program has kept it locked"):
            report_course(course, exercise)
    connection.close()

    assert report_course(course, exercise).exists()
