"""Disks that fill up, gradebooks that cannot be written, two runs at once: nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from course.courses import ASSIGNMENT, first_mistake, hand_in, new_course, run
from course.gradebook_rows import GRADES, rows


@pytest.fixture
def handed_in(tmp_path: Path, exercise, solved) -> Path:
    course = new_course(tmp_path / "course")
    for number in range(3):
        hand_in(course, f"right{number}", solved)
        hand_in(course, f"wrong{number}", first_mistake(exercise, solved, "convolution_matrix"))
    return course


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
