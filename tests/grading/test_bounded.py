"""Work on a student's input ends in time, whatever the input, and takes no more than its memory."""

from __future__ import annotations

import json
import os
import signal
import time

import pytest
from repair.damaged import submitted
from repair.damaged.undamaged import exercise, undamaged

from autograder.grading import repaired as module
from autograder.grading.bounded import Bounded, OutOfBounds
from autograder.grading.repaired import repair_within_limits
from autograder.repair import repair
from autograder.submission.files import SubmittedFile

MB = 1_000_000


def for_ever():
    while True:
        pass


def sleeping():
    time.sleep(60)


def too_much():
    return len([bytes(10 * MB) for _ in range(100)])


def failing():
    raise KeyError("x")


def deep():
    return deep()


def killed():
    os.kill(os.getpid(), signal.SIGKILL)


def files_open():
    return [int(name) for name in os.listdir("/proc/self/fd")]


WORK = {
    one.__name__: one for one in (for_ever, sleeping, too_much, failing, deep, killed, files_open)
} | {"double": lambda x: 2 * x, "pid": os.getpid}


@pytest.fixture
def bounded():
    one = Bounded(WORK, seconds=0.5, memory=300 * MB)
    yield one
    one.close()


def test_what_is_within_the_limits_is_returned(bounded):
    assert bounded.call("double", 21) == 42


def test_large_values_go_there_and_back(bounded):
    assert len(bounded.call("double", bytes(5 * MB))) == 10 * MB


def test_one_process_does_all_the_work(bounded):
    first = bounded.call("pid")

    assert first != os.getpid()
    assert bounded.call("pid") == first


@pytest.mark.parametrize(
    ("work", "said"),
    [
        ("for_ever", "more than 0.5 seconds"),
        ("sleeping", "more than 0.5 seconds"),
        ("too_much", "more than 0.3 GB of memory"),
        ("deep", "more levels than Python has"),
        ("failing", r"code that failed \(KeyError\)"),
        ("killed", "more than 0.3 GB of memory"),
    ],
)
def test_what_is_not_is_ended_and_the_next_work_is_done(bounded, work, said):
    with pytest.raises(OutOfBounds, match=said):
        bounded.call(work)

    assert bounded.call("double", 1) == 2


def test_a_process_that_is_ended_is_gone(bounded):
    pid = bounded.call("pid")
    with pytest.raises(OutOfBounds):
        bounded.call("for_ever")

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_child_has_no_file_of_the_parents(bounded, tmp_path):
    with open(tmp_path / "gradebook", "w") as file:
        assert file.fileno() not in bounded.call("files_open")[:-1]
    assert len(bounded.call("files_open")) <= 5


def test_a_child_outlives_its_parent_in_no_case(bounded):
    """Its parent being killed, it is at most the limit of time behind."""
    read, write = os.pipe()
    middle = os.fork()
    if middle == 0:
        os.write(write, str(bounded.call("pid")).encode())
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(middle, 0)
    pid = int(os.read(read, 20))

    for _ in range(100):
        try:
            os.kill(pid, 0)
            # An orphan that has ended waits for whoever adopted it.
            with open(f"/proc/{pid}/stat") as stat:
                if stat.read().split()[2] == "Z":
                    return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.05)
    pytest.fail("the child is still there")


def test_a_submission_is_repaired_as_without_limits():
    files = submitted(undamaged())

    assert repair_within_limits(files, exercise()) == repair(files, exercise())


@pytest.fixture
def stuck(monkeypatch):
    """A repair that never ends."""
    monkeypatch.setattr(module, "repair", lambda files, exercise: for_ever())
    monkeypatch.setattr(module, "Bounded", lambda work: Bounded(work, seconds=0.5))
    module._bounded.cache_clear()
    yield
    module._bounded.cache_clear()


def test_a_submission_that_cannot_be_repaired_in_time_has_its_plain_reading(stuck):
    files = submitted(undamaged())

    repaired = repair_within_limits(files, exercise())

    assert repaired.answers == repair(files, exercise()).answers
    (remark,) = repaired.remarks
    assert (remark.kind, remark.urgency) == ("unusable", 3)
    assert remark.sentence == (
        "Putting this submission in order took more than 0.5 seconds, and was stopped. Only "
        "answers in cells that have their own names still were read: a person has to look at it."
    )


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b"", b"{}", json.dumps({"cells": [1, {"source": 3}, None]}).encode()],
)
def test_where_there_is_no_plain_reading_either_a_person_is_asked(stuck, content):
    repaired = repair_within_limits([SubmittedFile("convolution.ipynb", 9, content)], exercise())

    assert not any(repaired.answers.values())
    assert [file.used_as for file in repaired.received] == [""]
    assert "Nothing in it could be read: a person has to look at it" in repaired.remarks[0].sentence
