"""nbgrader's gradebook: opened, waited for while it is locked, its troubles said in a line."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import sqlalchemy
import sqlalchemy.exc
from alembic.script import ScriptDirectory
from nbgrader.api import (
    Assignment,
    Base,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import select
from sqlalchemy.engine import URL, Engine, make_url

from autograder.course.course import Course
from autograder.errors import CourseError

T = TypeVar("T")

UPGRADE = "'nbgrader db upgrade' brings it up to date, and keeps a copy"

RETRY_SECONDS = 30.0
"""How long to wait for another program that has locked the gradebook."""

SECONDS_AT_A_TIME = 0.5
"""How long SQLite waits by itself, in which nothing interrupts it."""

COLLISIONS = 3
"""How often to try again when another program has just written the same row."""


def gradebook_url(db_url: str) -> str:
    """The address under which to open a gradebook so that waiting for it can be interrupted.

    Raises:
        CourseError: if there is no such kind of address.
    """
    url = _parsed(db_url)
    if url.get_backend_name() == "sqlite" and "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(SECONDS_AT_A_TIME)})
    return url.render_as_string(hide_password=False)


def open_gradebook(db_url: str, course_id: str) -> Gradebook:
    """The gradebook at an address, made there if there is none.

    Raises:
        CourseError: if it cannot be used.
    """

    def attempt() -> Gradebook:
        _make_whole(db_url)
        return Gradebook(db_url, course_id)

    return retry_while_locked(db_url, attempt)


def rows_by_student(
    course: Course, assignment: str, only: str | None = None
) -> dict[str, list[tuple[object, ...]]]:
    """All that the gradebook holds of an assignment's submissions, without the rows' ids.

    Args:
        course: the course.
        assignment: the assignment.
        only: leave out all but this student.

    Raises:
        CourseError: if the gradebook cannot be used.
    """
    submission = (
        select(SubmittedAssignment.student_id, Notebook.name)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .where(Assignment.name == assignment)
    )
    if only is not None:
        submission = submission.where(SubmittedAssignment.student_id == only)
    queries = [
        submission.add_columns(
            SubmittedNotebook.late_submission_penalty,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            Assignment.duedate,
        ),
        submission.join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .add_columns(
            BaseCell.name,
            Grade.auto_score,
            Grade.manual_score,
            Grade.extra_credit,
            Grade.needs_manual_grade,
        ),
        submission.join(Comment, Comment.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Comment.cell_id)
        .add_columns(BaseCell.name, Comment.auto_comment, Comment.manual_comment),
    ]
    db_url = gradebook_url(CourseDirectory(config=course.config, root=str(course.root)).db_url)

    def attempt() -> dict[str, list[tuple[object, ...]]]:
        found: dict[str, list[tuple[object, ...]]] = {}
        engine = sqlalchemy.create_engine(db_url)
        try:
            with engine.connect() as connection:
                for query in queries:
                    for student, *values in connection.execute(query):
                        found.setdefault(student, []).append(tuple(values))
        finally:
            engine.dispose()
        return found

    return retry_while_locked(db_url, attempt)


def holds_hand_grades(course: Course) -> bool:
    """Whether a person entered anything into a course's gradebook: points, credit, comments.

    Raises:
        CourseError: if the gradebook cannot be used.
    """
    db_url = gradebook_url(course.db_url)
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    by_hand = [
        select(Grade.id).where((Grade.manual_score.is_not(None)) | (Grade.extra_credit > 0)),
        select(Comment.id).where(Comment.manual_comment.is_not(None)),
    ]

    def attempt() -> bool:
        engine = sqlalchemy.create_engine(db_url)
        try:
            if not sqlalchemy.inspect(engine).has_table(Grade.__tablename__):
                return False
            with engine.connect() as connection:
                return any(connection.execute(query.limit(1)).first() for query in by_hand)
        finally:
            engine.dispose()

    return retry_while_locked(db_url, attempt)


def retry_while_locked(db_url: str, attempt: Callable[[], T]) -> T:
    """What an attempt on the gradebook returns, repeated while another program keeps it locked.

    Args:
        db_url: the gradebook's address, for the message.
        attempt: leaves nothing behind when it fails.

    Raises:
        CourseError: in one line, if the gradebook cannot be used.
        sqlalchemy.exc.DataError: if it does not take a value, such as a name that is too long.
    """
    until = time.monotonic() + RETRY_SECONDS
    collisions = 0
    while True:
        try:
            return attempt()
        except sqlalchemy.exc.DataError:
            raise  # what is written is the trouble, not the gradebook
        except sqlalchemy.exc.IntegrityError as error:
            collisions += 1
            if collisions > COLLISIONS:
                raise _refusal(db_url, _first_line(error.orig)) from None
        except sqlalchemy.exc.DBAPIError as error:
            if not _is_locked(error):
                reason = _first_line(error.orig)
                if re.search(r"no such (column|table)|does not exist", reason):
                    reason += f" (if an older nbgrader made it, {UPGRADE})"
                raise _refusal(db_url, reason) from None
            if time.monotonic() > until:
                reason = (
                    f"another program has kept it locked for {RETRY_SECONDS:.0f} seconds "
                    f"({_first_line(error.orig)})"
                )
                raise _refusal(db_url, reason) from None
            time.sleep(0.05)
        except (sqlalchemy.exc.ArgumentError, ModuleNotFoundError) as error:
            raise _refusal(db_url, _missing(error)) from None


def _make_whole(db_url: str) -> None:
    """Make a gradebook's tables as nbgrader does, but all in one transaction.

    nbgrader makes them one by one and notes their version last: a gradebook whose making was
    interrupted has no version, and `nbgrader db upgrade` then fails.
    """
    engine = sqlalchemy.create_engine(db_url)
    try:
        scripts = ScriptDirectory(ALEMBIC_DIR)
        version = scripts.get_current_head()
        if tables := sqlalchemy.inspect(engine).get_table_names():
            if "alembic_version" in tables:
                _refuse_other_version(db_url, engine, scripts)
            return
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                # Python's SQLite begins no transaction before a table is made.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            if not sqlalchemy.inspect(connection).get_table_names():
                Base.metadata.create_all(connection)
                connection.exec_driver_sql(
                    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
                )
                connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{version}')")
            connection.commit()
    finally:
        engine.dispose()


def _refuse_other_version(db_url: str, engine: Engine, scripts: ScriptDirectory) -> None:
    """Refuse a gradebook whose tables are those of another version of nbgrader.

    Raises:
        CourseError: says what to do, which keeps all grades.
    """
    with engine.connect() as connection:
        found = connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version"))
        version = next((str(row[0]) for row in found), "")
    if not version or version == scripts.get_current_head():
        return
    known = version in {one.revision for one in scripts.walk_revisions()}
    if known:
        raise _refusal(db_url, f"an older nbgrader made it; {UPGRADE}")
    raise _refusal(db_url, "a newer nbgrader made it than is installed here: install that one")


def _is_locked(error: sqlalchemy.exc.DBAPIError) -> bool:
    name = getattr(error.orig, "sqlite_errorname", "")
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _refusal(db_url: str, reason: str) -> CourseError:
    shown = _parsed(db_url).difference_update_query(["timeout"]).render_as_string()
    return CourseError(
        f"the gradebook {shown} cannot be used: {reason}. Nothing graded so far is lost: "
        "run the command again when that is put right"
    )


def _parsed(db_url: str) -> URL:
    try:
        return make_url(db_url)
    except sqlalchemy.exc.ArgumentError:
        # Not shown: there may be a password in it.
        raise CourseError(
            "the gradebook's address (c.CourseDirectory.db_url) cannot be read: it should look "
            "like sqlite:////path/gradebook.db or postgresql+psycopg://user@host/name"
        ) from None


def _first_line(error: BaseException | None) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _missing(error: Exception) -> str:
    if not isinstance(error, ModuleNotFoundError):
        return _first_line(error)
    name = error.name or ""
    package = {"psycopg": "psycopg[binary]", "psycopg2": "psycopg2-binary"}.get(name, name)
    return f"its driver is not installed (pip install '{package}')"
