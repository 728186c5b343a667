"""Ctrl-C in the middle of recording: a submission has its grades and its folder, or neither."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support.courses import ASSIGNMENT, hand_in, new_course

from autograder.course.interrupts import interrupts_held_back

PROGRAM = """
import os, signal, sys
from autograder.gradebook import recorder as record
from autograder.__main__ import main

usual = record.Recorder.{step}

def interrupted(self, *args):
    os.kill(os.getpid(), signal.SIGINT)
    return usual(self, *args)

record.Recorder.{step} = interrupted
sys.argv = ["autograder", "grade", "exercise09", "--jobs", "1"]
main()
"""


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory, solved) -> Path:
    course = new_course(tmp_path_factory.mktemp("interrupted") / "course")
    hand_in(course, "ada", solved)
    return course


@pytest.fixture
def usual_handler():
    """As in a program of its own: workers of pytest-xdist may ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def interrupted_at(step: str, course: Path) -> tuple[int, bool, bool]:
    """How a run ends that is interrupted at a step of recording; are grades and folder there?"""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(step=step)],
        cwd=course,
        capture_output=True,
        text=True,
    )
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        (grades,) = gradebook.execute("select count(*) from grade").fetchone()
    return done.returncode, grades == 13, (course / "autograded" / "ada" / ASSIGNMENT).is_dir()


def test_before_the_grades_are_committed_neither_is_there(ungraded, tmp_path):
    course = Path(shutil.copytree(ungraded, tmp_path / "course"))

    assert interrupted_at("_write_grades", course) == (130, False, False)


def test_after_the_grades_are_committed_both_are_there(ungraded, tmp_path):
    course = Path(shutil.copytree(ungraded, tmp_path / "course"))

    assert interrupted_at("_exchange", course) == (130, True, True)


def test_an_interrupt_waits_until_the_end(usual_handler):
    done = []
    with pytest.raises(KeyboardInterrupt), interrupts_held_back():
        os.kill(os.getpid(), signal.SIGINT)
        done.append(1)

    assert done == [1]
    assert signal.getsignal(signal.SIGINT) is usual_handler


def test_who_ignores_interrupts_is_not_interrupted(usual_handler):
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    with interrupts_held_back():
        os.kill(os.getpid(), signal.SIGINT)

    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_in_another_thread_nothing_is_held_back(usual_handler):
    handlers = []

    def work():
        with interrupts_held_back():
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert handlers == [usual_handler]
