"""Late days in a course: configuration, table of extensions, and every place that says it."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from datetime import UTC, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from nbgrader.api import Gradebook
from support.courses import ASSIGNMENT, hand_in, new_course, notebook, run

from autograder.course.course import open_course
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import load_exercise
from autograder.export import export_grades
from autograder.gradebook.recorder import Recorder
from autograder.late.extensions import read_extensions

CONFIG = """
c.LateDays.zone = "Europe/Zurich"
c.LateDays.due = {"exercise09": "2026-10-24 23:59"}
c.LateDays.grace = 10
c.LateDays.bank = 1
c.LateDays.percent = 10
c.LateDays.most = 50
"""
# The clocks were changed on 25 October: that late day has 25 hours.
TIMES = {
    "grace": "2026-10-24 22:05:00 UTC",
    "banked": "2026-10-25 22:59:00 UTC",
    "late": "2026-10-25 23:00:00 UTC",
    "extended": "2026-10-26 22:59:00 UTC",
}
SAID = (
    "Handed in 1 d 1 h late. 2 days have begun; 1 of them is taken from the late days: 1 for the "
    "term, 0 left. 1 day more that has begun, at 10 % each, makes 10 %. {} points are taken off "
    "for that."
)
EXTENSIONS = "student,assignment,until,reason\nextended,exercise09,2026-10-26 23:59,ill\n"


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory, solved) -> Path:
    course = new_course(tmp_path_factory.mktemp("late_days") / "course")
    with open(course / "nbgrader_config.py", "a") as file:
        file.write(CONFIG)
    (course / "extensions.csv").write_text(EXTENSIONS)
    for student, time in TIMES.items():
        hand_in(course, student, solved | {"timestamp.txt": time})
    return course


@pytest.fixture(scope="module")
def graded(ungraded, tmp_path_factory) -> tuple[Path, str]:
    course = Path(shutil.copytree(ungraded, tmp_path_factory.mktemp("graded") / "course"))
    return course, run(course, "autograder", "grade", ASSIGNMENT, "--feedback")


def penalties(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            one.student.id: one.late_submission_penalty
            for one in gradebook.assignment_submissions(ASSIGNMENT)
        }


def settle(course: Path) -> set[str]:
    """What `autograder grade` does at its end."""
    opened = open_course(course)
    recorder = Recorder(opened, load_exercise(ASSIGNMENT, opened.source_root))
    try:
        return recorder.settle_lateness()
    finally:
        recorder.close()


def receipt(course: Path, student: str) -> str:
    path = course / "autograded" / student / ASSIGNMENT / "convolution.ipynb"
    return "".join(notebook(path)["cells"][0]["source"])


@pytest.mark.parametrize("program", ["autograder", "nbgrader"])
def test_both_commands_take_the_same_off(ungraded, graded, tmp_path, program):
    course = graded[0]
    expected = {"grace": 0, "banked": 0, "late": 2.4, "extended": 0}
    if program == "nbgrader":
        course = Path(shutil.copytree(ungraded, tmp_path / "course"))
        for student in ("grace", "banked"):
            shutil.rmtree(course / "submitted" / student)
            del expected[student]
        run(course, "nbgrader", "autograde", ASSIGNMENT)

    assert expected == pytest.approx(penalties(course))
    assert receipt(course, "late").endswith(f"**Late.** {SAID.format(0.8)}")
    assert receipt(course, "extended").endswith(
        "**Late.** The extension until Mon 26 Oct 2026, 23:59 CET holds."
    )
    assert "reason" not in receipt(course, "extended") and " ill" not in receipt(course, "extended")


def test_the_table_and_the_feedback_say_how_it_was_worked_out(graded):
    course, said = graded
    page = (course / "feedback" / "late" / ASSIGNMENT / "convolution.html").read_text("utf-8")

    assert f"late: {SAID.format(2.4)}" in said
    assert f'<p class="late">{SAID.format(0.8)}</p>' in page
    assert (
        "banked: Handed in 1 d 1 h late. 1 day has begun, taken from the late days"
        in (said.replace("2 d", "1 d"))
        or "1 day has begun, taken from the late days" in said
    )


def test_the_export_says_it(graded):
    course = graded[0]
    export_grades(open_course(course), ASSIGNMENT, "points", course / "p.csv", partial=True)
    with open(course / "p.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}

    assert SAID.format(2.4) == rows["late"]["lateness"]
    assert ("2.4", "21.6") == (rows["late"]["late_penalty"], rows["late"]["score"])


def test_nbgraders_column_holds_the_extension(graded):
    with Gradebook(f"sqlite:///{graded[0] / 'gradebook.db'}") as gradebook:
        extended = gradebook.find_submission(ASSIGNMENT, "extended")

        # Two days on the wall, of which one has 25 hours.
        assert timedelta(days=2, hours=1) == extended.extension
        assert 0 == extended.total_seconds_late


def test_what_changes_later_is_settled_without_grading_again(graded, copy_of):
    course = copy_of(graded[0])
    with open(course / "extensions.csv", "a") as file:
        file.write("late,exercise09,2026-10-25 23:59,bicycle\n")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("explain_parameter_sharing", "convolution", ASSIGNMENT, "late")
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    shutil.move(course / "extensions.csv", course / "later.csv")
    settle(course)
    # Two points by hand: ten percent of them as well.
    assert 2.6 == pytest.approx(penalties(course)["late"])
    assert SAID.format(1).replace("1 points are", "1 point is") in receipt(course, "late")

    shutil.move(course / "later.csv", course / "extensions.csv")
    settle(course)

    assert 0 == penalties(course)["late"]
    assert "10 %" not in receipt(course, "late")


@pytest.mark.parametrize(
    "table, part",
    [
        ("who,what\n", "has no column student"),
        (EXTENSIONS + "ada,exercise09,2026-10-25 02:30,\n", "line 3: the clocks showed"),
        (EXTENSIONS + "extended,exercise09,2026-10-28 10:00,\n", "line 3: extended has a row"),
        (EXTENSIONS + "ada,,2026-10-28 10:00,\n", "line 3: a row needs"),
        ("", "has no column student"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_a_line(tmp_path, table, part):
    (tmp_path / "extensions.csv").write_text(table)

    with pytest.raises(CourseError, match=part) as refused:
        read_extensions(tmp_path, ZoneInfo("Europe/Zurich"))
    assert "\n" not in str(refused.value)


def test_a_table_as_spreadsheets_write_it_is_read(tmp_path):
    text = "\ufeff" + EXTENSIONS.replace(",", ";") + ";;;\n"
    (tmp_path / "extensions.csv").write_text(text, encoding="utf-8")

    [one] = read_extensions(tmp_path, UTC).values()
    assert ("extended", "exercise09", "ill") == (one.student, one.assignment, one.reason)


def test_an_extension_that_shortens_is_refused(graded, copy_of):
    course = copy_of(graded[0])
    (course / "extensions.csv").write_text(EXTENSIONS.replace("10-26", "10-20"))

    with pytest.raises(CourseError, match="ends before it is due for all"):
        settle(course)


def test_an_extension_that_was_granted_otherwise_stays_and_is_named(graded, copy_of):
    course = copy_of(graded[0])
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.grant_extension(ASSIGNMENT, "late", days=3)

    assert {"late"} == settle(course)
    assert 0 == penalties(course)["late"]


def test_the_due_date_of_the_configuration_is_nbgraders(graded):
    with sqlite3.connect(graded[0] / "gradebook.db") as gradebook:
        [(due,)] = gradebook.execute("select duedate from assignment")

    assert "2026-10-24 21:59:00.000000" == due
