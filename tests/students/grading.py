"""What the grader makes of the files that a front end saved."""

from __future__ import annotations

from autograder.exercise.source_notebooks import Exercise
from autograder.grading.grade import grade_submission
from autograder.sandbox.protocol import SessionFactory
from autograder.submission.files import SubmittedFile


def graded(
    files: dict[str, bytes], exercise: Exercise, sandbox: SessionFactory
) -> tuple[dict[str, float], list[str]]:
    """The points of each task (1 for a written answer that is there), and what needs a look."""
    handed_in = [SubmittedFile(name, len(text), text) for name, text in files.items()]
    result = grade_submission(handed_in, exercise, sandbox)
    points = {task.task: task.points for one in result.notebooks for task in one.tasks}
    written = {task: float(was) for one in result.notebooks for task, was in one.written.items()}
    return points | written, [remark.sentence for remark in result.remarks if remark.urgency]


def full_points(exercise: Exercise, *notebooks: str) -> dict[str, float]:
    """The same for right answers to all tasks of some notebooks."""
    automatic = {
        task: one.points for name in notebooks for task, one in exercise.tasks[name].items()
    }
    answers = (cell for name in notebooks for cell in exercise.notebooks[name].written_answers)
    return automatic | {cell.id: 1.0 for cell in answers}
