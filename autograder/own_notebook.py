"""Judging in an instructor's own notebook, by plain Python calls in the notebook's own process."""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.exercise import load_exercise
from autograder.grading import examiner_of
from autograder.judge.report import report_html, report_text
from autograder.questions import LocalFunctions


def grade_here(task: str, exercise: str | None = None) -> None:
    """See `autograder.grade`."""
    here = Path.cwd()
    loaded = load_exercise(exercise or here.name, here.parent)
    examiner = examiner_of(loaded, loaded.notebook_of(task))
    result = examiner.judge(task, LocalFunctions(sys.modules["__main__"].__dict__))
    if result.points < result.max_points:
        raise AssertionError(report_text(result))
    from IPython.display import HTML, display

    display(HTML(report_html(result)))
