"""What is not graded in the folder of submissions is named with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, hand_in, new_course, run

from autograder.course.course import open_course
from autograder.course.left_out import gone, left_out


@pytest.fixture
def course(tmp_path) -> Path:
    return new_course(tmp_path / "course")


def put(course: Path, path: str) -> None:
    file = course / "submitted" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{}")


@pytest.mark.parametrize(
    ("path", "named", "reason"),
    [
        ("s2/Exercise09/convolution.ipynb", "submitted/s2/Exercise09", "called exercise09"),
        ("s3/exercise9/convolution.ipynb", "submitted/s3/exercise9", "called exercise09"),
        ("s3/exercise 09/convolution.ipynb", "submitted/s3/exercise 09", "called exercise09"),
        ("s3/.exercise09/convolution.ipynb", "submitted/s3/.exercise09", "called exercise09"),
        ("s3/excercise09/convolution.ipynb", "submitted/s3/excercise09", "called exercise09"),
        ("s3/ex09/convolution.ipynb", "submitted/s3/ex09", "called exercise09"),
        ("s3/exercise/convolution.ipynb", "submitted/s3/exercise", "called exercise09"),
        ("s3/exercise09 (1)/a.ipynb", "submitted/s3/exercise09 (1)", "called exercise09"),
        ("s3/exercise09-late/a.ipynb", "submitted/s3/exercise09-late", "called exercise09"),
        ("s4/convolution.ipynb", "submitted/s4", "move them there"),
        ("s4/homework.zip", "submitted/s4", "move them there"),
        ("s5/exercise09.zip", "submitted/s5/exercise09.zip", "unpacked"),
        ("s6.ipynb", "submitted/s6.ipynb", "it is a file"),
        (".s7/exercise09/convolution.ipynb", "submitted/.s7", "hidden"),
        ("s8/exercise09", "submitted/s8/exercise09", "it is a file"),
        ("s\x1b[9/Exercise09/a.ipynb", "submitted/s\ufffd[9/Exercise09", "called exercise09"),
    ],
)
def test_it_is_named_with_the_reason(course, path, named, reason):
    put(course, path)

    [(shown, why)] = left_out(open_course(course), ASSIGNMENT).items()

    assert named == shown
    assert reason in why


@pytest.mark.parametrize(
    "path",
    [
        *("s1/exercise09/a.ipynb", "s1/exercise08/a.ipynb", "s1/exercise10/a.ipynb", ".DS_Store"),
        *("s1/project/a.ipynb", "s1/2026-11-20/a.ipynb"),
    ],
)
def test_submissions_and_other_assignments_are_not_among_them(course, path):
    put(course, path)

    assert {} == left_out(open_course(course), ASSIGNMENT)


def test_a_second_try_in_a_folder_of_its_own_is_named(course):
    put(course, "s1/exercise09/a.ipynb")
    put(course, "s1/exercise09-again/a.ipynb")
    put(course, "s1/lab09/a.ipynb")

    assert ["submitted/s1/exercise09-again"] == list(left_out(open_course(course), ASSIGNMENT))


def test_the_run_lists_them_and_fails(course, solved):
    hand_in(course, "s1", solved)
    put(course, "s2/Exercise09/convolution.ipynb")
    put(course, "s6.ipynb")

    said = run(course, "autograder", "grade", ASSIGNMENT, ok=False)

    assert "Not graded, because:" in said
    assert "submitted/s2/Exercise09: the folder has to be called exercise09" in said
    assert "2 of 3 submissions have no grade" in said

    (course / "submitted/s6.ipynb").unlink()
    (course / "submitted/s2").rename(course / "s2")
    (course / "submitted/s1").rename(course / "submitted/renamed")
    said = run(course, "autograder", "grade", ASSIGNMENT)

    assert "s1 has a grade in the gradebook and no folder any more: renamed handed in" in said


def test_a_course_in_which_nothing_is_in_its_place_says_what_is_there(course):
    put(course, "s2/Exercise09/convolution.ipynb")

    said = run(course, "autograder", "grade", ASSIGNMENT, ok=False)

    assert "nothing was handed in" in said
    assert "submitted/s2/Exercise09 is not graded: the folder has to be called exercise09" in said


def test_nobody_is_gone_from_a_course_that_was_never_graded(course):
    assert [] == gone(open_course(course), ASSIGNMENT, ["s1"])
