"""What goes wrong around a run is said in a line, costs nobody else the grade, is made up for."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from support.courses import ASSIGNMENT, STUDENTS, hand_in
from support.gradebook_rows import GRADES, rows

from autograder.batch.outcome import Outcome
from autograder.batch.run import grade_class
from autograder.course.course import open_course
from autograder.course.lock import exclusive_run
from autograder.course.settings import how_to_grade
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import load_exercise
from autograder.gradebook import database as opening
from autograder.gradebook.database import gradebook_url, open_gradebook


class Silent:
    def advance(self, worth_a_look: bool) -> None:
        pass


@pytest.fixture
def unrecorded(graded, tmp_path) -> Path:
    """A course whose results are stored and whose gradebook knows nobody."""
    course = Path(shutil.copytree(graded[0], tmp_path / "course"))
    connection = sqlite3.connect(course / "gradebook.db")
    for table in ("grade", "comment", "submitted_notebook", "submitted_assignment"):
        connection.execute(f"delete from {table}")
    connection.commit()
    connection.close()
    return course


def grade(folder: Path, before=lambda: None) -> Outcome:
    """A whole run in this process, after something happened to the submissions that were found."""
    course = open_course(folder)
    exercise = load_exercise(ASSIGNMENT, course.source_root)
    submissions = course.submissions(ASSIGNMENT)
    before()
    return grade_class(
        course, exercise, submissions, how_to_grade(course.config), 1, False, Silent()
    )


def held(course: Path, seconds: float) -> threading.Thread:
    """Another program that has locked the gradebook for some seconds."""
    locked = threading.Event()

    def hold() -> None:
        connection = sqlite3.connect(course / "gradebook.db", isolation_level=None)
        connection.execute("begin exclusive")
        locked.set()
        time.sleep(seconds)
        connection.execute("rollback")
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait()
    return thread


def test_a_locked_gradebook_is_waited_for(unrecorded, graded):
    holder = held(unrecorded, 1.2)
    outcome = grade(unrecorded)
    holder.join()

    assert not outcome.failed
    assert rows(graded[0], GRADES) == rows(unrecorded, GRADES)


def test_a_gradebook_that_stays_locked_is_said_in_a_line(unrecorded, graded, monkeypatch):
    monkeypatch.setattr(opening, "RETRY_SECONDS", 0.1)
    monkeypatch.setattr(opening, "SECONDS_AT_A_TIME", 0.05)
    holder = held(unrecorded, 1.2)
    with pytest.raises(CourseError, match="another program has kept it locked") as caught:
        grade(unrecorded)
    assert "\n" not in str(caught.value)
    holder.join()

    assert not grade(unrecorded).failed
    assert rows(graded[0], GRADES) == rows(unrecorded, GRADES)


def test_a_gradebook_that_may_not_be_written_is_said_in_a_line(unrecorded):
    (unrecorded / "gradebook.db").chmod(0o444)
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT]
    if os.geteuid() == 0:
        if not (setpriv := shutil.which("setpriv")):
            pytest.skip("root may write everything, and there is no setpriv to give that up")
        command = [setpriv, "--bounding-set=-dac_override", *command]

    done = subprocess.run(command, cwd=unrecorded, capture_output=True, text=True)

    assert 1 == done.returncode
    assert 1 == len(done.stderr.strip().splitlines())
    assert "readonly database" in done.stderr


def test_a_gradebook_is_made_as_nbgrader_makes_it(tmp_path):
    made = []
    for name, make in (("ours.db", open_gradebook), ("theirs.db", Gradebook)):
        make(f"sqlite:///{tmp_path / name}", "a-course").close()
        with sqlite3.connect(tmp_path / name) as connection:
            made.append(
                [
                    *sorted(connection.execute("select name, sql from sqlite_master").fetchall()),
                    *connection.execute("select * from alembic_version").fetchall(),
                    *connection.execute("select * from course").fetchall(),
                ]
            )
    ours, theirs = made
    assert [" ".join(str(one).split()) for one in theirs] == [
        " ".join(str(one).split()) for one in ours
    ]


def test_a_password_is_not_shown():
    from autograder.gradebook.database import _refusal

    shown = str(_refusal(gradebook_url("postgresql+psycopg://me:secret@host/name"), "it is gone"))

    assert "secret" not in shown
    assert "me:***@host/name" in shown


def test_an_address_of_no_kind_is_said_in_a_line():
    with pytest.raises(CourseError, match=r"c\.CourseDirectory\.db_url"):
        gradebook_url("gradebook.db")


def test_a_file_system_without_locks_is_said_in_a_line(tmp_path, monkeypatch):
    def without_locks(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", without_locks)
    course = open_course(tmp_path)

    with (
        pytest.raises(CourseError, match="cannot be locked"),
        exclusive_run(course.private, course.root),
    ):
        pass
    with pytest.raises(CourseError, match="cannot be locked"), course.lock():
        pass


def test_a_submission_that_vanishes_during_a_run_costs_nobody_else_the_grade(unrecorded):
    outcome = grade(unrecorded, lambda: shutil.rmtree(unrecorded / "submitted" / "ada"))

    assert {"ada": "the folder has disappeared while this ran"} == outcome.failed
    assert set(STUDENTS) - {"ada"} == {row[0] for row in rows(unrecorded, GRADES)}


def test_a_vanished_class_is_completed_when_it_is_back(unrecorded, graded):
    away = unrecorded / "away"
    outcome = grade(unrecorded, lambda: (unrecorded / "submitted").rename(away))
    assert set(STUDENTS) == set(outcome.failed)
    away.rename(unrecorded / "submitted")

    assert not grade(unrecorded).failed
    assert rows(graded[0], GRADES) == rows(unrecorded, GRADES)


def test_a_submission_that_cannot_be_recorded_costs_nobody_else_the_grade(unrecorded, graded):
    shutil.rmtree(unrecorded / "autograded" / "kurt")
    (unrecorded / "autograded" / "kurt").write_text("in the way")

    outcome = grade(unrecorded)

    assert {"kurt"} == set(outcome.failed)
    assert "kurt" in (unrecorded / ".autograder/trouble" / ASSIGNMENT / "kurt.txt").read_text()
    (unrecorded / "autograded" / "kurt").unlink()
    assert not grade(unrecorded).failed
    assert rows(graded[0], GRADES) == rows(unrecorded, GRADES)


def test_a_folder_whose_name_is_no_text_is_named_and_the_others_are_graded(unrecorded):
    hand_in(unrecorded, "odd\udcff", {"notes.txt": "who is this?"})

    outcome = grade(unrecorded)

    assert {"odd\udcff"} == set(outcome.failed)
    assert set(STUDENTS) == set(outcome.lines)
