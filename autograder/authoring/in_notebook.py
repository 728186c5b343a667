"""Judging in an instructor's own notebook, by plain Python calls in the notebook's own process."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

from autograder.exercise.calls import LocalFunctions
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.grading.grade import examiner_of
from autograder.judge.report import report_html, report_text
from autograder.result import TaskResult

_judged: dict[str, TaskResult] = {}
"""The last verdict on each task in this process: later tasks may build on a wrong earlier one."""


def grade_here(task: str, exercise: str | None = None) -> float:
    """See `autograder.grade`."""
    from IPython.display import display

    here = Path.cwd()
    loaded = _exercise(exercise or here.name, here.parent)
    examiner = examiner_of(loaded, loaded.notebook_of(task))
    wrong_before = {
        function
        for name, result in _judged.items()
        if result.points < result.max_points
        for function in examiner.functions_of(name)
    }
    functions = LocalFunctions(sys.modules["__main__"].__dict__)
    result = _judged[task] = examiner.judge(task, functions, wrong_before)
    display(_Report(result))
    return result.points


@functools.lru_cache(maxsize=1)
def _exercise(name: str, source_root: Path) -> Exercise:
    return load_exercise(name, source_root)


class _Report:
    """A verdict that shows itself, in a notebook and in a terminal."""

    def __init__(self, result: TaskResult):
        self.result = result

    def _repr_html_(self) -> str:
        return report_html(self.result)

    def __repr__(self) -> str:
        return report_text(self.result)
