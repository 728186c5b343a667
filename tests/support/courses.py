"""What the tests of a course share: making one, handing in, and running commands in it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import Exercise
from support.warm import run_nbgrader

REPOSITORY = Path(__file__).parents[2]
ASSIGNMENT = "exercise09"
STUDENTS = ("ada", "kurt", "mixed", "renamed", "cut-off", "one-missing", "nothing-usable")


def run(course: Path, *command: str, ok: bool = True) -> str:
    """What a command prints that a user would type in a course folder."""
    if command[0] == "nbgrader":
        done = run_nbgrader([*command[1:]], course, timeout=300, together=True)
        assert (done.returncode == 0) == ok, done.stdout
        return done.stdout
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=course,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    assert (done.returncode == 0) == ok, done.stdout
    return done.stdout


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


def notebook(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))
