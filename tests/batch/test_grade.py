"""`autograder grade`, as a user types it, and the rows that it leaves in nbgrader's gradebook."""

from __future__ import annotations

import shutil
import stat

import pytest
from nbgrader.api import Gradebook
from support.courses import ASSIGNMENT, STUDENTS, hand_in, notebook, run
from support.gradebook_rows import CELLS, COMMENTS, GRADES, SUBMISSIONS, change, rows
from support.gradebook_rows import STUDENTS as STUDENT_ROWS


def auto_points(course) -> dict[str, float]:
    points: dict[str, float] = {}
    for student, _, _, auto, *_ in rows(course, GRADES):
        points[student] = points.get(student, 0.0) + (auto or 0.0)
    return points


def test_solutions_get_all_automatic_points_and_the_written_answers_wait(graded):
    course, _ = graded

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, "ada")
        waiting = [
            grade.max_score
            for one in submission.notebooks
            for grade in one.grades
            if grade.needs_manual_grade
        ]

        assert (24, 30) == (submission.score, submission.max_score)
        assert [2, 2, 2] == waiting


def test_the_untouched_release_scores_nothing_and_waits_for_nobody(graded):
    course, _ = graded

    mine = [row for row in rows(course, GRADES) if row[0] == "kurt"]

    assert {0.0} == {row[3] for row in mine}
    assert {0} == {row[6] for row in mine}


def test_every_graded_cell_of_the_untouched_release_fails_with_not_implemented_only(graded):
    course, _ = graded

    for path in sorted((course / "autograded" / "kurt" / ASSIGNMENT).glob("*.ipynb")):
        errors = [
            output["ename"]
            for cell in notebook(path)["cells"]
            for output in cell.get("outputs", ())
            if cell["id"].startswith("test_") and output["output_type"] == "error"
        ]

        assert {"NotImplementedError"} == set(errors)


def test_a_known_mistake_costs_points_in_its_task_only(graded, exercise):
    course, _ = graded

    lost = {
        row[2]: exercise.notebooks[row[1]].by_id[row[2]].points - row[3]
        for row in rows(course, GRADES)
        if row[0] == "mixed" and row[3] is not None
    }

    assert {"test_convolution_matrix"} == {cell for cell, points in lost.items() if points}


def test_renamed_notebooks_lose_nothing(graded):
    course, _ = graded

    assert 24 == auto_points(course)["renamed"]


def test_everyone_who_handed_in_has_a_grade_and_an_autograded_folder(graded):
    course, _ = graded

    assert set(STUDENTS) == {row[0] for row in rows(course, GRADES)}
    for student in STUDENTS:
        names = {path.name for path in (course / "autograded" / student / ASSIGNMENT).iterdir()}
        assert {"convolution.ipynb", "batch_norm.ipynb"} <= names


def test_a_submission_without_anything_usable_waits_for_a_person_and_says_why(graded):
    course, _ = graded

    mine = [row for row in rows(course, GRADES) if row[0] == "nothing-usable"]
    comments = [row[3] for row in rows(course, COMMENTS) if row[0] == "nothing-usable"]

    assert {1} == {row[6] for row in mine}
    assert any(comment and "could be graded" in comment for comment in comments)


def test_the_table_names_every_student_and_what_waits(graded):
    _, said = graded

    for student in STUDENTS:
        assert student in said
    assert "Worth a look" in said
    assert "answers wait" in said


def test_autograded_notebooks_hold_no_hidden_line(graded):
    course, _ = graded

    for path in course.glob("autograded/**/*.ipynb"):
        assert "HIDDEN TESTS" not in path.read_text(encoding="utf-8")
        assert "from autograder" not in path.read_text(encoding="utf-8")


def test_autograded_files_are_read_only_as_nbgraders_are(graded):
    course, _ = graded

    for path in course.glob("autograded/*/*/*"):
        assert 0o444 == stat.S_IMODE(path.stat().st_mode)


def test_nothing_half_done_stays_behind(graded):
    course, _ = graded

    assert [] == list(course.glob("autograded/.*"))
    assert [] == list((course / ".autograder").rglob(".writing-*"))


@pytest.mark.parametrize("query", [CELLS, STUDENT_ROWS, GRADES, COMMENTS, SUBMISSIONS])
def test_plain_nbgrader_writes_the_same_rows(query, graded, graded_by_nbgrader):
    assert rows(graded_by_nbgrader[0], query) == rows(graded[0], query)


def test_plain_nbgrader_writes_the_same_notebooks(graded, graded_by_nbgrader):
    ours, theirs = graded[0] / "autograded", graded_by_nbgrader[0] / "autograded"

    files = sorted(path.relative_to(ours) for path in ours.rglob("*") if path.is_file())
    assert files == sorted(p.relative_to(theirs) for p in theirs.rglob("*") if p.is_file())
    for path in files:
        assert (ours / path).read_bytes() == (theirs / path).read_bytes(), path


def test_a_repeated_run_changes_nothing(graded, copy_of):
    course = copy_of(graded[0])
    before = {path: path.stat().st_mtime_ns for path in (course / "autograded").rglob("*.ipynb")}

    run(course, "autograder", "grade", ASSIGNMENT)

    assert before == {p: p.stat().st_mtime_ns for p in (course / "autograded").rglob("*.ipynb")}
    assert rows(graded[0], GRADES) == rows(course, GRADES)


def test_only_what_changed_is_graded_again(graded, copy_of, solved):
    course = copy_of(graded[0])
    before = {path: path.stat().st_mtime_ns for path in (course / "autograded").rglob("*.ipynb")}
    hand_in(course, "kurt", solved)

    run(course, "autograder", "grade", ASSIGNMENT)

    changed = {path.parts[-3] for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert {"kurt"} == changed
    assert 24 == auto_points(course)["kurt"]


def test_a_lost_gradebook_and_a_lost_folder_are_made_again(graded, copy_of):
    course = copy_of(graded[0])
    (course / "gradebook.db").unlink()
    shutil.rmtree(course / "autograded" / "ada")

    run(course, "autograder", "grade", ASSIGNMENT)

    assert rows(graded[0], GRADES) == rows(course, GRADES)
    assert (course / "autograded" / "ada" / ASSIGNMENT / "convolution.ipynb").exists()


def test_a_regrade_keeps_what_a_person_entered_and_asks_for_a_second_look(graded, copy_of):
    course = copy_of(graded[0])
    cell = "select id from base_cell where name = 'explain_rescaling'"
    mine = (
        "(select n.id from submitted_notebook n join submitted_assignment s"
        " on s.id = n.assignment_id where s.student_id = 'ada')"
    )
    change(
        course,
        f"update grade set manual_score = 1.5, needs_manual_grade = 0, extra_credit = 0.5"
        f" where cell_id in ({cell}) and notebook_id in {mine}",
    )
    change(
        course,
        f"update comment set manual_comment = 'Nicely put.'"
        f" where cell_id in ({cell}) and notebook_id in {mine}",
    )

    run(course, "autograder", "grade", ASSIGNMENT, "--student", "ada", "--force")

    [grade] = [r for r in rows(course, GRADES) if r[0] == "ada" and r[2] == "explain_rescaling"]
    [comment] = [r for r in rows(course, COMMENTS) if r[0] == "ada" and r[2] == "explain_rescaling"]
    assert (None, 1.5, 0.5, 1) == grade[3:]
    assert (None, "Nicely put.") == comment[3:]


def test_late_penalties_are_nbgraders(graded, copy_of):
    course = copy_of(graded[0])
    with open(course / "nbgrader_config.py", "a") as file:
        file.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    change(course, "update assignment set duedate = '2024-11-20 12:00:00.000000'")
    (course / "submitted" / "ada" / ASSIGNMENT / "timestamp.txt").write_text(
        "2024-11-20 14:00:00 UTC"
    )
    (course / "submitted" / "mixed" / ASSIGNMENT / "timestamp.txt").write_text(
        "2024-11-20 11:00:00 UTC"
    )

    run(course, "autograder", "grade", ASSIGNMENT)
    ours = rows(course, SUBMISSIONS)
    run(course, "nbgrader", "autograde", ASSIGNMENT, "--force", "--student", "ada")

    penalties = {row[0]: 0.0 for row in ours}
    for row in ours:
        penalties[row[0]] += row[6] or 0.0
    assert (24, 0) == (penalties["ada"], penalties["mixed"])
    assert rows(course, SUBMISSIONS) == ours
