"""Runs that are killed, disks that fill up, gradebooks that cannot be written: nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from course.courses import ASSIGNMENT, first_mistake, hand_in, new_course, run
from course.gradebook_rows import COMMENTS, GRADES, SUBMISSIONS, rows

KILLS = int(os.environ.get("AUTOGRADER_KILLS", "3"))
"""How many runs are killed; `AUTOGRADER_KILLS=100` takes some minutes."""

GRADE = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT]


@pytest.fixture
def handed_in(tmp_path: Path, exercise, solved) -> Path:
    course = new_course(tmp_path / "course")
    for number in range(3):
        hand_in(course, f"right{number}", solved)
        hand_in(course, f"wrong{number}", first_mistake(exercise, solved, "convolution_matrix"))
    return course


def everything(course: Path) -> list:
    return [rows(course, query) for query in (GRADES, COMMENTS, SUBMISSIONS)]


def folders(course: Path) -> dict[str, bytes]:
    root = course / "autograded"
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.ipynb"))
    }


def test_killed_runs_are_completed_to_the_same_gradebook(tmp_path, handed_in):
    undisturbed = Path(shutil.copytree(handed_in, tmp_path / "undisturbed"))
    run(undisturbed, "autograder", "grade", ASSIGNMENT, "--jobs", "1")
    rng = random.Random(9)
    for number in range(KILLS):
        course = Path(shutil.copytree(handed_in, tmp_path / f"killed{number}"))
        process = subprocess.Popen(GRADE, cwd=course, start_new_session=True)
        try:
            process.wait(timeout=rng.uniform(2.0, 9.0))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()

        run(course, "autograder", "grade", ASSIGNMENT)

        assert everything(undisturbed) == everything(course)
        assert folders(undisturbed) == folders(course)
        assert not list((course / "autograded").glob(".incoming-*"))
        shutil.rmtree(course)


def test_a_locked_gradebook_is_said_in_a_line_and_costs_no_work(handed_in):
    import sqlite3

    run(handed_in, "autograder", "grade", ASSIGNMENT, "--student", "right0")
    holder = sqlite3.connect(handed_in / "gradebook.db")
    holder.execute("begin exclusive")
    try:
        said = run(handed_in, "autograder", "grade", ASSIGNMENT, ok=False)
    finally:
        holder.rollback()
        holder.close()
    assert "gradebook" in said and "locked" in said
    assert "Traceback" not in said

    run(handed_in, "autograder", "grade", ASSIGNMENT)

    assert len({row[0] for row in rows(handed_in, GRADES)}) == 6


def test_a_full_disk_is_said_in_a_line_and_the_next_run_goes_on(tmp_path, handed_in):
    if os.geteuid() != 0:
        pytest.skip("a small disk can be made by root only")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1000k", "tmpfs", str(disk)])
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        course = Path(shutil.copytree(handed_in, disk / "course"))
        said = run(course, "autograder", "grade", ASSIGNMENT, ok=False)
        assert "Traceback" not in said
        assert "No space left" in said or "disk" in said
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)

        run(course, "autograder", "grade", ASSIGNMENT)

        assert len({row[0] for row in rows(course, GRADES)}) == 6
        assert not list((course / "autograded").glob(".incoming-*"))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_second_run_at_the_same_time_is_refused(handed_in):
    from autograder.store import alone

    private = handed_in / ".autograder"
    private.mkdir(exist_ok=True)
    with alone(private, handed_in):
        said = run(handed_in, "autograder", "grade", ASSIGNMENT, ok=False)

    assert "another 'autograder grade' is at work in" in said
    assert not (handed_in / "autograded").exists()
