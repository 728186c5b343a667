"""How long a student waits for the page, from handing in on, while a batch runs beside the watch.

    python -m benchmarks.arrivals [--arrivals 500] [--batch 200] [--every 1.5] [--kills 0]

A class of so many students is graded first. Then `autograder watch` is started, and
`autograder grade --force` grades that class again and again beside it. Now so many others hand in,
at random moments, by a folder that appears in `submitted/`. Each waits until all pages are there.

With `--kills`, the watch is killed and started again so many times in between. At the end, everyone
must have pages and the grade of a class that was graded undisturbed. Prints the median, the 95th
percentile and the longest wait in seconds, and the load of the machine. Takes part in no test.
"""

from __future__ import annotations

import argparse
import os
import random
import shlex
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from autograder.exercise.source_notebooks import load_exercise

from .speed import ASSIGNMENT, REPOSITORY, class_of, our_course

COMMAND = [sys.executable, "-m", "autograder"]
SECONDS_TO_START = 300
SECONDS_TO_ANSWER = 600
SCORES = """
    select s.student_id, sum(coalesce(g.manual_score, g.auto_score, 0))
    from grade g
    join submitted_notebook n on n.id = g.notebook_id
    join submitted_assignment s on s.id = n.assignment_id
    group by s.student_id
"""


class Watched:
    """A course with a watch in it, which can be killed and started again."""

    def __init__(self, course: Path, prefix: list[str]):
        self.course = course
        self.log = course.parent / "watch.log"
        self._prefix = prefix
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        before = self._readies()
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(
                [*self._prefix, *COMMAND, "watch", ASSIGNMENT],
                cwd=self.course,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for("the watch", lambda: self._readies() > before, SECONDS_TO_START)

    def kill(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _readies(self) -> int:
        return self.log.read_text("utf-8").count(" watching ") if self.log.exists() else 0


def wait_for(what: str, there: object, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not there():  # type: ignore[operator]
        if time.monotonic() > until:
            raise SystemExit(f"{what} did not come within {seconds:.0f} s")
        time.sleep(0.02)


def grade(course: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, "grade", ASSIGNMENT, *options],
        cwd=course,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def batches(course: Path, stop: threading.Event) -> int:
    """Grade the class again and again until told to stop; how often that was done."""
    done = 0
    while not stop.is_set():
        process = grade(course, "--force")
        while process.poll() is None:
            if stop.wait(0.2):
                os.killpg(process.pid, signal.SIGKILL)
        done += process.returncode == 0
    return done


def pages_there(course: Path, student: str) -> bool:
    folder = course / "feedback" / student / ASSIGNMENT
    return len(list(folder.glob("*.html"))) == 2


def arrive(course: Path, student: str, notebooks: dict[str, str]) -> None:
    """Hand in, with a folder that is there as a whole or not at all."""
    new = course / ".arriving" / student
    new.mkdir(parents=True)
    for name, text in notebooks.items():
        (new / f"{name}.ipynb").write_text(text, encoding="utf-8")
    target = course / "submitted" / student / ASSIGNMENT
    target.parent.mkdir()
    os.rename(new, target)


def scores(course: Path) -> dict[str, float]:
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        return dict(gradebook.execute(SCORES))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--arrivals", type=int, default=500)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--every", type=float, default=1.5, help="seconds between two, on average")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument(
        "--prefix",
        type=shlex.split,
        default=[],
        help="words before the watch's command, such as 'nice -n -5'",
    )
    chosen = parser.parse_args()
    rng = random.Random(9)

    with tempfile.TemporaryDirectory() as folder:
        exercise = load_exercise(ASSIGNMENT, REPOSITORY / "source")
        every = class_of(exercise, chosen.batch + chosen.arrivals)
        first = dict(list(every.items())[: chosen.batch])
        course = our_course(Path(folder, "course"), first)
        if grade(course, "--feedback").wait():
            raise SystemExit("the class could not be graded")

        watched = Watched(course, chosen.prefix)
        watched.start()
        stop, done = threading.Event(), []
        batch = threading.Thread(target=lambda: done.append(batches(course, stop)))
        if chosen.batch:
            batch.start()
        arrived: dict[str, float] = {}
        waited: dict[str, float] = {}

        def look() -> None:
            for student in arrived.keys() - waited.keys():
                if pages_there(course, student):
                    waited[student] = time.monotonic() - arrived[student]

        coming = list(every.items())[chosen.batch :]
        kills = set(rng.sample(range(len(coming)), min(chosen.kills, len(coming))))
        try:
            for number, (student, notebooks) in enumerate(coming):
                next_ = time.monotonic() + rng.expovariate(1 / chosen.every)
                arrive(course, student, notebooks)
                arrived[student] = time.monotonic()
                if number in kills:
                    time.sleep(rng.uniform(0, 2))
                    watched.kill()
                    watched.start()
                while time.monotonic() < next_:
                    look()
                    time.sleep(0.02)
            until = time.monotonic() + SECONDS_TO_ANSWER
            while len(waited) < len(coming) and time.monotonic() < until:
                look()
                time.sleep(0.02)
            load = os.getloadavg()[0]
        finally:
            stop.set()
            if chosen.batch:
                batch.join()
            watched.kill()
        missing = arrived.keys() - waited.keys()
        if missing:
            raise SystemExit(f"no page for {', '.join(sorted(missing)[:5])}")

        undisturbed = our_course(Path(folder, "undisturbed"), every)
        if grade(undisturbed).wait():
            raise SystemExit("the class could not be graded undisturbed")
        if scores(course) != scores(undisturbed):
            raise SystemExit("some grades are others than those of a class graded undisturbed")

    seconds = sorted(waited.values())
    print(f"{len(seconds)} arrivals, one every {chosen.every:g} s; {chosen.kills} kills")
    print(f"the watch was started with {shlex.join(chosen.prefix) or 'nothing'} before it")
    print(f"batches of {chosen.batch} and those who had arrived, done beside: {sum(done)}")
    print(f"seconds from arrival to page: median {statistics.median(seconds):.2f}, ", end="")
    print(f"95 % {seconds[int(0.95 * (len(seconds) - 1))]:.2f}, longest {seconds[-1]:.2f}")
    print(f"load of the machine: {load:.1f} on {len(os.sched_getaffinity(0))} cores")
    print("all grades are those of a class that was graded undisturbed")


if __name__ == "__main__":
    main()
