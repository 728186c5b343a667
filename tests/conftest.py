"""Courses to test with: made once, graded once, copied where a test changes something."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from students.environment import Environment, make_environment
from support.courses import (
    ASSIGNMENT,
    REPOSITORY,
    first_mistake,
    hand_in,
    new_course,
    reference_answers,
    run,
)

from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import Exercise, load_exercise


@pytest.fixture(scope="session")
def exercise() -> Exercise:
    return load_exercise(ASSIGNMENT, REPOSITORY / "source")


@pytest.fixture(scope="session")
def solved(exercise: Exercise) -> dict[str, str]:
    """The notebooks with all solutions filled in, as a student would hand them in."""
    return {
        f"{name}.ipynb": fill_in(exercise, name, reference_answers(exercise, name))
        for name in exercise.notebooks
    }


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory, exercise: Exercise, solved: dict[str, str]) -> Path:
    """A course in which a few very different students handed in, ungraded."""
    course = new_course(tmp_path_factory.mktemp("handed_in"))
    released = {f"{name}.ipynb": fill_in(exercise, name, {}, False) for name in exercise.notebooks}
    hand_in(course, "ada", solved)
    hand_in(course, "kurt", released)
    hand_in(course, "mixed", first_mistake(exercise, solved, "convolution_matrix"))
    hand_in(course, "renamed", {f"{name[:-6]} (2).ipynb": text for name, text in solved.items()})
    cut = {"convolution.ipynb": solved["convolution.ipynb"][:-400]}
    hand_in(course, "cut-off", solved | cut)
    hand_in(course, "one-missing", {"batch_norm.ipynb": solved["batch_norm.ipynb"]})
    hand_in(course, "nothing-usable", {"notes.txt": "my notebook is on the other computer"})
    return course


@pytest.fixture(scope="session")
def graded(tmp_path_factory, handed_in: Path) -> tuple[Path, str]:
    """The same course after `autograder grade`, and what that printed."""
    course = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(handed_in, course)
    return course, run(course, "autograder", "grade", ASSIGNMENT)


@pytest.fixture(scope="session")
def graded_by_nbgrader(tmp_path_factory, handed_in: Path) -> tuple[Path, str]:
    """The same course after `nbgrader generate_assignment` and `nbgrader autograde`."""
    course = tmp_path_factory.mktemp("nbgrader") / "course"
    shutil.copytree(handed_in, course)
    run(course, "nbgrader", "generate_assignment", ASSIGNMENT)
    return course, run(course, "nbgrader", "autograde", ASSIGNMENT)


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """Copies a course, for a test that changes it."""

    def copy(course: Path) -> Path:
        return Path(shutil.copytree(course, tmp_path / "course"))

    return copy


@pytest.fixture(scope="session")
def with_feedback(tmp_path_factory, graded) -> tuple[Path, str]:
    """The graded course after `nbgrader generate_feedback`, and what that printed."""
    course = tmp_path_factory.mktemp("feedback") / "course"
    shutil.copytree(graded[0], course)
    return course, run(course, "nbgrader", "generate_feedback", ASSIGNMENT)


@pytest.fixture(scope="session")
def student(tmp_path_factory) -> Environment:
    """A fresh virtual environment with what a student has."""
    return make_environment(tmp_path_factory.mktemp("student"))
