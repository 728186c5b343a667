"""How long a person waits: for the command to start, for a sandbox to open, for the end.

    python -m benchmarks.waiting [--rounds 3] [--scheduler ADDRESS]

Grades a small class and presses Ctrl-C at several stages of the run; ADDRESS is that of a Dask
cluster to grade on. Prints the median and the longest of so many rounds, in seconds, and what is
aimed at. Takes part in no test.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from autograder.exercise.source_notebooks import load_exercise
from autograder.sandbox import open_sandbox
from autograder.sandbox.process import family_of

from .made_up_class import class_of
from .speed import ASSIGNMENT, REPOSITORY, hand_in

STUDENTS = 40
COMMAND = [sys.executable, "-m", "autograder"]
OPENED = 20
GIVE_UP_SECONDS = 120


def new_course(folder: Path) -> Path:
    folder.mkdir()
    shutil.copyfile(REPOSITORY / "nbgrader_config.py", folder / "nbgrader_config.py")
    shutil.copytree(REPOSITORY / "source", folder / "source")
    hand_in(folder, class_of(load_exercise(ASSIGNMENT, REPOSITORY / "source"), STUDENTS))
    return folder


def start(course: Path, *options: str) -> subprocess.Popen:
    return subprocess.Popen(
        [*COMMAND, "grade", ASSIGNMENT, *options],
        cwd=course,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(there: Callable[[], bool], process: subprocess.Popen) -> None:
    until = time.monotonic() + GIVE_UP_SECONDS
    while not there():
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit("the run ended before it got that far")
        time.sleep(0.01)


def notebook_runs(grader: int) -> bool:
    """Whether there is a notebook's process: a fork of the server with a session of its own."""
    commands = []
    for pid in family_of(grader):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            session = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[3])
        except OSError:
            continue
        wall = b"bwrap" in command.split(b"\0")[0]
        if b"from inside.main import start" in command and session == pid and not wall:
            commands.append(command)
    return len(set(commands)) < len(commands)


def obeys(course: Path, reached: Callable[[subprocess.Popen], bool], *options: str) -> float:
    """Seconds from Ctrl-C, pressed when a run has got somewhere, to the end of its last process."""
    process = start(course, *options)
    wait_until(lambda: reached(process), process)
    pressed = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    process.wait()
    taken = time.monotonic() - pressed
    if process.returncode != 130:
        raise SystemExit(f"the run ended with {process.returncode}")
    return taken


def helps() -> float:
    started = time.monotonic()
    subprocess.run([*COMMAND, "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - started


def first_under_way(course: Path) -> float:
    started = time.monotonic()
    process = start(course)
    wait_until(lambda: notebook_runs(process.pid), process)
    taken = time.monotonic() - started
    os.killpg(process.pid, signal.SIGINT)
    process.wait()
    return taken


def opens() -> float:
    with open_sandbox() as factory:
        factory.open().close()
        taken = []
        for _ in range(OPENED):
            started = time.monotonic()
            session = factory.open()
            taken.append(time.monotonic() - started)
            session.close()
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scheduler", metavar="ADDRESS")
    chosen = parser.parse_args()
    options = ["--scheduler", chosen.scheduler] if chosen.scheduler else []

    with tempfile.TemporaryDirectory() as folder:
        ungraded = new_course(Path(folder, "ungraded"))
        graded = Path(shutil.copytree(ungraded, Path(folder, "graded")))
        if start(graded).wait():
            raise SystemExit("the class could not be graded")

        def fresh(course: Path) -> Path:
            copy = Path(folder, "copy")
            shutil.rmtree(copy, ignore_errors=True)
            return Path(shutil.copytree(course, copy))

        def starting() -> float:
            began = time.monotonic()
            return obeys(fresh(ungraded), lambda _: time.monotonic() > began + 1, *options)

        def grading() -> float:
            course = fresh(ungraded)
            recorded = course / ".autograder" / "recorded" / ASSIGNMENT
            return obeys(
                course, lambda _: recorded.is_dir() and len(os.listdir(recorded)) > 3, *options
            )

        def feedback() -> float:
            course = fresh(graded)
            noted = course / ".autograder" / "feedback" / ASSIGNMENT
            return obeys(course, lambda _: noted.is_dir() and bool(os.listdir(noted)), "--feedback")

        measured = {
            "autograder --help": (helps, 0.3),
            "first submission under way": (lambda: first_under_way(fresh(ungraded)), 3),
            "a sandbox opens": (opens, 0.2),
            "Ctrl-C while starting": (starting, 2),
            "Ctrl-C while grading": (grading, 2),
            "Ctrl-C while writing feedback": (feedback, 2),
        }
        print(f"{'seconds':32}{'median':>8}{'longest':>9}{'aim':>6}")
        for name, (measure, aim) in measured.items():
            taken = [measure() for _ in range(chosen.rounds)]
            print(
                f"{name:32}{statistics.median(taken):8.2f}{max(taken):9.2f}{aim:6.1f}", flush=True
            )
        print(
            f"load of the machine: {os.getloadavg()[0]:.1f} on {len(os.sched_getaffinity(0))} cores"
        )


if __name__ == "__main__":
    main()
