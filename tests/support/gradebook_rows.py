"""What stands in a gradebook, without the random ids that tie its rows together."""

from __future__ import annotations

import sqlite3
from pathlib import Path

GRADES = """
    select student.id, notebook.name, base_cell.name, grade.auto_score, grade.manual_score,
           grade.extra_credit, grade.needs_manual_grade
    from grade join base_cell on base_cell.id = grade.cell_id
    join submitted_notebook on submitted_notebook.id = grade.notebook_id
    join notebook on notebook.id = submitted_notebook.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    join student on student.id = submitted_assignment.student_id
"""
COMMENTS = """
    select student.id, notebook.name, base_cell.name, comment.auto_comment, comment.manual_comment
    from comment join base_cell on base_cell.id = comment.cell_id
    join submitted_notebook on submitted_notebook.id = comment.notebook_id
    join notebook on notebook.id = submitted_notebook.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    join student on student.id = submitted_assignment.student_id
"""
SUBMISSIONS = """
    select student_id, assignment.name, timestamp, extension, notebook.name, flagged,
           late_submission_penalty
    from submitted_assignment
    join assignment on assignment.id = submitted_assignment.assignment_id
    join submitted_notebook on submitted_notebook.assignment_id = submitted_assignment.id
    join notebook on notebook.id = submitted_notebook.notebook_id
"""
CELLS = """
    select notebook.name, notebook.kernelspec, source_cell.name, source_cell.cell_type,
           source_cell.locked, source_cell.source, source_cell.checksum, grade_cells.max_score
    from source_cell join notebook on notebook.id = source_cell.notebook_id
    left join base_cell on base_cell.name = source_cell.name
         and base_cell.notebook_id = notebook.id and base_cell.type = 'GradeCell'
    left join grade_cells on grade_cells.id = base_cell.id
"""
STUDENTS = "select id, first_name, last_name, email, lms_user_id from student"


def rows(course: Path, query: str) -> list[tuple]:
    connection = sqlite3.connect(course / "gradebook.db")
    try:
        return sorted(connection.execute(query).fetchall(), key=repr)
    finally:
        connection.close()


def change(course: Path, statement: str, *values) -> None:
    connection = sqlite3.connect(course / "gradebook.db")
    try:
        assert connection.execute(statement, values).rowcount
        connection.commit()
    finally:
        connection.close()
