"""Disks that fill up, gradebooks that cannot be written, two runs at once: nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, first_mistake, hand_in, new_course, run
from support.gradebook_rows import GRADES, rows


@pytest.fixture
def handed_in(tmp_path: Path, exercise, solved) -> Path:
    course = new_course(tmp_path / "course")
    for number in range(3):
        hand_in(course, f"right{number}", solved)
        hand_in(course, f"wrong{number}", first_mistake(exercise, solved, "convolution_matrix"))
    return course


def used(folder: Path) -> int:
    """How many kilobytes of a disk the files in a folder take, in pages of four."""
    return sum(4 * -(-path.stat().st_size // 4096) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("left", [40, 150, 300])
def test_a_full_disk_is_said_in_a_line_and_the_next_run_goes_on(tmp_path, handed_in, left):
    if os.geteuid() != 0:
        pytest.skip("a small disk can be made by root only")
    disk = tmp_path / "disk"
    disk.mkdir()
    size = f"size={used(handed_in) + left}k"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)])
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        course = Path(shutil.copytree(handed_in, disk / "course"))
        said = run(course, "autograder", "grade", ASSIGNMENT, ok=False)
        assert "Traceback" not in said
        assert said.splitlines()[-1].startswith("error: ")
        assert "No space left" in said or "disk" in said
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)

        run(course, "autograder", "grade", ASSIGNMENT)

        assert len({row[0] for row in rows(course, GRADES)}) == 6
        assert not list((course / "autograded").glob(".incoming-*"))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_file_that_does_not_fit_is_named_and_not_left_half_written(tmp_path):
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from autograder.course.files import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_whole(Path(sys.argv[1]), b'x' * 5000)\n"
        "except OSError as error: print(error.filename)"
    )
    path = tmp_path / "result.json"
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True)

    assert done.stdout.strip() == str(path)
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_at_the_same_time_is_refused(handed_in):
    from autograder.course.lock import exclusive_run

    private = handed_in / ".autograder"
    private.mkdir(exist_ok=True)
    with exclusive_run(private, handed_in):
        said = run(handed_in, "autograder", "grade", ASSIGNMENT, ok=False)

    assert "another 'autograder grade' is at work in" in said
    assert not (handed_in / "autograded").exists()
