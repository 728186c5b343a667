"""Lateness and what it costs stand wherever somebody reads a score, and say the same."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, hand_in, new_course, notebook, run

from autograder.gradebook.grades import late_words, lateness

SAID = "Handed in 2 h 5 min late. {} points are taken off for that."


@pytest.fixture(scope="module")
def late_course(tmp_path_factory, solved) -> Path:
    """A course with a deadline and a rule that takes all points off; ada is late, emmy is not."""
    course = new_course(tmp_path_factory.mktemp("late") / "course")
    with open(course / "nbgrader_config.py", "a") as file:
        file.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    hand_in(course, "ada", solved | {"timestamp.txt": "2026-11-20 14:05:00 UTC"})
    hand_in(course, "emmy", solved | {"timestamp.txt": "2026-11-20 11:59:00 UTC"})
    due = "--duedate=2026-11-20 12:00:00 UTC"
    run(course, "nbgrader", "db", "assignment", "add", ASSIGNMENT, due)
    return course


@pytest.fixture(scope="module")
def graded_late(late_course, tmp_path_factory) -> tuple[Path, str]:
    course = tmp_path_factory.mktemp("graded_late") / "course"
    shutil.copytree(late_course, course)
    return course, run(course, "autograder", "grade", ASSIGNMENT, "--feedback", "--report")


def receipt(course: Path, student: str, name: str) -> str:
    path = course / "autograded" / student / ASSIGNMENT / f"{name}.ipynb"
    return "".join(notebook(path)["cells"][0]["source"])


def test_the_table_says_who_was_late_and_what_it_costs(graded_late):
    [ada] = [line for line in graded_late[1].splitlines() if line.startswith(" ada")]
    [emmy] = [line for line in graded_late[1].splitlines() if line.startswith(" emmy")]

    assert ada.rstrip().endswith("2 h 5 min late, -24")
    assert "0 of 24 so far" in ada
    assert "24 of 24 so far" in emmy and "late" not in emmy


@pytest.mark.parametrize("program", ["autograder", "nbgrader"])
def test_the_receipt_says_it_whichever_command_grades(late_course, graded_late, tmp_path, program):
    course = graded_late[0]
    if program == "nbgrader":
        course = Path(shutil.copytree(late_course, tmp_path / "course"))
        run(course, "nbgrader", "autograde", ASSIGNMENT)

    assert receipt(course, "ada", "convolution").endswith(f"**Late.** {SAID.format(8)}")
    assert receipt(course, "ada", "batch_norm").endswith(f"**Late.** {SAID.format(16)}")
    assert "Late" not in receipt(course, "emmy", "convolution")


def test_the_feedback_says_it(graded_late):
    ada, emmy = (
        (graded_late[0] / "feedback" / student / ASSIGNMENT / "convolution.html").read_text("utf-8")
        for student in ("ada", "emmy")
    )

    assert f'<p class="late">{SAID.format(8)}</p>' in ada
    assert "<strong>0 of 8 so far</strong>" in ada
    assert "<strong>8 of 8 so far</strong>" in emmy and 'class="late"' not in emmy


def test_the_report_says_it(graded_late):
    folder = graded_late[0] / "reports" / ASSIGNMENT
    page = re.sub(r"<[^<>]*>", "", (folder / "report.html").read_text("utf-8"))
    with open(folder / "students.csv", encoding="utf-8-sig", newline="") as file:
        ada, emmy = csv.DictReader(file)

    assert "1 submission came late: 24 points taken off." in page
    assert "ada 2.1 h late, 24 points taken off" in page
    assert ("2.1 h late", "24") == (ada["late"], ada["late_penalty"])
    assert ("", "0") == (emmy["late"], emmy["late_penalty"])


def test_the_export_says_it(graded_late):
    course = graded_late[0]
    run(course, "autograder", "export", ASSIGNMENT, "--partial", "--for", "points", "--to", "p.csv")
    with open(course / "p.csv", encoding="utf-8-sig", newline="") as file:
        ada, emmy = csv.DictReader(file)

    assert ("2 h 5 min late", "24", "0") == (ada["late"], ada["late_penalty"], ada["score"])
    assert ("", "0", "24") == (emmy["late"], emmy["late_penalty"], emmy["score"])


@pytest.mark.parametrize(
    "seconds, words",
    [
        (0, ""),
        (-5, ""),
        (20, "less than 1 min late"),
        (60, "1 min late"),
        (3600, "1 h late"),
        (7500, "2 h 5 min late"),
        (90_000, "1 d 1 h late"),
        (86_400 + 60, "1 d 1 min late"),
    ],
)
def test_lateness_is_said_in_two_units(seconds, words):
    assert words == late_words(seconds)


def test_a_lateness_that_costs_nothing_says_so():
    assert "Handed in 1 h late. No points are taken off for that." == lateness(3600, 0.0)
    assert "Handed in 1 h late. 1 point is taken off for that." == lateness(3600, 1.0)
