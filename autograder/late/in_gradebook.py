"""Lateness in nbgrader's gradebook: its column of extensions, its due dates, its penalties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from autograder.errors import CourseError
from autograder.late.extensions import NAME, Extension
from autograder.late.policy import Account, HandIn, Policy, accounts


def read_accounts(
    session: Session, policy: Policy, assignment: str, only: str | None = None
) -> dict[str, Account]:
    """What submissions to an assignment cost by their lateness, by student.

    Only those with a time and a due date are in it.

    Args:
        session: the gradebook's.
        policy: by what.
        assignment: the assignment.
        only: leave out all but this student.
    """
    query = (
        select(
            SubmittedAssignment.student_id,
            Assignment.name,
            Assignment.duedate,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.duedate.is_not(None), SubmittedAssignment.timestamp.is_not(None))
    )
    if only is not None:
        query = query.where(SubmittedAssignment.student_id == only)
    hand_ins: dict[str, list[HandIn]] = defaultdict(list)
    for student, name, duedate, timestamp, extension in session.execute(query):
        due = duedate.replace(tzinfo=UTC)
        until = due + extension if extension is not None else None
        hand_ins[student].append(HandIn(name, due, timestamp.replace(tzinfo=UTC), until))
    found = {student: accounts(policy, those) for student, those in hand_ins.items()}
    return {student: all_[assignment] for student, all_ in found.items() if assignment in all_}


def set_due_dates(session: Session, policy: Policy) -> bool:
    """Put the due dates of the configuration into the gradebook, without committing.

    Returns:
        Whether one was another.
    """
    changed = False
    for name, duedate in session.execute(select(Assignment.name, Assignment.duedate)).all():
        due = policy.due.get(name)
        if due is not None and _naive(due) != duedate:
            values = {"duedate": _naive(due)}
            session.execute(update(Assignment).where(Assignment.name == name).values(values))
            changed = True
    return changed


def set_extensions(
    session: Session,
    extensions: Mapping[tuple[str, str], Extension],
    only: str | None = None,
) -> set[tuple[str, str]]:
    """Put the table's extensions into nbgrader's column, without committing.

    An extension that was granted otherwise, and of which the table says nothing, stays.

    Args:
        session: the gradebook's.
        extensions: the table.
        only: leave out all but this student.

    Returns:
        Student and assignment of each submission with such an extension that stays.

    Raises:
        CourseError: if an extension ends before the assignment is due for all.
    """
    query = (
        select(
            SubmittedAssignment.id,
            SubmittedAssignment.student_id,
            Assignment.name,
            Assignment.duedate,
            SubmittedAssignment.extension,
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.duedate.is_not(None))
    )
    if only is not None:
        query = query.where(SubmittedAssignment.student_id == only)
    elsewhere = set()
    for id_, student, name, duedate, extension in session.execute(query).all():
        one = extensions.get((student, name))
        if one is None:
            if extension is not None:
                elsewhere.add((student, name))
            continue
        granted = _naive(one.until) - duedate
        if granted < timedelta():
            raise CourseError(
                f"{NAME}: the extension of {student} for {name} ends before it is due for all "
                f"({duedate} UTC)"
            )
        if granted != extension:
            session.execute(
                update(SubmittedAssignment)
                .where(SubmittedAssignment.id == id_)
                .values({"extension": granted})
            )
    return elsewhere


def set_penalties(session: Session, policy: Policy) -> None:
    """Work out what lateness takes off everywhere, without committing.

    Points that were given by hand, other deadlines and other extensions change it.
    """
    names = session.scalars(select(Assignment.name)).all()
    for name in names:
        late = read_accounts(session, policy, name)
        query = (
            select(
                SubmittedNotebook.id,
                SubmittedNotebook.late_submission_penalty,
                SubmittedNotebook.score,
                SubmittedAssignment.student_id,
            )
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(
                Assignment.name == name,
                SubmittedNotebook.late_submission_penalty.is_not(None)
                | SubmittedAssignment.student_id.in_(
                    [student for student, account in late.items() if account.charged]
                ),
            )
        )
        for id_, before, score, student in session.execute(query).all():
            account = late.get(student)
            penalty = account.penalty(score) if account is not None and account.charged else None
            if penalty != before:
                values = {"late_submission_penalty": penalty}
                session.execute(
                    update(SubmittedNotebook).where(SubmittedNotebook.id == id_).values(values)
                )


def _naive(moment: datetime) -> datetime:
    """As nbgrader keeps it: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)
