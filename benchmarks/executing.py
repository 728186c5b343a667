"""How long executing takes, in one process: here, and as a bare fork with plain `exec`.

    python -m benchmarks.executing floor FILE
    python -m benchmarks.executing cells FILE
    python -m benchmarks.executing ours FILE

FILE is JSON: a list of submissions, each the texts of its notebooks by name. Prints one line of
JSON: for each submission the seconds that it took, the fastest of three rounds. The floor is a
process that has NumPy and Matplotlib loaded, and SciPy for submissions that use it; it forks for
each notebook and executes its cells one by one: no sandbox, no outputs, no traceback, no hidden
test. `cells` is the same cells in the sandbox, from the fork to the end of its process. `ours` is
all of grading except recording: repair, the cells, about 330 hidden calls and their verdicts.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from autograder.exercise.source_notebooks import Exercise, load_exercise

ROUNDS = 3
SOURCE = Path(__file__).parents[1] / "source"
Submission = dict[str, str]


def code_of(exercise: Exercise, name: str, text: str) -> list[str]:
    """The code cells that grading runs: all but the source's own pictures."""
    pictures = {cell.id for cell in exercise.notebooks[name].cells if "picture" in cell.tags}
    return [
        "".join(cell["source"])
        for cell in json.loads(text)["cells"]
        if cell["cell_type"] == "code" and cell["id"] not in pictures
    ]


def floor(exercise: Exercise) -> Callable[[Submission], None]:
    import matplotlib
    import numpy  # noqa: F401

    matplotlib.use("agg")
    import matplotlib.pyplot

    gc.collect()
    gc.freeze()

    def execute(submission: Submission) -> None:
        if uses_scipy(submission) and "scipy.signal" not in sys.modules:
            import scipy.linalg
            import scipy.signal  # noqa: F401

            gc.collect()
            gc.freeze()
        for name, text in submission.items():
            cells = code_of(exercise, name, text)
            child = os.fork()
            if child == 0:
                sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
                namespace: dict = {}
                for cell in cells:
                    try:
                        exec(compile(cell, "<cell>", "exec"), namespace)
                    except BaseException:
                        continue
                os._exit(0)
            os.waitpid(child, 0)

    return execute


def uses_scipy(submission: Submission) -> bool:
    return any("scipy" in text for text in submission.values())


def _factory(exercise: Exercise):
    import atexit

    from autograder.sandbox import open_sandbox

    factory = open_sandbox(cells=exercise.released_code)
    atexit.register(factory.close)
    gc.collect()
    gc.freeze()
    return factory


def cells(exercise: Exercise) -> Callable[[Submission], None]:
    factory = _factory(exercise)

    def execute(submission: Submission) -> None:
        for name, text in submission.items():
            session = factory.open()
            for cell in code_of(exercise, name, text):
                session.run_cell(cell)
            session.close()

    return execute


def ours(exercise: Exercise) -> Callable[[Submission], None]:
    from autograder.grading.grade import grade_submission
    from autograder.submission.files import SubmittedFile

    factory = _factory(exercise)

    def execute(submission: Submission) -> None:
        files = [
            SubmittedFile(f"{name}.ipynb", len(text.encode()), text.encode())
            for name, text in submission.items()
        ]
        grade_submission(files, exercise, factory)

    return execute


def main() -> None:
    kind, file = sys.argv[1:]
    exercise = load_exercise("exercise09", SOURCE)
    execute = {"floor": floor, "cells": cells, "ours": ours}[kind](exercise)
    # Those with SciPy come last: what is loaded for them makes every fork slower.
    submissions = sorted(json.loads(Path(file).read_text(encoding="utf-8")), key=uses_scipy)
    taken = []
    for submission in submissions:
        rounds = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            execute(submission)
            rounds.append(time.perf_counter() - began)
        taken.append(min(rounds))
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
