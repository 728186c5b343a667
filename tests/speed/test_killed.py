"""Runs that are killed, at random moments and between any two of their steps: nothing is lost."""

from __future__ import annotations

import collections
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from course.courses import ASSIGNMENT, first_mistake, hand_in, new_course, run

from .course_state import assert_same

KILLS = int(os.environ.get("AUTOGRADER_KILLS", "2"))
"""How many runs are killed at random moments; `AUTOGRADER_KILLS=100` takes half an hour."""

STEPS = os.environ.get("AUTOGRADER_STEPS", "4")
"""Between how many of a run's steps it is killed, or "all"."""

GRADE = ["autograder", "grade", ASSIGNMENT, "--feedback"]


def make_class(course: Path, exercise, solved) -> Path:
    new_course(course)
    hand_in(course, "right", solved)
    hand_in(course, "wrong", first_mistake(exercise, solved, "convolution_matrix"))
    folder = hand_in(course, "half", {"batch_norm.ipynb": solved["batch_norm.ipynb"]})
    (folder / "timestamp.txt").write_text("2024-11-20 14:00:00 UTC")
    (folder / "notes.txt").write_text("the other one is missing")
    return course


@pytest.fixture(scope="module")
def timed(tmp_path_factory, exercise, solved) -> tuple[Path, float]:
    """A course after one run that graded one submission after the other, and its seconds."""
    course = make_class(tmp_path_factory.mktemp("undisturbed") / "course", exercise, solved)
    started = time.monotonic()
    run(course, *GRADE, "--jobs", "1")
    return course, time.monotonic() - started


@pytest.fixture(scope="module")
def undisturbed(timed) -> Path:
    return timed[0]


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory, exercise, solved) -> Path:
    return make_class(tmp_path_factory.mktemp("ungraded") / "course", exercise, solved)


@pytest.fixture(scope="module")
def handed_in_again(tmp_path_factory, exercise, solved, ungraded) -> Path:
    """The same submissions, after others by the same students were graded."""
    course = Path(shutil.copytree(ungraded, tmp_path_factory.mktemp("again") / "course"))
    wrong = first_mistake(exercise, solved, "convolve")
    for student in ("right", "wrong"):
        hand_in(course, student, wrong)
    run(course, *GRADE)
    shutil.rmtree(course / "submitted")
    shutil.copytree(ungraded / "submitted", course / "submitted")
    return course


def stage(course: Path) -> str:
    """How far a run got, for the report."""
    recorded = len(list((course / ".autograder" / "recorded").rglob("*/*")))
    pages = len(list((course / ".autograder" / "feedback").rglob("*/*")))
    if pages == 3:
        return "feedback done"
    if (course / "feedback.unfinished").exists() or pages:
        return "writing feedback"
    if list(course.glob("autograded/.incoming-*")):
        return "recording a submission"
    if recorded:
        return "some recorded"
    return "gradebook there" if (course / "gradebook.db").exists() else "starting"


def group_is_gone(group: int, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_killed_runs_are_completed_to_the_same_course(tmp_path, timed, ungraded, handed_in_again):
    """Every second time only the main process is killed, and the others have to notice."""
    rng = random.Random(9)
    stages: collections.Counter[str] = collections.Counter()
    undisturbed, seconds = timed
    longest = dict.fromkeys((ungraded, handed_in_again), seconds)
    for number in range(KILLS):
        before = (ungraded, handed_in_again)[number // 2 % 2]
        while True:
            course = Path(shutil.copytree(before, tmp_path / "killed"))
            started = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", *GRADE],
                cwd=course,
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=rng.uniform(0, longest[before]))
            if process.returncode is None:
                break
            # It was done before: the next moment is drawn from as long as this one took.
            longest[before] = time.monotonic() - started
            shutil.rmtree(course)
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert group_is_gone(process.pid), "a worker outlived the run"
        stages[stage(course)] += 1

        run(course, *GRADE)

        assert_same(undisturbed, course)
        shutil.rmtree(course)
    print(
        f"killed {KILLS} runs:", *(f"{name} {count}" for name, count in stages.items()), sep="\n  "
    )


def test_a_run_killed_between_any_two_steps_is_completed(
    tmp_path, undisturbed, ungraded, handed_in_again
):
    """Before each file is opened, renamed or removed and before each commit, one process."""
    for before in (ungraded, handed_in_again):
        # With stored results: what is tried here is recording.
        course = Path(shutil.copytree(before, tmp_path / before.parent.name / "course"))
        results = undisturbed / ".autograder" / "results"
        shutil.copytree(results, course / ".autograder" / "results", dirs_exist_ok=True)
        folder = tmp_path / f"{before.parent.name}-killed"
        done = subprocess.run(
            [sys.executable, Path(__file__).with_name("kill_at_step.py"), course, folder, STEPS],
            text=True,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr
        killed = json.loads(done.stdout)
        assert len(killed) >= 2
        for one in killed:
            try:
                assert_same(undisturbed, folder / one)
            except AssertionError as error:
                raise AssertionError(f"killed before step {one}: {error}") from error
        shutil.rmtree(folder)
        print(f"killed before {len(killed)} steps")
