"""`autograder new`: a further exercise that works at once, with no change to the engine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from support.courses import REPOSITORY

NEW = "exercise10"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the repository in which the new exercise was made."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("autograder", "source"):
        shutil.copytree(
            REPOSITORY / name, copy / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copyfile(REPOSITORY / name, copy / name)
    run(copy, "new", NEW)
    return copy


def run(checkout, *command: str, ok: bool = True) -> str:
    """What `autograder` prints in a copy of the repository, whose package it takes."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *command],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    assert (done.returncode == 0) == ok, done.stdout
    return done.stdout


def test_a_new_exercise_is_built_and_its_release_holds_nothing_hidden(checkout):
    run(checkout, "build", NEW)

    assert "are what source/ gives" in run(checkout, "build", NEW, "--check")
    released = (checkout / "release" / NEW / "first_steps.ipynb").read_text(encoding="utf-8")
    assert "# Exercise 10: First Steps" in released
    assert "raise NotImplementedError()" in released
    for hidden in ("W @ x", "autograder", "HIDDEN", "SOLUTION"):
        assert hidden not in released


def test_the_grader_makes_no_error_on_a_new_exercise(checkout):
    assert "dense_layer" in run(checkout, "measure", NEW)


def test_a_new_exercise_is_graded(checkout):
    run(checkout, "sample", NEW, "sample")

    said = run(checkout, "grade", NEW, "--course-dir", "sample")

    assert "first_steps (of 2)" in said
    results = (checkout / "sample" / ".autograder" / "results" / NEW).rglob("*.json")
    points = [
        task["points"]
        for path in results
        for task in json.loads(path.read_text(encoding="utf-8"))["result"].get("tasks", ())
    ]
    assert {0.0, 2.0} <= set(points)


@pytest.mark.parametrize("taken", [NEW, "exercise09", "judge", "class", "../x", "Exercise 11"])
def test_a_name_that_is_taken_or_no_name_is_refused(checkout, taken):
    before = sorted(checkout.rglob("*.py"))

    said = run(checkout, "new", taken, ok=False)

    assert said.startswith("error: ")
    assert before == sorted(checkout.rglob("*.py"))


def test_outside_of_a_checkout_it_says_where_to_go(checkout, tmp_path):
    shutil.copytree(checkout / "autograder", tmp_path / "autograder")

    said = run(tmp_path, "new", "exercise11", ok=False)

    assert "clone the repository" in said
