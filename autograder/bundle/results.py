"""Grades one submission on Gradescope and writes what Gradescope reads.

The form is that of https://gradescope-autograders.readthedocs.io/en/latest/specs.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from autograder.course.files import write_whole
from autograder.course.settings import how_to_grade
from autograder.exercise.source_notebooks import Exercise
from autograder.grading.grade import grade_submission
from autograder.judge.report import report_text
from autograder.result import SubmissionResult
from autograder.sandbox import open_sandbox
from autograder.submission.files import read_submission

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
"""When students see a test, as Gradescope names it."""


def write_results(
    course: Course, exercise: Exercise, submission: Path, to: Path, details: str
) -> SubmissionResult:
    """Grade the files in a folder and write `results.json`.

    Nothing is written if there is no grade. Gradescope then says that grading failed, and no
    student sees a score that is none.
    """
    started = time.monotonic()
    how = how_to_grade(course.config)
    with open_sandbox(how.limits, cells=exercise.released_code, wall=how.wall) as sandbox:
        result = grade_submission(read_submission(submission), exercise, sandbox, how.settings)
    seconds = time.monotonic() - started
    write_whole(to, json.dumps(results(result, details, seconds), indent=1).encode())
    return result


def results(result: SubmissionResult, details: str, seconds: float) -> dict[str, Any]:
    """One graded submission in Gradescope's form.

    Each task is a test with its points. Written answers are tests without points: a person grades
    them. What concerns instructors alone is a test that students never see.

    Args:
        details: when students see what the hidden tests found, one of `VISIBILITIES`.
        seconds: how long it took.
    """
    tests: list[dict[str, Any]] = []
    for number, notebook in enumerate(result.notebooks, 1):
        for place, task in enumerate(notebook.tasks, 1):
            tests.append({
                "name": f"{notebook.name}: {task.task}",
                "number": f"{number}.{place}",
                "score": task.points,
                "max_score": task.max_points,
                "status": "passed" if task.points >= task.max_points else "failed",
                "output": report_text(task),
                "visibility": details,
            })  # fmt: skip
        for task_name, is_written in notebook.written.items():
            said = "A person grades this answer." if is_written else "There is no answer yet."
            tests.append({
                "name": f"{notebook.name}: {task_name}", "output": said, "visibility": "visible",
            })  # fmt: skip
    tests.append({
        "name": "For instructors only", "output": _for_instructors(result), "visibility": "hidden",
    })  # fmt: skip
    return {
        "execution_time": round(seconds),
        "output": _receipt(result),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def _for_instructors(result: SubmissionResult) -> str:
    lines = [result.sandbox]
    lines += [
        f"{task.task}: {', '.join(task.mistakes)}"
        for notebook in result.notebooks
        for task in notebook.tasks
        if task.mistakes
    ]
    lines += [f"To look at: {one.sentence}" for one in result.remarks if one.urgency]
    if not result.gradeable:
        lines.append("Nothing could be graded: a person has to look at what was handed in.")
    return "\n".join(lines)


def _receipt(result: SubmissionResult) -> str:
    """What was received, and what was done with it."""
    used = [f"{one.path} was graded as {one.used_as}." for one in result.received if one.used_as]
    remarks = [
        f"{one.notebook}: {one.sentence}" if one.notebook else one.sentence
        for one in result.remarks
    ]
    return "\n".join([*(used or ["There was no notebook that could be graded."]), *remarks])
