"""Grade copies of a course, kill each run before another of its steps, and complete it.

A step is a file below the course that is opened for writing, renamed or removed, or a commit.

    python kill_at_step.py COURSE FOLDER (NUMBER | all)

leaves the completed courses in FOLDER, each under the number of its step, and prints these names.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

import sqlalchemy
import sqlalchemy.event

import autograder.feedback
import autograder.gradebook.recorder
from autograder.batch.run import grade_class
from autograder.course.course import open_course
from autograder.course.settings import how_to_grade
from autograder.exercise.source_notebooks import load_exercise

STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree"}


class Silent:
    def advance(self, worth_a_look: bool) -> None:
        pass


class Steps:
    """Counts steps below a folder, and ends this process before one of them."""

    def __init__(self, folder: Path, last: int | None):
        self.below = str(folder)
        self.last = last
        self.done = 0
        sys.addaudithook(self.heard)
        sqlalchemy.event.listen(sqlalchemy.Engine, "commit", lambda connection: self.step())

    def heard(self, event: str, args: tuple) -> None:
        if event == "open":
            path, mode, flags = args
            writes = flags & (os.O_WRONLY | os.O_RDWR) or (mode and set("wax+") & set(mode))
            if writes and str(path).startswith(self.below):
                self.step()
        elif event in STEPS and str(args[0]).startswith(self.below):
            self.step()

    def step(self) -> None:
        self.done += 1
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def grade(folder: Path, last: int | None = None) -> int:
    """Grade in a process of its own, which ends before a step.

    Returns:
        How many steps it took, 0 if it was killed.
    """
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        os.close(receiving)
        try:
            steps = Steps(folder, last)
            course = open_course(folder)
            exercise = load_exercise("exercise09", course.source_root)
            students = course.submissions(exercise.name)
            how = how_to_grade(course.config)
            outcome = grade_class(course, exercise, students, how, 1, False, Silent())
            assert not outcome.failed, outcome.failed
            autograder.feedback.generate_feedback(course, exercise.name, outcome.lines, 1)
            os.write(sending, str(steps.done).encode())
            os._exit(0)
        except BaseException as error:
            sys.excepthook(type(error), error, error.__traceback__)
            os._exit(1)
    os.close(sending)
    with open(receiving, "rb") as said:
        answer = said.read()
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return 0
    if status:
        raise SystemExit(f"a run failed, to be killed before step {last}")
    return int(answer)


def main() -> None:
    course, folder, how_many = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

    def copy(name: str) -> Path:
        return Path(shutil.copytree(course, folder / name))

    total = grade(copy("whole"))
    shutil.rmtree(folder / "whole")
    number = total if how_many == "all" else int(how_many)
    killed = []
    for place in range(number):
        last = 1 + (place * 2 + 1) * total // (number * 2)
        one = copy(str(last))
        if grade(one, last):
            raise SystemExit(f"a run with {total} steps was done before step {last}")
        grade(one)
        killed.append(one.name)
    print(json.dumps(killed))


if __name__ == "__main__":
    main()
