"""Grading in parallel: nothing is lost when a worker dies, and every submission has an answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future

from support.courses import ASSIGNMENT, hand_in, new_course, run
from support.gradebook_rows import GRADES, rows

from autograder.batch.outcome import Graded
from autograder.batch.pool import ATTEMPTS, Submitted, Workers, grade_all
from autograder.batch.processes import TookTooLong, WorkerEnded
from autograder.grading.prepared import pack_result
from autograder.result import SubmissionResult, to_json


class DyingWorkers(Executor):
    """An executor whose workers die over some submissions."""

    def __init__(self, deadly: set, error: type[WorkerEnded] = WorkerEnded):
        self.deadly = deadly
        self.error = error
        self.tried: list = []

    def submit(self, function, setup, files, known):
        future: Future = Future()
        self.tried.append(files)
        if files in self.deadly:
            future.set_exception(self.error("its process ended with code -9"))
        else:
            packed = pack_result(SubmissionResult(notebooks=(), sandbox=files))
            future.set_result(json.dumps({"packed": to_json(packed), "seconds": 0.5}))
        return future


def graded_by(executor: DyingWorkers, names: Iterable[str]) -> Iterator[Graded]:
    submissions = (Submitted(name, name) for name in names)
    return grade_all(submissions, None, lambda: Workers(executor, 2))


def test_a_submission_that_kills_its_worker_costs_nobody_else_the_grade():
    names = [f"student{number}" for number in range(40)]
    executor = DyingWorkers({"student7"})

    results = {graded.student: graded for graded in graded_by(executor, names)}

    assert set(names) == set(results)
    assert ["student7"] == [name for name in names if results[name].error is not None]
    assert all(results[name].result.sandbox == name for name in names if name != "student7")
    assert executor.tried.count("student7") == ATTEMPTS


def test_a_submission_that_takes_too_long_is_tried_once():
    executor = DyingWorkers({"slow"}, TookTooLong)

    results = {graded.student: graded for graded in graded_by(executor, ["ada", "slow", "kurt"])}

    assert isinstance(results["slow"].error, TookTooLong)
    assert executor.tried == ["ada", "slow", "kurt"]
    assert all(results[name].result is not None for name in ("ada", "kurt"))


def test_submissions_are_read_only_as_far_ahead_as_there_is_room():
    read, most = [], 0

    def submissions():
        for number in range(100):
            read.append(number)
            yield str(number)

    for done, _ in enumerate(graded_by(DyingWorkers(set()), submissions())):
        most = max(most, len(read) - done)

    assert most <= 7


def test_an_interrupted_run_is_completed_by_the_next(tmp_path, solved, graded):
    course = new_course(tmp_path / "course")
    students = [f"student{number}" for number in range(6)]
    for student in students:
        hand_in(course, student, solved)
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--jobs", "1"]
    process = subprocess.Popen(
        command,
        cwd=course,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    autograded = course / "autograded"
    deadline = time.monotonic() + 60
    while not list(autograded.glob("student*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    # As from a terminal: every process of the group hears it.
    os.killpg(process.pid, signal.SIGINT)

    said = process.communicate(timeout=60)[0]
    assert 130 == process.returncode
    assert ["interrupted: what was graded is kept, run the command again for the rest"] == [
        line for line in said.splitlines() if line and not line.startswith("graded ")
    ]
    whole = {path.parent.name for path in autograded.glob(f"student*/{ASSIGNMENT}")}
    assert whole
    assert whole == {row[0] for row in rows(course, GRADES)}

    run(course, "autograder", "grade", ASSIGNMENT)

    ada = {row[1:] for row in rows(graded[0], GRADES) if row[0] == "ada"}
    for student in students:
        assert ada == {row[1:] for row in rows(course, GRADES) if row[0] == student}
