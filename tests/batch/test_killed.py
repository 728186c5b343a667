"""Runs that are killed, at random moments and between any two of their steps: nothing is lost."""

from __future__ import annotations

import collections
import contextlib
import functools
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
from support.courses import ASSIGNMENT, first_mistake, hand_in, new_course, run

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
def undisturbed(tmp_path_factory, exercise, solved) -> Path:
    """A course after one run that graded one submission after the other."""
    course = make_class(tmp_path_factory.mktemp("undisturbed") / "course", exercise, solved)
    run(course, *GRADE, "--jobs", "1")
    return course


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory, exercise, solved) -> Path:
    return make_class(tmp_path_factory.mktemp("ungraded") / "course", exercise, solved)


@pytest.fixture(scope="module")
def handed_in_again(tmp_path_factory, exercise, solved, ungraded) -> Path:
    """The same submissions, after others by the same students were graded."""
    course = Path(shutil.copytree(ungraded, tmp_path_factory.mktemp("again") / "course"))
    wrong = first_mistake(exercise, solved, "convolve")
    for student in ("right", "wrong", "half"):
        hand_in(course, student, wrong)
    run(course, *GRADE)
    shutil.rmtree(course / "submitted")
    shutil.copytree(ungraded / "submitted", course / "submitted")
    return course


STAGES = ("starting", "grading", "recording", "writing feedback", "done")


def stage(course: Path, undisturbed: Path) -> int:
    """How far a run has got."""
    recorded, pages = (
        [
            (course / kept).exists() and (course / kept).read_bytes() == path.read_bytes()
            for path in (undisturbed / ".autograder" / step).rglob("*/*")
            if (kept := path.relative_to(undisturbed))
        ]
        for step in ("recorded", "feedback")
    )
    if all(pages):
        return 4
    if all(recorded):
        return 3
    if any(recorded) or list(course.glob("autograded/.incoming-*")):
        return 2
    return int((course / ".autograder" / "running").exists())


def wait_for_a_moment(rng: random.Random, process: subprocess.Popen, reached) -> bool:
    """Wait until a run has got to a random stage and some time longer.

    So all stages get their share, however long they take on this machine today.

    Returns:
        Whether it is still at work.
    """
    until = rng.randrange(4)
    while process.poll() is None and reached() < until:
        time.sleep(0.02)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=rng.uniform(0, 4 if until < 2 else 1.5))
    return process.poll() is None


def group_is_gone(group: int, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_killed_runs_are_completed_to_the_same_course(
    tmp_path, undisturbed, ungraded, handed_in_again
):
    """Every second time only the main process is killed, and the others have to notice."""
    rng = random.Random(9)
    stages: collections.Counter[str] = collections.Counter()
    while sum(stages.values()) < KILLS:
        number = sum(stages.values())
        before = (ungraded, handed_in_again)[number // 2 % 2]
        course = Path(shutil.copytree(before, tmp_path / "killed"))
        (course / ".autograder" / "running").unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-m", *GRADE],
            cwd=course,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        reached = functools.partial(stage, course, undisturbed)
        if not wait_for_a_moment(rng, process, reached):
            shutil.rmtree(course)
            continue
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert group_is_gone(process.pid), "a worker outlived the run"
        stages[STAGES[reached()]] += 1

        run(course, *GRADE, "--jobs", "1")

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
