"""What runs in a worker: it gets the bytes of a submission and gives back its result as JSON.

A worker sees no course folder and no gradebook. This stands here, since it decides what is stored.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path

from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.grading.grade import grade_submission
from autograder.grading.prepared import pack_result
from autograder.grading.run_notebook import Settings
from autograder.result import NotebookResult, from_json, to_json
from autograder.sandbox import Limits, open_sandbox
from autograder.sandbox.protocol import SessionFactory
from autograder.submission.files import Files


@dataclass(frozen=True)
class Setup:
    """All that a worker needs to know beside a submission's files.

    Attributes:
        assignment: the exercise's name.
        notebooks: name and text of each source notebook.
        limits: what the sandbox allows.
        sandboxed: whether there is a wall at all.
        wall: which one it is to be.
        settings: how notebooks are run.
    """

    assignment: str
    notebooks: tuple[tuple[str, str], ...]
    limits: Limits
    sandboxed: bool
    settings: Settings
    wall: str = "auto"


def setup_for(
    exercise: Exercise, limits: Limits, sandboxed: bool, settings: Settings, wall: str = "auto"
) -> Setup:
    notebooks = tuple((name, book.text) for name, book in exercise.notebooks.items())
    return Setup(exercise.name, notebooks, limits, sandboxed, settings, wall)


@functools.lru_cache(maxsize=1)
def _exercise(assignment: str, notebooks: tuple[tuple[str, str], ...]) -> Exercise:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in notebooks:
            path = Path(folder, assignment, f"{name}.ipynb")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_exercise(assignment, Path(folder))


def exercise_of(setup: Setup) -> Exercise:
    """This process's exercise, loaded once."""
    return _exercise(setup.assignment, setup.notebooks)


@functools.lru_cache(maxsize=1)
def _factory(limits: Limits, sandboxed: bool, cells: tuple[str, ...], wall: str) -> SessionFactory:
    """This process's sandbox, opened once and closed when the process ends."""
    factory = open_sandbox(limits, sandboxed=sandboxed, cells=cells, wall=wall)
    # A worker of multiprocessing ends without running atexit's functions.
    Finalize(None, factory.close, exitpriority=10)
    atexit.register(factory.close)
    return factory


def _factory_of(setup: Setup) -> SessionFactory:
    cells = exercise_of(setup).released_code
    return _factory(setup.limits, setup.sandboxed, cells, setup.wall)


def prepare_or_refuse(setup: Setup) -> None:
    """Open this process's sandbox and load the exercise.

    Raises:
        NoSandbox, ExerciseError: if that is not possible here.
    """
    _factory_of(setup)


def prepare(setup: Setup) -> None:
    """Do beforehand what the first submission would wait for."""
    # What goes wrong here goes wrong again, with its reason, when a submission is graded.
    with contextlib.suppress(Exception):
        prepare_or_refuse(setup)
    # What is here now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def grade_files(setup: Setup, files: Files, known: Mapping[str, str] = {}) -> str:
    """What a worker does: the result for one submission and the seconds that it took, as JSON.

    Args:
        setup: how to grade.
        files: what was handed in.
        known: results of some notebooks that still stand, as JSON.
    """
    exercise = exercise_of(setup)
    factory = _factory_of(setup)
    started = time.perf_counter()
    stand = {name: from_json(NotebookResult, json.loads(text)) for name, text in known.items()}
    result = grade_submission(files, exercise, factory, setup.settings, stand)
    packed = to_json(pack_result(result))
    return json.dumps({"packed": packed, "seconds": time.perf_counter() - started})
