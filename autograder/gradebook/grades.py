"""What the gradebook holds of an assignment: points, what still waits for a person, lateness.

The one place from which the table in the terminal, feedback, exports and the report take these.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from autograder.course.course import Course
from autograder.errors import CourseError
from autograder.gradebook.database import gradebook_url, open_gradebook, retry_while_locked
from autograder.grading.grade import RECEIPT
from autograder.late.in_gradebook import read_accounts
from autograder.late.plugin import policy_of
from autograder.late.policy import Account, Policy

Cell = tuple[str, str]
"""The names of a notebook and of a graded cell in it."""


@dataclass
class StudentGrades:
    """What the gradebook holds of one student's submission to one assignment.

    Attributes:
        student: the id.
        first_name, last_name, email: as far as the gradebook knows them.
        handed_in: whether there is a submission.
        timestamp: when it was handed in, in UTC.
        seconds_late: by how much that was after the deadline, with the student's extension.
        points: by graded cell, extra credit included; 0 where a person still has to grade.
        by_hand: what a person gave, by graded cell.
        penalties: what is taken off for lateness, by notebook.
        waiting: graded cells to which a person still has to give points.
        account: how its lateness is charged, where the course has late days.
    """

    student: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    handed_in: bool = False
    timestamp: datetime | None = None
    seconds_late: float = 0.0
    points: dict[Cell, float] = field(default_factory=dict)
    by_hand: dict[Cell, float] = field(default_factory=dict)
    penalties: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    waiting: set[Cell] = field(default_factory=set)
    account: Account | None = None

    @property
    def penalty(self) -> float:
        return round(sum(self.penalties.values()), 6)

    @property
    def score(self) -> float:
        return max(0.0, sum(self.points.values()) - self.penalty)

    def lateness(self, penalty: float | None = None) -> str:
        """How late it was and what that costs, as sentences; "" where there is nothing to say.

        Args:
            penalty: what is taken off; by default from all notebooks together.
        """
        how = self.account.words if self.account is not None else ""
        return lateness(self.seconds_late, self.penalty if penalty is None else penalty, how)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class AssignmentGrades:
    """One assignment: its graded cells with their points, in order, and a row for each student."""

    name: str
    cells: dict[Cell, float]
    students: dict[str, StudentGrades]
    duedate: datetime | None = None

    @property
    def max_points(self) -> float:
        return sum(self.cells.values())

    def possible(self, student: StudentGrades) -> float:
        """What a student can have of the cells that are graded so far."""
        return sum(points for cell, points in self.cells.items() if cell not in student.waiting)


def class_grades(course: Course, assignment: str) -> AssignmentGrades:
    """The grades of an assignment in a course's gradebook; nobody's if it is not in there.

    Raises:
        CourseError: if the gradebook cannot be used.
    """
    db_url = gradebook_url(course.db_url)
    policy = policy_of(course.config)
    with open_gradebook(db_url, course.option("course_id")) as gradebook:

        def attempt() -> AssignmentGrades:
            gradebook.db.rollback()
            try:
                return read_grades(gradebook.db, assignment, policy=policy)
            except CourseError:
                return AssignmentGrades(assignment, {}, {})

        return retry_while_locked(db_url, attempt)


def read_grades(
    session: Session, assignment: str, only: str | None = None, policy: Policy | None = None
) -> AssignmentGrades:
    """The grades of an assignment, with a few queries however many students there are.

    Args:
        session: the gradebook's.
        assignment: the assignment's name.
        only: leave out all but this student.
        policy: how lateness is charged, where the course has late days.

    Raises:
        CourseError: the gradebook has no such assignment.
    """
    row = session.execute(
        select(Assignment.id, Assignment.duedate).where(Assignment.name == assignment)
    ).first()
    if row is None:
        known = session.scalars(select(Assignment.name).order_by(Assignment.name)).all()
        listed = ", ".join(known) or "none"
        raise CourseError(f"the gradebook has no assignment {assignment!r} (there is: {listed})")
    columns = (Student.id, Student.first_name, Student.last_name, Student.email)
    people = select(*columns).order_by(Student.id)
    of_assignment = SubmittedAssignment.assignment_id == row.id
    if only is not None:
        people = people.where(Student.id == only)
        of_assignment = and_(of_assignment, SubmittedAssignment.student_id == only)
    students = {
        id_: StudentGrades(id_, first or "", last or "", email or "")
        for id_, first, last, email in session.execute(people)
    }
    submissions = select(
        SubmittedAssignment.student_id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
    ).where(of_assignment)
    for student, timestamp, extension in session.execute(submissions):
        one = students[student]
        one.handed_in, one.timestamp = True, timestamp
        if timestamp is not None and row.duedate is not None:
            due = row.duedate + extension if extension is not None else row.duedate
            one.seconds_late = max(0.0, (timestamp - due).total_seconds())
    late = read_accounts(session, policy, assignment, only) if policy is not None else {}
    for student, account in late.items():
        students[student].account = account
    penalties = (
        select(
            SubmittedAssignment.student_id,
            Notebook.name,
            SubmittedNotebook.late_submission_penalty,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .where(of_assignment)
    )
    for student, notebook, penalty in session.execute(penalties):
        students[student].penalties[notebook] += penalty or 0.0
    scores = (
        select(
            SubmittedAssignment.student_id,
            Notebook.name,
            BaseCell.name,
            Grade.score,
            Grade.manual_score,
            Grade.extra_credit,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .where(of_assignment)
    )
    for student, notebook, cell, score, given, extra, needs in session.execute(scores):
        one = students[student]
        one.points[notebook, cell] = float(score or 0.0)
        if given is not None:
            one.by_hand[notebook, cell] = float(given) + float(extra or 0.0)
        elif needs:
            one.waiting.add((notebook, cell))
    return AssignmentGrades(assignment, _cells(session, row.id), students, row.duedate)


def _cells(session: Session, assignment: str) -> dict[Cell, float]:
    """The graded cells of an assignment, in order, with what they are worth."""
    notebooks = session.scalars(
        select(Notebook).where(Notebook.assignment_id == assignment).order_by(Notebook.name)
    )
    # The gradebook keeps no order of cells but that of the source cells, which are stored in order.
    cells: dict[Cell, float] = {}
    for notebook in notebooks:
        place = {cell.name: at for at, cell in enumerate(notebook.source_cells)}
        graded = [*notebook.grade_cells, *notebook.task_cells]
        for cell in sorted(graded, key=lambda cell: place.get(cell.name, len(place))):
            cells[notebook.name, cell.name] = float(cell.max_score)
    return cells


# How these read.


def total_words(score: float, possible: float, waits: bool) -> str:
    """ "10 of 16 so far" while something waits for a person, else "10 of 20"."""
    return f"{score:g} of {possible:g}" + (" so far" if waits else "")


def late_words(seconds: float) -> str:
    """ "2 h 5 min late"; "" if it is not."""
    if seconds <= 0:
        return ""
    minutes, hours, days = int(seconds // 60) % 60, int(seconds // 3600) % 24, int(seconds // 86400)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"))
    shown = [f"{count} {unit}" for count, unit in parts if count][:2]
    return f"{' '.join(shown) or 'less than 1 min'} late"


def lateness(seconds: float, penalty: float, how: str = "") -> str:
    """That a submission was late and what that costs, as sentences; "" if there is nothing to say.

    Args:
        seconds: by how much it was late.
        penalty: what is taken off.
        how: how that was worked out, as sentences.
    """
    if seconds <= 0:
        return how
    cost = f"{penalty:g} point{'' if penalty == 1 else 's'}" if penalty else "No points"
    verb = "is" if penalty == 1 else "are"
    said = [f"Handed in {late_words(seconds)}.", how, f"{cost} {verb} taken off for that."]
    return " ".join(filter(None, said))


def say_lateness(cells: list[dict[str, Any]], sentence: str) -> bool:
    """Put into a notebook's receipt, on top, how late it was and what that costs.

    Returns:
        Whether the receipt said something else before.
    """
    for cell in cells[:1]:
        if cell.get("id") == RECEIPT:
            source = cell["source"]
            text = source if isinstance(source, str) else "".join(source)
            # What a student wrote has no asterisk here that is not escaped.
            said = text.partition(_LATE)[0] + (f"{_LATE}{sentence}" if sentence else "")
            cell["source"] = said
            return said != text
    return False


_LATE = "\n\n**Late.** "
