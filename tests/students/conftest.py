"""Both notebooks, worked through in a front end as a student does."""

from __future__ import annotations

import copy
import functools
import json
from dataclasses import dataclass, field

import pytest
from support.courses import ASSIGNMENT, REPOSITORY

from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.sandbox import open_sandbox

from .front_ends import FRONT_ENDS, opened
from .grading import graded

WRITTEN = "The rows share their entries."


@dataclass
class Work:
    """What came of it.

    Attributes:
        stopped_at: for each notebook, the cell at which running the release stopped.
        untouched: for each notebook, the release after every cell was run.
        solved: for each notebook, the same with all answers written, after every cell was run.
        saved: what the front end writes then, by file name.
        packages: which packages its kernel finds, of those asked for.
    """

    stopped_at: dict[str, dict | None] = field(default_factory=dict)
    untouched: dict[str, dict] = field(default_factory=dict)
    solved: dict[str, dict] = field(default_factory=dict)
    saved: dict[str, bytes] = field(default_factory=dict)
    packages: str = ""


@pytest.fixture(scope="session")
def exercise() -> Exercise:
    return load_exercise(ASSIGNMENT, REPOSITORY / "source")


@pytest.fixture(scope="session", params=FRONT_ENDS, ids=lambda one: one.name)
def work(request, student, exercise, tmp_path_factory) -> Work:
    front_end, done = request.param, Work()
    folder = tmp_path_factory.mktemp(front_end.name)
    for name, source in exercise.notebooks.items():
        path = REPOSITORY / "release" / ASSIGNMENT / f"{name}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        with opened(front_end, student, folder) as running:
            done.stopped_at[name] = running.run_all(notebook)
            for cell in code_cells(notebook):
                running.run(cell)
            done.untouched[name] = copy.deepcopy(notebook)
            for cell in notebook["cells"]:
                written = source.by_id[cell["id"]]
                if written.is_answer and cell["cell_type"] == "code":
                    cell["source"] = written.solved.splitlines(keepends=True)
                elif written.is_written_answer:
                    cell["source"] = [WRITTEN]
            for cell in code_cells(notebook):
                running.run(cell)
            done.solved[name] = notebook
            question = "[importlib.util.find_spec(one) for one in ('nbgrader', 'autograder')]"
            asked = {"id": "asked", "source": f"import importlib.util\n{question}"}
            [answer] = running.run(asked)
            done.packages = answer["data"]["text/plain"]
        done.saved[f"{name}.ipynb"] = json.dumps(front_end.saved(notebook)).encode()
    return done


@pytest.fixture(scope="session")
def points(exercise):
    """Points and remarks for files that are handed in: see `graded`."""
    sandbox = open_sandbox()
    yield functools.partial(graded, exercise=exercise, sandbox=sandbox)
    sandbox.close()


def code_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
