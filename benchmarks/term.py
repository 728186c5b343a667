"""A term played through: release, attempts, late days, an extension, a regrade request, grades.

    python -m benchmarks.term [--keep FOLDER]

Every step is a command that an instructor or a student types: nbgrader's for release, fetch, submit
and fetch_feedback, this grader's for the rest. The watch runs all the time and is killed once, in
the middle. At the end, each figure of the gradebook is compared with what it must be, so it is also
a test: it exits 1 at the first that is another. Takes part in no test of the suite.
"""

from __future__ import annotations

import argparse
import csv
import getpass
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import Exercise, load_exercise

from .speed import ASSIGNMENT, REPOSITORY

COURSE_ID = "foundations-of-deep-learning"
ME = getpass.getuser()
SECONDS = 600

BEFORE_DEADLINE = """
c.Attempts.most = 3
c.LateDays.zone = "Europe/Zurich"
c.LateDays.bank = 1
c.LateDays.percent = 10
c.LateDays.most = 50
"""


def command(folder: Path, *words: str, ok: bool = True) -> str:
    """What a command prints; this ends where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if (done.returncode == 0) != ok:
        raise SystemExit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def step(what: str) -> None:
    print(f"- {what}", flush=True)


def check(what: str, expected: object, found: object) -> None:
    if expected != found:
        raise SystemExit(f"{what}: {found!r}, and it must be {expected!r}")
    print(f"  {what}: {found}", flush=True)


def until(what: str, there: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not there():
        if time.monotonic() > end:
            raise SystemExit(f"{what}: it did not happen within {SECONDS} s")
        time.sleep(0.1)


class Term:
    """A course, its exchange, and the home of the one student who uses nbgrader's commands."""

    def __init__(self, folder: Path):
        self.course = folder / "course"
        self.home = folder / "home"
        self.exchange = folder / "exchange"
        self.log = folder / "watch.log"
        for path in (self.course, self.home, self.exchange):
            path.mkdir()
        self.exchange.chmod(0o777)
        shutil.copytree(REPOSITORY / "source", self.course / "source")
        config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
        shared = (
            f"c.Exchange.root = {str(self.exchange)!r}\n"
            f"c.Exchange.cache = {str(folder / 'cache')!r}\n"
        )
        self.base = config + shared
        self.configure(BEFORE_DEADLINE + self.due(days=1))
        (self.home / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.CourseDirectory.course_id = {COURSE_ID!r}\n{shared}"
        )
        self.watch: subprocess.Popen[bytes] | None = None

    def configure(self, more: str) -> None:
        (self.course / "nbgrader_config.py").write_text(self.base + more)

    @staticmethod
    def due(days: float) -> str:
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + days * 86_400))
        return f"c.LateDays.due = {{{ASSIGNMENT!r}: '{when} UTC'}}\n"

    def start_watch(self) -> None:
        with open(self.log, "ab") as log:
            self.watch = subprocess.Popen(
                [sys.executable, "-m", "autograder", "watch", ASSIGNMENT],
                cwd=self.course,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_watch(self) -> None:
        if self.watch is not None:
            os.killpg(self.watch.pid, signal.SIGKILL)
            self.watch.wait()
            self.watch = None

    def submit(self, notebooks: dict[str, str]) -> None:
        folder = self.home / ASSIGNMENT
        for name, text in notebooks.items():
            (folder / name).write_text(text, encoding="utf-8")
        # Two submissions of the same second would be one for nbgrader.
        time.sleep(1.1)
        command(self.home, "nbgrader", "submit", ASSIGNMENT)

    def fetched(self) -> list[str]:
        """The texts of the pages that the student has, the oldest first."""
        command(self.home, "nbgrader", "fetch_feedback", ASSIGNMENT)
        pages = sorted((self.home / ASSIGNMENT / "feedback").glob("*/convolution.html"))
        return [page.read_text(encoding="utf-8") for page in pages]

    def answered(self, number: int) -> bool:
        """Whether pages to so many submissions lie in the exchange, two each."""
        pages = self.exchange / COURSE_ID / "feedback"
        return len(list(pages.glob("*[!p].html"))) >= 2 * number

    def hand_in(self, student: str, notebooks: dict[str, str], hours_ago: float) -> None:
        """What the sync of a learning platform leaves in the folder of submissions."""
        folder = self.course / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        for name, text in notebooks.items():
            (folder / name).write_text(text, encoding="utf-8")
        when = time.gmtime(time.time() - hours_ago * 3600)
        (folder / "timestamp.txt").write_text(time.strftime("%Y-%m-%d %H:%M:%S UTC", when))


def answers(exercise: Exercise, wrong: str = "") -> dict[str, str]:
    """The notebooks with all solutions, or with a known mistake in one task."""
    notebooks = {}
    for name, tasks in exercise.tasks.items():
        by_id = exercise.notebooks[name].by_id
        filled = {task: (by_id[task].source,) for task in tasks}
        if wrong in tasks:
            filled[wrong] = exercise.mistakes(wrong)[0].cells
        notebooks[f"{name}.ipynb"] = fill_in(exercise, name, filled)
    return notebooks


def play(term: Term) -> None:
    exercise = load_exercise(ASSIGNMENT, term.course / "source")
    right = answers(exercise)

    step("release")
    command(term.course, "nbgrader", "generate_assignment", ASSIGNMENT)
    command(term.course, "nbgrader", "release_assignment", ASSIGNMENT)
    command(term.home, "nbgrader", "fetch_assignment", ASSIGNMENT)

    step("three attempts through the exchange; the watch is killed after the first")
    term.start_watch()
    term.submit(answers(exercise, "convolution_matrix"))
    until("the first answer", lambda: term.answered(1))
    term.kill_watch()
    term.submit(answers(exercise, "convolve"))
    term.start_watch()
    until("the second answer", lambda: term.answered(2))
    term.submit(right)
    until("the third answer", lambda: term.answered(3))
    pages = term.fetched()
    for number, page in enumerate(pages, 1):
        check(f"attempt {number} is said", True, f"{number} of 3 attempts are used" in page)
    check("a hidden call is shown", False, any("first call that went" in page for page in pages))

    step("a fourth submission, of which all attempts are used")
    term.submit(answers(exercise, "count_parameters"))
    until("the fourth page", lambda: term.answered(4))
    check("the page says so", True, "All 3 attempts are used" in term.fetched()[3])
    said = command(term.course, "autograder", "attempts", ASSIGNMENT)
    check("attempts", f"{ME}: 3 of 3 attempts: 20, 22, 24 points", said.strip())
    term.submit(right)

    step("the deadline passes; others come late, one of them with an extension")
    term.hand_in("late", right, 0)
    term.hand_in("later", right, -26)
    term.hand_in("extended", right, 0)
    until(
        "all have arrived",
        lambda: (
            len(list((term.course / "feedback").glob(f"*/{ASSIGNMENT}"))) == 4 and term.answered(5)
        ),
    )
    term.kill_watch()
    term.configure(BEFORE_DEADLINE.replace("c.Attempts.most = 3", "") + term.due(-1 / 24 - 1))
    until_ = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(time.time() + 86_400))
    (term.course / "extensions.csv").write_text(
        "student,assignment,until,reason\n"
        f"extended,{ASSIGNMENT},{until_},ill\n{ME},{ASSIGNMENT},{until_},the machine was down\n"
    )

    step("the final set decides")
    said = command(term.course, "autograder", "grade", ASSIGNMENT, "--feedback")
    check("the table says the extension", True, "extended: The extension until" in said)
    check("and the late days", True, "taken from the late days: 1 for the term, 0 left" in said)
    # Of all students at once, nbgrader releases nothing if one did not come by the exchange.
    command(term.course, "nbgrader", "release_feedback", ASSIGNMENT, "--student", ME)
    page = term.fetched()[-1]
    check("the final page shows the grade", True, "8 of 8 so far" in page)

    step("a regrade request, which comes through the exchange and takes no place")
    (term.home / ASSIGNMENT / "regrade.md").write_text(
        "Regrade request\nexplain_parameter_sharing: I did not write anything, and mean it so.\n"
    )
    term.submit({})
    term.start_watch()
    until(
        "the request",
        lambda: f"regrade request of {ME}" in term.log.read_text(encoding="utf-8"),
    )
    term.kill_watch()
    request = f"{ME}:explain_parameter_sharing"
    said = command(term.course, "autograder", "requests", ASSIGNMENT)
    check("it is listed", True, said.startswith(request))
    options = ("--accept", request, "--points", "1", "--comment", "One point for the courage.")
    command(term.course, "autograder", "requests", ASSIGNMENT, *options)
    said = command(term.course, "autograder", "requests", ASSIGNMENT)
    check("and closed", "0 requests", said.strip())

    step("the gradebook at the end")
    command(term.course, "autograder", "grade", ASSIGNMENT, "--feedback")
    command(term.course, "autograder", "export", ASSIGNMENT, "--partial", "--to", "grades.csv")
    with open(term.course / "grades.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    found = {
        student: (float(row["raw_score"]), float(row["late_submission_penalty"] or 0))
        for student, row in rows.items()
    }
    # Two days and some have begun for `late`, three for `later`; one is in the bank.
    expected = {
        ME: (25.0, 0.0),
        "late": (24.0, 2.4),
        "later": (24.0, 4.8),
        "extended": (24.0, 0.0),
    }
    check("points and what lateness takes off", dict(sorted(expected.items())), found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="Play in this folder, and leave it there.")
    chosen = parser.parse_args()
    if chosen.keep is not None:
        chosen.keep.mkdir(parents=True)
    folder = Path(chosen.keep or tempfile.mkdtemp()).absolute()
    started = time.monotonic()
    term = Term(folder)
    try:
        play(term)
    finally:
        term.kill_watch()
        if chosen.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"The term was played through in {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main()
