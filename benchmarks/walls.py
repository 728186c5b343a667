"""The same class under both walls: the same scores, and what each wall costs.

    python -m benchmarks.walls [--size 200] [--jobs N]

Exits 1 if any student's points, criteria or hints differ. As root, Landlock needs a Python that
other users can read. Takes part in no test.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from autograder.batch.pool import Submitted, grade_all, processes
from autograder.course.course import open_course
from autograder.course.settings import how_to_grade
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.grading.worker import setup_for
from autograder.submission.files import SubmittedFile

from .speed import ASSIGNMENT, REPOSITORY, Students, class_of

WALLS = ("bubblewrap", "landlock")

Verdicts = dict[str, object]
"""What a student got, by the student."""


def graded(exercise: Exercise, students: Students, wall: str, jobs: int) -> tuple[Verdicts, float]:
    """Grade a class under a wall; return its verdicts and the seconds that it took."""
    how = how_to_grade(open_course(REPOSITORY).config)
    setup = setup_for(exercise, how.limits, True, how.settings, wall)
    submissions = [Submitted(name, _files(texts)) for name, texts in students.items()]
    workers = processes(setup, jobs)
    started = time.monotonic()
    try:
        found: Verdicts = {}
        for one in grade_all(submissions, setup, lambda: workers):
            if one.result is None:
                raise SystemExit(f"error: {one.student} under {wall}: {one.error}")
            found[one.student] = [(book.tasks, book.written) for book in one.result.notebooks]
        return found, time.monotonic() - started
    finally:
        workers.close()


def _files(notebooks: dict[str, str]) -> tuple[SubmittedFile, ...]:
    data = {f"{name}.ipynb": text.encode() for name, text in notebooks.items()}
    return tuple(SubmittedFile(name, len(one), one) for name, one in data.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    exercise = load_exercise(ASSIGNMENT, Path(REPOSITORY, "source"))
    students = class_of(exercise, options.size)
    found = {}
    for wall in WALLS:
        found[wall], seconds = graded(exercise, students, wall, options.jobs)
        each = seconds / options.size * 1000
        print(f"{wall}: {len(found[wall])} submissions in {seconds:.1f} s, {each:.0f} ms for each")
    one, other = (found[wall] for wall in WALLS)
    differing = sorted(name for name in students if one[name] != other[name])
    for name in differing:
        print(f"{name} differs: {one[name]} and {other[name]}")
    print(f"{len(differing)} of {options.size} students have another verdict.")
    sys.exit(len(differing) > 0)


if __name__ == "__main__":
    main()
