"""Courses whose gradebook holds written answers to mark, made without grading anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy
from nbgrader.api import Comment, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from support.courses import ASSIGNMENT, REPOSITORY

from autograder.course.course import Course, open_course
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.gradebook.database import gradebook_url, open_gradebook
from autograder.marking.scheme import Scheme, scheme_of
from autograder.marking.tables import METADATA

TASK = "explain_batch_norm"
NOTEBOOK = "batch_norm"


def scheme(task: str = TASK) -> Scheme:
    exercise = load_exercise(ASSIGNMENT, REPOSITORY / "source")
    cells = [cell for one in exercise.notebooks.values() for cell in one.written_answers]
    return next(scheme_of(cell) for cell in cells if cell.id == task)


def course_with(
    folder: Path, answers: Mapping[str, Mapping[str, str]], db_url: str | None = None
) -> Course:
    """A course in which these answers are autograded and wait for a person.

    Args:
        folder: an empty folder.
        answers: for each student the text of each written task.
        db_url: another gradebook than the folder's own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    if db_url is not None:
        config += f"\nc.CourseDirectory.db_url = {db_url!r}\n"
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    if not (folder / "source").exists():
        (folder / "source").symlink_to(REPOSITORY / "source")
    course = open_course(folder)
    exercise = load_exercise(ASSIGNMENT, course.source_root)
    with open_gradebook(course.db_url, course.option("course_id")) as gradebook:
        _fill(gradebook, exercise, answers)
    for student, texts in answers.items():
        autograded = course.folder("autograded", student, ASSIGNMENT)
        autograded.mkdir(parents=True)
        for name, source in exercise.notebooks.items():
            cells = []
            for cell in source.content["cells"]:
                grade_id = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
                if grade_id in texts:
                    cells.append(cell | {"source": texts[grade_id]})
            content = source.content | {"cells": cells}
            (autograded / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    return course


def _fill(
    gradebook: Gradebook, exercise: Exercise, answers: Mapping[str, Mapping[str, str]]
) -> None:
    gradebook.add_assignment(ASSIGNMENT)
    cells = {}
    notebooks = {}
    for name, source in exercise.notebooks.items():
        notebooks[name] = gradebook.add_notebook(name, ASSIGNMENT)
        for cell in source.written_answers:
            grade = gradebook.add_grade_cell(
                cell.id, name, ASSIGNMENT, cell_type="markdown", max_score=cell.points
            )
            solution = gradebook.add_solution_cell(cell.id, name, ASSIGNMENT)
            cells[cell.id] = (name, grade, solution)
    session = gradebook.db
    for student, texts in answers.items():
        session.add(Student(id=student))
        submission = SubmittedAssignment(
            assignment_id=notebooks[NOTEBOOK].assignment_id, student_id=student
        )
        session.add(submission)
        session.flush()
        for name, notebook in notebooks.items():
            row = SubmittedNotebook(assignment_id=submission.id, notebook_id=notebook.id)
            session.add(row)
            session.flush()
            for task in texts:
                if cells[task][0] == name:
                    session.add(Grade(cell=cells[task][1], notebook=row, needs_manual_grade=True))
                    session.add(Comment(cell=cells[task][2], notebook=row))
    session.commit()


def rows(course: Course, task: str = TASK) -> dict[str, tuple[float | None, bool, str | None]]:
    """What nbgrader's own gradebook says: score, whether it waits, and the comment, by student."""
    with open_gradebook(course.db_url, course.option("course_id")) as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions(ASSIGNMENT):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    if grade.name == task:
                        comment = next(one for one in notebook.comments if one.name == task)
                        found[submission.student_id] = (
                            grade.manual_score,
                            grade.needs_manual_grade,
                            comment.comment,
                        )
        return found


def forget_marking(course: Course) -> None:
    """All answers wait again, as if nobody had ever opened the page."""
    engine = sqlalchemy.create_engine(gradebook_url(course.db_url))
    with engine.begin() as connection:
        METADATA.create_all(connection)
        for table in METADATA.sorted_tables:
            connection.execute(table.delete())
        connection.execute(
            Grade.__table__.update().values(manual_score=None, needs_manual_grade=True)
        )
        connection.execute(Comment.__table__.update().values(manual_comment=None))
    engine.dispose()
