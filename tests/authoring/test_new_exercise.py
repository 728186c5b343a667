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


def test_outside_of_a_checkout_hidden_tests_stand_in_the_course(checkout, tmp_path):
    shutil.copytree(checkout / "autograder", tmp_path / "autograder")

    assert "wrote hidden/exercise11/first_steps.py" in run(tmp_path, "new", "exercise11")


def cells_of(checkout) -> list[dict]:
    path = checkout / "source" / NEW / "first_steps.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


@pytest.fixture(scope="module")
def with_task(checkout):
    """The same copy after a task was added to the new exercise."""
    run(checkout, "new-task", NEW, "leaky_relu")
    return checkout


def test_a_new_task_is_three_cells_after_the_others(with_task):
    ids = [cell["id"] for cell in cells_of(with_task)]

    assert ["leaky_relu_task", "leaky_relu", "test_leaky_relu"] == ids[-3:]
    assert "## 2. Leaky relu" in "".join(cells_of(with_task)[-3]["source"])


def test_a_new_task_works_before_anything_is_changed(with_task):
    run(with_task, "build", NEW)

    assert "leaky_relu | 2 | 0 | 2 | 0 | 2 |" in run(with_task, "measure", NEW)


def test_a_new_task_is_written_as_the_linters_ask(with_task):
    files = [with_task / "source" / NEW, *(with_task / "autograder" / NEW).glob("*.py")]
    for command in ("check", "format --check"):
        tool = [sys.executable, "-m", "ruff", *command.split(), "--config", "pyproject.toml"]
        done = subprocess.run([*tool, *files], cwd=REPOSITORY, capture_output=True, text=True)

        assert done.returncode == 0, done.stdout


def test_a_task_can_begin_an_exercise(checkout):
    run(checkout, "new-task", "exercise12", "softplus")

    assert "are what source/ gives" not in run(checkout, "build", "exercise12", "--check", ok=False)
    assert "dense_layer" not in (checkout / "autograder/exercise12/first_steps.py").read_text()


@pytest.mark.parametrize("taken", ["leaky_relu", "Call", "sum", "class", "2x", "Call-me", "a" * 31])
def test_a_task_whose_name_is_taken_or_no_name_is_refused(with_task, taken):
    before = cells_of(with_task)

    assert run(with_task, "new-task", NEW, taken, ok=False).startswith("error: ")
    assert before == cells_of(with_task)


def test_an_exercise_with_more_notebooks_asks_for_one(checkout):
    said = run(checkout, "new-task", "exercise09", "leaky_relu", ok=False)

    assert "--notebook" in said


def test_a_cell_that_was_copied_gets_its_grade_id_as_its_id(with_task, tmp_path):
    """As JupyterLab does: the copy has an id by chance, and then a new grade_id."""
    course = shutil.copytree(with_task, tmp_path / "course")
    path = course / "source" / NEW / "first_steps.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    for number, cell in enumerate(content["cells"]):
        cell["id"] = f"7f3c-{number}"
    path.write_text(json.dumps(content), encoding="utf-8")

    assert f"source/{NEW}/first_steps.ipynb" in run(course, "build", NEW, "--check", ok=False)
    run(course, "build", NEW)
    assert cells_of(with_task) == cells_of(course)


def test_two_cells_of_one_name_are_both_named(with_task, tmp_path):
    course = shutil.copytree(with_task, tmp_path / "course")
    path = course / "source" / NEW / "first_steps.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"].append(content["cells"][3] | {"id": "7f3c"})
    path.write_text(json.dumps(content), encoding="utf-8")

    said = run(course, "build", NEW, ok=False)

    assert "the cells 4 and 9 have the same grade_id, dense_layer" in said


def test_the_page_on_a_new_task_is_typed_in_ten_minutes():
    """At 40 words a minute; that its blocks work is shown by benchmarks/new_task.py."""
    from benchmarks.new_task import CHARACTERS_A_WORD, MOST_MINUTES, PAGE, WORDS_A_MINUTE, steps_of

    typed = sum(len(step.text) + 1 for step in steps_of(PAGE.read_text(encoding="utf-8")))

    assert 1000 < typed <= MOST_MINUTES * WORDS_A_MINUTE * CHARACTERS_A_WORD
