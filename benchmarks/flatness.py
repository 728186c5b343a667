"""What a submission costs early and late in a large class, and how much memory it takes by then.

    python -m benchmarks.flatness [--size 5000] [--windows 6] [--jobs N]

Grades one class of the kind that `benchmarks.speed` makes, in one run. Prints a table of the time
for a submission between one point and the next, and of the most memory so far, that of all
processes together. The first 50 submissions, and what starting takes, are left out. Takes part in
no test.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.exercise.source_notebooks import load_exercise

from .speed import ASSIGNMENT, MB, REPOSITORY, Memory, class_of, our_course

FIRST = 50
LOOK_SECONDS = 0.25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=5000, help="students in the class")
    parser.add_argument("--windows", type=int, default=6, help="rows of the table")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    step = (options.size - FIRST) // options.windows
    if step < 1 or options.windows < 1:
        parser.error(f"--size has to be more than {FIRST}, with a submission for each window")
    students = class_of(load_exercise(ASSIGNMENT, REPOSITORY / "source"), options.size)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        course = our_course(Path(name, "course"), students)
        grading = subprocess.Popen(
            [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--jobs", str(options.jobs)],
            cwd=course,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        memory = Memory(grading.pid)
        memory.start()
        recorded = course / ".autograder" / "recorded" / ASSIGNMENT
        before, began = wait_for(FIRST, recorded, grading)
        print("| submissions | ms each | most memory, MB |\n| --- | ---: | ---: |")
        print(f"| the first {before} | | {memory.most // MB} |", flush=True)
        for window in range(1, options.windows + 1):
            there, now = wait_for(FIRST + window * step, recorded, grading)
            each = 1000 * (now - began) / (there - before)
            print(f"| to {there} | {each:.0f} | {memory.most // MB} |", flush=True)
            before, began = there, now
        if grading.wait():
            raise SystemExit("the class could not be graded")
        memory.stop()


def wait_for(count: int, recorded: Path, grading: subprocess.Popen) -> tuple[int, float]:
    """Wait until so many submissions are recorded; how many there are then, and when that was."""
    while True:
        ended = grading.poll() is not None
        there = len(os.listdir(recorded)) if recorded.is_dir() else 0
        if there >= count:
            return there, time.perf_counter()
        if ended:
            raise SystemExit("the run ended before it got that far")
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    main()
