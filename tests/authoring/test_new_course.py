"""`autograder new course` makes a course in an empty folder, with hidden tests of its own."""

from __future__ import annotations

import shutil

import pytest
from support.courses import run


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = tmp_path_factory.mktemp("courses") / "Deep Learning 1"
    course.mkdir()
    run(course, "autograder", "new", "course")
    run(course, "autograder", "build", "exercise01")
    return course


def test_a_new_course_is_named_after_its_folder(course):
    assert 'course_id = "Deep-Learning-1"' in (course / "nbgrader_config.py").read_text()


def test_a_new_course_grades_what_is_handed_in(course):
    submission = course / "submitted" / "ada" / "exercise01"
    shutil.copytree(course / "solutions" / "exercise01", submission)
    said = run(course, "autograder", "grade", "exercise01")

    assert "2 of 2" in said
    assert "dense_layer" in said


def test_the_sample_class_of_a_new_course_can_be_graded(course):
    run(course, "autograder", "sample", "exercise01", "sample")

    assert "2 of 2" in run(course, "autograder", "grade", "exercise01", "--course-dir", "sample")


def test_another_exercise_of_a_new_course_stands_in_its_folder(course):
    said = run(course, "autograder", "new", "exercise02")

    assert "wrote hidden/exercise02/first_steps.py" in said
    assert "release/ and solutions/" not in said
    run(course, "autograder", "build", "exercise02")


def test_a_course_that_is_there_is_kept(course):
    before = (course / "nbgrader_config.py").read_bytes()
    said = run(course, "autograder", "new", "course", ok=False)

    assert "begin a course in an empty folder" in said and said.count("\n") == 1
    assert before == (course / "nbgrader_config.py").read_bytes()
