"""What a submission costs early and late in a large class, and how much memory it takes by then.

    python -m benchmarks.flatness [--size 10000] [--windows 10] [--jobs N]

Grades and records one class of unseen answers, as `benchmarks.speed` makes them. Each submission is
made when its turn comes, and its folder is removed when it is recorded: only the gradebook grows.
Prints for each window of the class the time for a submission, the processor time of the processes
that last (which is all but that of notebooks), and the most memory of all processes together.
Exits 1 if the last window takes more than a tenth more processor time or memory than the second.
Takes part in no test.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.batch.pool import Submitted, grade_all, processes
from autograder.course.course import open_course
from autograder.course.settings import how_to_grade
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.gradebook.recorder import Recorder
from autograder.grading.worker import setup_for
from autograder.sandbox.process import family_of
from autograder.submission.files import SubmittedFile

from .made_up_class import student
from .speed import ASSIGNMENT, MB, REPOSITORY, Memory, our_course


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=10_000, help="students in the class")
    parser.add_argument("--windows", type=int, default=10, help="rows of the table")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    if not 2 <= options.windows <= options.size:
        parser.error("--windows has to be at least 2, with a submission for each")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        course = open_course(our_course(Path(name, "course"), {}))
        exercise = load_exercise(ASSIGNMENT, REPOSITORY / "source")
        how = how_to_grade(course.config)
        setup = setup_for(exercise, how.limits, how.sandboxed, how.settings, how.wall)
        recorder = Recorder(course, exercise)
        workers = processes(setup, options.jobs)
        memory = Memory(os.getpid())
        memory.start()
        windows: list[tuple[float, float, int]] = []
        ends = [options.size * (number + 1) // options.windows for number in range(options.windows)]
        print("| submissions | ms each | processor ms, without notebooks | most memory, MB |")
        print("| --- | ---: | ---: | ---: |")
        done, began, used = 0, time.perf_counter(), _processor_seconds()
        try:
            for graded in grade_all(made(exercise, options.size), setup, lambda: workers):
                if graded.pack is None:
                    raise SystemExit(f"{graded.student} has no grade: {graded.error}")
                recorder.record(graded.student, graded.files, graded.pack(), str(done))
                shutil.rmtree(course.folder("autograded", graded.student))
                done += 1
                if done == ends[len(windows)]:
                    count = done - (ends[len(windows) - 1] if windows else 0)
                    now, now_used = time.perf_counter(), _processor_seconds()
                    found = ((now - began) / count, (now_used - used) / count, memory.most)
                    windows.append(found)
                    wall, cpu, most = 1000 * found[0], 1000 * found[1], found[2] // MB
                    print(f"| to {done} | {wall:.0f} | {cpu:.0f} | {most} |", flush=True)
                    began, used, memory.most = time.perf_counter(), _processor_seconds(), 0
        finally:
            workers.close()
            recorder.close()
            memory.stop()
    early, late = windows[1], windows[-1]
    more = [f"{100 * (late[n] / early[n] - 1):+.0f} %" for n in range(3)]
    print(
        f"\nThe last window against the second: time {more[0]}, processors {more[1]}, "
        f"memory {more[2]}."
    )
    if late[1] > 1.1 * early[1] or late[2] > 1.1 * early[2]:
        sys.exit(1)


def made(exercise: Exercise, size: int) -> Iterator[Submitted]:
    for number in range(size):
        notebooks = student(exercise, number, unseen=True)
        contents = {f"{name}.ipynb": text.encode() for name, text in notebooks.items()}
        files = tuple(SubmittedFile(path, len(text), text) for path, text in contents.items())
        yield Submitted(f"student{number:05}", files)


def _processor_seconds() -> float:
    """Of this process and those that descend from it and are there now."""
    ticks = 0
    for pid in family_of(os.getpid()):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
