"""Courses to test with: made once, graded once, copied where a test changes something."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course, open_course
from autograder.exercise import Exercise, load_exercise
from autograder.sample import fill_in

REPOSITORY = Path(__file__).parents[2]
ASSIGNMENT = "exercise09"
STUDENTS = ("ada", "kurt", "mixed", "renamed", "cut-off", "one-missing", "nothing-usable")


def run(course: Path, *command: str, ok: bool = True, **environment: str) -> str:
    """What a command prints that a user would type in a course folder."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=course,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])} | environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    assert (done.returncode == 0) == ok, done.stdout
    return done.stdout


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


def reference_answers(exercise: Exercise, notebook: str) -> dict[str, tuple[str, ...]]:
    source = exercise.notebooks[notebook]
    return {task: (source.by_id[task].source,) for task in exercise.tasks[notebook]}


def new_course(folder: Path) -> Path:
    """A fresh clone of what a course needs."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(REPOSITORY / "nbgrader_config.py", folder / "nbgrader_config.py")
    shutil.copytree(REPOSITORY / "source", folder / "source")
    return folder


def hand_in(course: Path, student: str, files: dict[str, str]) -> Path:
    folder = course / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def first_mistake(exercise: Exercise, solved: dict[str, str], task: str) -> dict[str, str]:
    """The solutions, with a known mistake in one task."""
    notebook = exercise.notebook_of(task)
    answers = reference_answers(exercise, notebook)
    answers[task] = exercise.mistakes(task)[0].cells
    return solved | {f"{notebook}.ipynb": fill_in(exercise, notebook, answers)}


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
def repository() -> Course:
    return open_course(REPOSITORY)


def notebook(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def with_feedback(tmp_path_factory, graded) -> tuple[Path, str]:
    """The graded course after `nbgrader generate_feedback`, and what that printed."""
    course = tmp_path_factory.mktemp("feedback") / "course"
    shutil.copytree(graded[0], course)
    return course, run(course, "nbgrader", "generate_feedback", ASSIGNMENT)
