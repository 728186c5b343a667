"""A gradebook in PostgreSQL, by nbgrader's `db_url`, is the gradebook that SQLite gives."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy
from nbgrader.api import Gradebook
from support import postgresql
from support.courses import ASSIGNMENT, STUDENTS, hand_in, run
from support.gradebook_rows import CELLS, COMMENTS, GRADES, SUBMISSIONS, rows
from support.gradebook_rows import STUDENTS as STUDENT_ROWS

TOO_LONG = "x" * 200

pytestmark = pytest.mark.skipif(bool(postgresql.missing()), reason=postgresql.missing())


@pytest.fixture(scope="module")
def db_url():
    with postgresql.server() as address:
        yield address


@pytest.fixture(scope="module")
def course(tmp_path_factory, graded, db_url) -> Path:
    """The graded course with its results, its gradebook in a database that was empty.

    A student whose name the database does not take costs nobody else the grade.
    """
    course = Path(shutil.copytree(graded[0], tmp_path_factory.mktemp("postgresql") / "course"))
    (course / "gradebook.db").unlink()
    use(course, db_url)
    hand_in(course, TOO_LONG, {"notes.txt": "PostgreSQL takes 128 characters, SQLite any number"})
    said = run(course, "autograder", "grade", ASSIGNMENT, ok=False)
    assert "1 of 8 submissions have no grade" in said
    shutil.rmtree(course / "submitted" / TOO_LONG)
    return course


def use(course: Path, db_url: str) -> None:
    with open(course / "nbgrader_config.py", "a") as file:
        file.write(f"c.CourseDirectory.db_url = {db_url!r}\n")


def plain(value: object) -> object:
    """A value as SQLite holds it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return int(value) if isinstance(value, bool) else value


def rows_there(db_url: str, query: str) -> list[tuple]:
    engine = sqlalchemy.create_engine(db_url)
    try:
        with engine.connect() as connection:
            found = connection.execute(sqlalchemy.text(query)).all()
    finally:
        engine.dispose()
    return sorted((tuple(map(plain, row)) for row in found), key=repr)


@pytest.mark.parametrize("query", [CELLS, STUDENT_ROWS, GRADES, COMMENTS, SUBMISSIONS])
def test_it_holds_the_rows_that_sqlite_holds(query, graded, course, db_url):
    assert rows(graded[0], query) == rows_there(db_url, query)
    assert not (course / "gradebook.db").exists()


def test_a_regrade_keeps_what_a_person_entered_and_feedback_and_export_show_it(course, db_url):
    with Gradebook(db_url) as gradebook:
        where = ("explain_rescaling", "batch_norm", ASSIGNMENT, "ada")
        gradebook.find_grade(*where).manual_score = 1.5
        gradebook.find_comment(*where).manual_comment = "Nicely put."
        gradebook.db.commit()
    before = rows_there(db_url, GRADES)

    run(course, "autograder", "grade", ASSIGNMENT, "--student", "ada", "--force", "--feedback")
    run(course, "nbgrader", "export", "--GradesExporter.partial=True")

    after = rows_there(db_url, GRADES)
    assert [row for row in before if row[0] != "ada"] == [row for row in after if row[0] != "ada"]
    assert [(1.5, 1)] == [
        (row[4], row[6]) for row in after if row[0] == "ada" and row[2] == "explain_rescaling"
    ]
    page = course / "feedback" / "ada" / ASSIGNMENT / "batch_norm.html"
    assert "Nicely put." in page.read_text(encoding="utf-8")
    with open(course / "grades.csv", newline="", encoding="utf-8") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert set(STUDENTS) == set(scores)
    assert 25.5 == scores["ada"]


def test_a_server_that_is_gone_is_said_in_a_line_without_the_password(graded, copy_of):
    course = copy_of(graded[0])
    use(course, "postgresql+psycopg://course:secret@/gradebook?host=/nowhere")

    said = run(course, "autograder", "grade", ASSIGNMENT, ok=False).strip()

    assert said.startswith("error: the gradebook postgresql+psycopg://course:***@/gradebook")
    assert 1 == len(said.splitlines())
    assert "secret" not in said
