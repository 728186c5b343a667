"""nbgrader's own commands, in a fresh clone, without further options."""

from __future__ import annotations

import csv
import shutil

import pytest
from support.courses import ASSIGNMENT, REPOSITORY, STUDENTS, hand_in, new_course, notebook, run
from support.gradebook_rows import GRADES, change, rows


def test_autograde_gives_solutions_24_points(graded_by_nbgrader):
    course, _ = graded_by_nbgrader

    assert 24 == sum(row[3] or 0 for row in rows(course, GRADES) if row[0] == "ada")


def test_autograde_leaves_nobody_out(graded_by_nbgrader):
    course, _ = graded_by_nbgrader

    assert set(STUDENTS) == {path.name for path in (course / "autograded").iterdir()}


def test_formgraders_button_grades_one_student(graded, copy_of, monkeypatch, solved):
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    from autograder.course.course import open_course

    course = copy_of(graded[0])
    monkeypatch.chdir(course)
    for name, text in solved.items():
        (course / "submitted" / "kurt" / ASSIGNMENT / name).write_text(text, encoding="utf-8")
    config = open_course(course).config
    api = NbGraderAPI(CourseDirectory(config=config, root=str(course)), config=config)

    done = api.autograde(ASSIGNMENT, "kurt")

    assert done["success"], done.get("error")
    assert 24 == sum(row[3] or 0 for row in rows(course, GRADES) if row[0] == "kurt")
    others = [row for row in rows(course, GRADES) if row[0] != "kurt"]
    assert [row for row in rows(graded[0], GRADES) if row[0] != "kurt"] == others


def test_one_notebook_alone_is_graded_again(graded_by_nbgrader, copy_of):
    course = copy_of(graded_by_nbgrader[0])
    folder = course / "autograded" / "ada" / ASSIGNMENT
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}

    run(
        course, "nbgrader", "autograde", ASSIGNMENT, "--student", "ada",
        "--notebook", "convolution", "--force",
    )  # fmt: skip

    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert ["convolution.ipynb"] == [name for name in before if before[name] != after[name]]
    assert rows(graded_by_nbgrader[0], GRADES) == rows(course, GRADES)


def test_feedback_shows_reports_scores_and_pictures_for_everyone(with_feedback):
    course, _ = with_feedback

    for student in STUDENTS:
        folder = course / "feedback" / student / ASSIGNMENT
        for name in ("convolution", "batch_norm"):
            assert (folder / f"{name}.html").exists()
    page = (course / "feedback" / "mixed" / ASSIGNMENT / "convolution.html").read_text()
    assert "<strong>4 of 8 so far</strong>" in page
    assert 'id="receipt"' in page or "Receipt" in page or "receipt" in page


def test_the_hint_of_a_known_mistake_stands_in_the_feedback(with_feedback, exercise):
    course, _ = with_feedback
    [hint, *_] = exercise.mistakes("convolution_matrix")[0].hints

    page = (course / "feedback" / "mixed" / ASSIGNMENT / "convolution.html").read_text()

    assert hint.split("`")[0].strip()[:40] in page


def test_manual_grades_and_comments_reach_feedback_and_export(graded, copy_of):
    course = copy_of(graded[0])
    written = (
        "notebook_id in (select n.id from submitted_notebook n join submitted_assignment s"
        " on s.id = n.assignment_id where s.student_id = 'ada')"
    )
    change(
        course,
        f"update grade set manual_score = 2, needs_manual_grade = 0"
        f" where needs_manual_grade and {written}",
    )
    change(course, f"update comment set manual_comment = 'Nicely put.' where {written}")

    run(course, "nbgrader", "generate_feedback", ASSIGNMENT, "--student", "ada")
    assert "answers wait for a person" in run(course, "nbgrader", "export", ok=False)
    run(course, "nbgrader", "export", "--GradesExporter.partial=True")

    page = (course / "feedback" / "ada" / ASSIGNMENT / "convolution.html").read_text()
    assert "Nicely put." in page
    assert "<strong>10 of 10</strong> points." in page
    with open(course / "grades.csv") as file:
        scores = {line["student_id"]: float(line["score"]) for line in csv.DictReader(file)}
    assert 30 == scores["ada"]
    assert set(STUDENTS) == set(scores)


def test_validate_accepts_the_solutions_and_names_what_fails_in_the_release():
    solutions = sorted((REPOSITORY / "solutions" / ASSIGNMENT).glob("*.ipynb"))
    released = REPOSITORY / "release" / ASSIGNMENT / "convolution.ipynb"
    if not solutions or not released.exists():
        pytest.skip("nothing is built yet")

    said = run(REPOSITORY, "nbgrader", "validate", *map(str, solutions))
    assert len(solutions) == said.count("Success! Your notebook passes all the tests.")

    said = run(REPOSITORY, "nbgrader", "validate", str(released))
    assert "NotImplementedError" in said


def test_zip_collect_puts_files_where_grading_looks(tmp_path, solved):
    course = new_course(tmp_path / "course")
    shutil.copytree(REPOSITORY / "release", course / "release")
    archive = course / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    for name, text in solved.items():
        (archive / f"ada_{name}").write_text(text, encoding="utf-8")

    run(course, "nbgrader", "zip_collect", ASSIGNMENT)

    collected = course / "submitted" / "ada" / ASSIGNMENT
    assert set(solved) == {path.name for path in collected.glob("*.ipynb")}


def test_the_exchange_takes_an_assignment_to_students_and_back(tmp_path, solved):
    course = new_course(tmp_path / "course")
    exchange, home = tmp_path / "exchange", tmp_path / "home"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    home.mkdir()
    at = (f"--Exchange.root={exchange}", f"--Exchange.cache={tmp_path / 'cache'}")
    student = (*at, "--course", "foundations-of-deep-learning")

    run(course, "nbgrader", "generate_assignment", ASSIGNMENT)
    run(course, "nbgrader", "release_assignment", ASSIGNMENT, *at)
    run(home, "nbgrader", "fetch_assignment", ASSIGNMENT, *student)
    fetched = home / ASSIGNMENT
    assert set(solved) == {path.name for path in fetched.glob("*.ipynb")}
    for name, text in solved.items():
        (fetched / name).write_text(text, encoding="utf-8")
    run(home, "nbgrader", "submit", ASSIGNMENT, *student)
    run(course, "nbgrader", "collect", ASSIGNMENT, *at)

    [handed_in] = (course / "submitted").glob(f"*/{ASSIGNMENT}")
    assert (handed_in / "timestamp.txt").exists()
    for name, text in solved.items():
        assert text == (handed_in / name).read_text(encoding="utf-8")
        assert notebook(handed_in / name)["cells"]


def test_late_timestamps_reach_the_gradebook(tmp_path, graded, copy_of):
    course = copy_of(graded[0])
    (course / "submitted" / "ada" / ASSIGNMENT / "timestamp.txt").write_text(
        "2024-11-20 14:00:00.000000 UTC"
    )

    run(course, "autograder", "grade", ASSIGNMENT)

    found = rows(course, "select student_id, timestamp from submitted_assignment")
    assert ("ada", "2024-11-20 14:00:00.000000") in found


def test_autograde_works_in_a_fresh_clone_without_generate_assignment(tmp_path, solved):
    course = new_course(tmp_path / "fresh")
    hand_in(course, "ada", solved)

    run(course, "nbgrader", "autograde", ASSIGNMENT)

    assert 24 == sum(row[3] or 0 for row in rows(course, GRADES) if row[0] == "ada")
