"""Submissions are answered as they arrive, through the folder and through nbgrader's exchange."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch.course_state import assert_same
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchFeedback
from support.courses import ASSIGNMENT, first_mistake, hand_in, new_course, run

from autograder.batch.run import WATCHING
from autograder.course.course import open_course
from autograder.course.lock import exclusive_run
from autograder.course.settings import how_to_grade
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import load_exercise
from autograder.watch import Watch
from autograder.watch.arrivals import Arrivals, signature_of
from autograder.watch.exchange import Exchange

COURSE_ID = "foundations-of-deep-learning"
WATCH = [sys.executable, "-m", "autograder", "watch", ASSIGNMENT, "--jobs", "1"]


def watched_course(folder: Path) -> Path:
    """A course with an exchange beside it."""
    course = new_course(folder / "course")
    exchange = folder / "exchange"
    (exchange / COURSE_ID / "inbound").mkdir(parents=True)
    exchange.chmod(0o777)
    with open(course / "nbgrader_config.py", "a") as file:
        file.write(f"c.Exchange.root = {str(exchange)!r}\nc.ExchangeCollect.check_owner = False\n")
    return course


def submit(course: Path, student: str, files: dict[str, str], time_: str, secret: str) -> Path:
    """What `nbgrader submit` leaves in the exchange."""
    inbound = course.parent / "exchange" / COURSE_ID / "inbound"
    folder = inbound / f"{student}+{ASSIGNMENT}+{time_}+{secret[:8]}"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "timestamp.txt").write_text(time_)
    (folder / "submission_secret.txt").write_text(secret)
    return folder


def scores(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {one.student.id: one.score for one in gradebook.assignment_submissions(ASSIGNMENT)}


def watch_once(course: Path) -> list[str]:
    said: list[str] = []
    opened = open_course(course)
    exercise = load_exercise(ASSIGNMENT, opened.source_root)
    Watch(opened, exercise, how_to_grade(opened.config), 1, said.append, 0.1).run(once=True)
    return said


@pytest.fixture(scope="module")
def answered(tmp_path_factory, exercise, solved) -> Path:
    """A course in which one student handed in by each way, after a watch."""
    course = watched_course(tmp_path_factory.mktemp("watched"))
    hand_in(course, "ada", solved)
    wrong = first_mistake(exercise, solved, "convolve")
    submit(course, "emmy", wrong, "2026-11-20 11:00:00 UTC", "a" * 64)
    said = watch_once(course)
    assert sum(line.startswith("answered ") for line in said) == 2, said
    # Emmy once more: right now.
    submit(course, "emmy", solved, "2026-11-20 12:00:00 UTC", "b" * 64)
    watch_once(course)
    return course


def test_each_way_in_leads_to_a_grade_and_a_page(answered):
    assert {"ada": 24, "emmy": 24} == scores(answered)
    for student in ("ada", "emmy"):
        pages = answered / "feedback" / student / ASSIGNMENT
        assert {"batch_norm.html", "convolution.html"} == {one.name for one in pages.glob("*.html")}


def test_the_student_fetches_the_page_of_each_submission(answered, tmp_path):
    cache = tmp_path / "cache"
    for path in (answered.parent / "exchange" / COURSE_ID / "inbound").iterdir():
        shutil.copytree(path, cache / COURSE_ID / path.name.rpartition("+")[0])
    config = open_course(answered).config.copy()
    config.Exchange.cache, config.Exchange.assignment_dir = str(cache), str(tmp_path)
    coursedir = CourseDirectory(config=config, student_id="emmy", assignment_id=ASSIGNMENT)

    ExchangeFetchFeedback(coursedir=coursedir, config=config).start()

    fetched = tmp_path / ASSIGNMENT / "feedback"
    first, second = (
        (fetched / f"2026-11-20 {hour}:00:00 UTC" / "convolution.html").read_text("utf-8")
        for hour in (11, 12)
    )
    assert "6 of 8 so far" in first
    assert "8 of 8 so far" in second


def test_a_second_watch_does_nothing_again(answered):
    before = signature_of(answered / "feedback"), signature_of(answered / "autograded")

    assert ["watching"] == [line.split()[0] for line in watch_once(answered)]
    assert before == (signature_of(answered / "feedback"), signature_of(answered / "autograded"))


def test_a_killed_watch_loses_nothing(tmp_path, exercise, solved, answered):
    """Killed between the first grade and its page."""
    course = watched_course(tmp_path)
    hand_in(course, "ada", solved)
    submit(course, "emmy", solved, "2026-11-20 12:00:00 UTC", "b" * 64)
    process = subprocess.Popen(WATCH, cwd=course, start_new_session=True)
    until = time.monotonic() + 120
    recorded = course / ".autograder" / "recorded"
    while not list(recorded.glob("*/*")) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert list(recorded.glob("*/*"))

    watch_once(course)

    assert {"ada": 24, "emmy": 24} == scores(course)
    assert_same(answered, course)


def test_two_watches_are_kept_apart_and_a_batch_is_not(tmp_path):
    with exclusive_run(tmp_path, tmp_path, WATCHING, "autograder watch exercise09"):
        with (
            pytest.raises(CourseError, match="another 'autograder watch exercise09' is at work"),
            exclusive_run(tmp_path, tmp_path, WATCHING, "autograder watch exercise09"),
        ):
            pass
        with exclusive_run(tmp_path, tmp_path):
            pass


def test_a_folder_that_is_still_being_written_is_not_taken(tmp_path):
    arrivals = Arrivals(open_course(new_course(tmp_path)), ASSIGNMENT, 0.2)
    folder = hand_in(tmp_path, "ada", {"a.ipynb": "1"})

    assert [] == arrivals.waiting() and arrivals.coming
    time.sleep(0.25)
    (folder / "b.ipynb").write_text("2")
    assert [] == arrivals.waiting()
    time.sleep(0.25)
    [arrival] = arrivals.waiting()
    arrivals.answered(arrival)
    assert [] == arrivals.waiting() and not arrivals.coming


def test_what_is_not_whole_or_no_name_stays_in_the_exchange(tmp_path):
    course = watched_course(tmp_path)
    (course / "submitted").mkdir()
    whole = submit(course, "ada", {"a.ipynb": "1"}, "2026-11-20 12:00:00 UTC", "a" * 64)
    half = submit(course, "emmy", {"a.ipynb": "1"}, "2026-11-20 12:00:00 UTC", "b" * 64)
    (half / "submission_secret.txt").unlink()
    submit(course, "..", {"a.ipynb": "1"}, "2026-11-20 12:00:00 UTC", "c" * 64)
    submit(course, "*", {"a.ipynb": "1"}, "2026-11-20 12:00:00 UTC", "d" * 64)
    (whole / "link.ipynb").symlink_to(course / "nbgrader_config.py")
    exchange = Exchange(open_course(course), ASSIGNMENT, lambda line: None)

    assert ["ada"] == exchange.collect()
    assert [] == exchange.collect()
    assert ["ada"] == [path.name for path in (course / "submitted").iterdir()]
    assert (course / "submitted" / "ada" / ASSIGNMENT / "link.ipynb").is_symlink()

    (half / "submission_secret.txt").write_text("b" * 64)
    assert ["emmy"] == exchange.collect()
    newer = submit(course, "ada", {"a.ipynb": "2"}, "2026-11-20 13:00:00 UTC", "e" * 64)
    assert newer.exists() and ["ada"] == exchange.collect()
    assert "2" == (course / "submitted" / "ada" / ASSIGNMENT / "a.ipynb").read_text()


def test_a_batch_does_not_record_what_is_older(answered, copy_of, exercise, solved):
    """Handed in again, and answered by a watch, after a batch has read the first submission."""
    from autograder.batch.run import _Run

    course = open_course(copy_of(answered))
    submissions = course.submissions(ASSIGNMENT)
    hand_in(course.root, "ada", first_mistake(exercise, solved, "convolve"))
    batch = _Run(course, exercise, submissions, how_to_grade(course.config), 1, False, None)
    [graded] = [one for one in batch.results() if one.student == "ada"]
    hand_in(course.root, "ada", solved)
    watch_once(course.root)

    line = batch.record(graded)
    batch.close()

    assert line is not None and 24 == line.total
    assert 24 == scores(course.root)["ada"]


def test_watch_needs_an_exercise_that_is_there(tmp_path):
    assert "error: " in run(new_course(tmp_path), "autograder", "watch", "nothing", ok=False)
