"""What goes wrong around a course is one line that says what to do, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, REPOSITORY, hand_in, new_course, run
from support.gradebook_rows import GRADES, change, rows

from autograder.course.course import open_course
from autograder.errors import CourseError


def refused(course: Path, *command: str) -> str:
    said = run(course, "autograder", *command, ok=False).strip().splitlines()
    assert 1 == len(said), said
    assert said[0].startswith("error: ")
    return said[0]


@pytest.fixture
def course(tmp_path, solved):
    course = new_course(tmp_path / "course")
    hand_in(course, "ada", solved)
    return course


@pytest.mark.parametrize("name", ["a[1]", "what?", "c%20d", "all*", "x]"])
def test_a_course_path_in_which_nbgrader_cannot_work_is_named(tmp_path, name):
    (tmp_path / name).mkdir()

    with pytest.raises(CourseError, match=r"rename or move .*; what is in it stays as it is"):
        open_course(tmp_path / name)


@pytest.mark.parametrize("name", ["a course", "x{y}", "50%", "f#g", "(ü)"])
def test_other_course_paths_are_fine(tmp_path, name):
    (tmp_path / name).mkdir()

    assert name == open_course(tmp_path / name).root.name


def test_nothing_is_made_beside_such_a_course_nor_removed_from_it(tmp_path, solved):
    """SQLite would put the gradebook of `what?` into a folder `what`."""
    course = new_course(tmp_path / "what?")
    hand_in(course, "ada", solved)

    assert "rename or move" in refused(tmp_path, "grade", ASSIGNMENT, "--course-dir", "what?")
    said = refused(REPOSITORY, "sample", ASSIGNMENT, str(tmp_path / "sample?"))
    assert "rename or move" in said
    said = run(course, "nbgrader", "autograde", ASSIGNMENT, ok=False)
    assert "rename or move" in said
    assert "Traceback" not in said and "db assignment remove" not in said

    assert ["what?"] == [path.name for path in tmp_path.iterdir()]
    assert not (course / "gradebook.db").exists()


def test_a_misspelt_assignment_is_named_with_those_that_exist(course, solved):
    folder = hand_in(course, "ada", solved)
    folder.rename(folder.with_name("exercise9"))

    said = run(course, "nbgrader", "autograde", "exercise9", ok=False)

    assert "unknown assignment 'exercise9'" in said and f"there is: {ASSIGNMENT}" in said
    assert "Traceback" not in said


def test_a_misspelt_assignment_that_nobody_handed_in_is_one_too(course):
    said = run(course, "nbgrader", "autograde", "exercise9", ok=False)

    assert ASSIGNMENT in said and "Traceback" not in said


@pytest.mark.parametrize(
    "line, meant",
    [
        ("c.Execute.timeot = 30", "c.Execute has no option timeot: do you mean c.Execute.timeout?"),
        ("c.Grading.memry = 512", "c.Grading has no option memry: do you mean c.Grading.memory?"),
        ("c.Excute.timeout = 30", "c.Excute is no section: c.Execute?"),
        ("c.Grading.colour = 1", "c.Grading has no option colour"),
        (
            'c.LateSubmissionPlugin.penalty_methd = "zero"',
            "do you mean c.LateSubmissionPlugin.penalty_method?",
        ),
    ],
)
def test_a_misspelt_option_is_named_with_the_one_that_is_meant(course, line, meant):
    with open(course / "nbgrader_config.py", "a") as file:
        file.write(f"{line}\n")

    assert meant in refused(course, "grade", ASSIGNMENT)
    assert not (course / "gradebook.db").exists()


def test_options_of_exporters_and_of_other_programs_are_none_of_them(graded, copy_of):
    course = copy_of(graded[0])
    with open(course / "nbgrader_config.py", "a") as file:
        file.write("c.GradesExporter.partial = True\nc.MoodleExporter.column = 'Punkte'\n")
        file.write("c.ServerApp.port = 8899\nc.SomethingElse.colour = 1\n")

    assert "24 of 24" in run(course, "autograder", "grade", ASSIGNMENT)


OLD = "update alembic_version set version_num = '{}'"


@pytest.mark.parametrize("version, advice", [("167914646830", "db upgrade"), ("ffff", "newer")])
def test_a_gradebook_of_another_nbgrader_is_named_with_what_to_do(graded, copy_of, version, advice):
    course = copy_of(graded[0])
    change(course, OLD.format(version))
    before = rows(course, GRADES)

    for command in (["grade", ASSIGNMENT, "--force"], ["export", ASSIGNMENT]):
        said = run(course, "autograder", *command, ok=False)
        assert said.splitlines()[-1].startswith("error: the gradebook ")
        assert advice in said.splitlines()[-1] and "remove" not in said
        assert "Traceback" not in said
    said = run(course, "nbgrader", "autograde", ASSIGNMENT, "--force", ok=False)
    assert advice in said and "Traceback" not in said
    assert before == rows(course, GRADES)


def test_a_gradebook_that_lacks_a_column_is_named_with_what_to_do(graded, copy_of):
    course = copy_of(graded[0])
    change(course, OLD.format("e43177bfe90b"))
    with sqlite3.connect(course / "gradebook.db") as connection:
        connection.execute("alter table grade drop column extra_credit")

    for command in ("grade", "export"):
        said = run(course, "autograder", command, ASSIGNMENT, ok=False).splitlines()[-1]
        assert said.startswith("error: the gradebook ")
        assert "nbgrader db upgrade" in said


def test_an_exercise_without_proofs_is_named(tmp_path, course):
    package = tmp_path / "autograder_copy"
    subprocess.run(["cp", "-r", str(REPOSITORY / "autograder"), str(package)], check=True)
    (tmp_path / "path").mkdir()
    package.rename(tmp_path / "path" / "autograder")
    proofs = tmp_path / "path" / "autograder" / ASSIGNMENT / "equivalent_mutants.py"
    proofs.write_text('"""Nothing."""\n')
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from autograder.measure.measure import equivalent_mutants as f\n"
            "from autograder.exercise.source_notebooks import load_exercise\n"
            "from autograder.errors import AutograderError\n"
            "from pathlib import Path\n"
            "try:\n    f(load_exercise('exercise09', Path('source')))\n"
            "except AutograderError as error:\n    print(error)",
        ],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "path")},
        capture_output=True,
        text=True,
    )

    assert "equivalent_mutants.py has no PROOFS" in done.stdout, done.stderr
    assert 1 == len(done.stdout.splitlines())


def test_a_terminal_that_knows_ascii_only_shows_the_table(course, solved):
    hand_in(course, "zoë ✓", {"convolution.ipynb": solved["convolution.ipynb"]})
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--feedback", "--report"],
        cwd=course,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
    )

    assert 0 == done.returncode, done.stderr
    assert b"zo? ?" in done.stdout and b"24 of 24 so far" in done.stdout
    assert done.stdout.isascii() and b"Traceback" not in done.stderr
