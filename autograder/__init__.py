"""Autograded exercises of "Foundations of Deep Learning".

In a source notebook, a graded cell ends with the hidden line

    from autograder import grade
    grade("convolve")

which judges the functions of the notebook that it stands in. That is for instructors, who run their
own solutions. When submissions are graded the line is not there: the judge stands outside.
"""

from __future__ import annotations

import os

__all__ = ["grade"]

HIDDEN = "AUTOGRADER_HIDDEN"
"""The variable that names a course's own folder of exercises, for processes that are started."""

if os.environ.get(HIDDEN):
    __path__.append(os.environ[HIDDEN])


def grade(task: str, exercise: str | None = None) -> float:
    """Judge one task with the functions of the notebook that calls this, and show the report.

    Args:
        task: the task's name.
        exercise: the exercise, by default the name of the notebook's folder.

    Returns:
        The points. As a cell's last value, this is what nbgrader reads as partial credit.

    Raises:
        ExerciseError: if there is no such task, or this is not called in a source notebook's
            folder.
    """
    from autograder.authoring.in_notebook import grade_here

    return grade_here(task, exercise)
