"""A process that dies or does not come back costs the one call that it was at."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from autograder.batch.processes import Processes, WorkerEnded


def double(x):
    return 2 * x


def pid():
    return os.getpid()


def end(code):
    os._exit(code)


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


def hang():
    time.sleep(600)


class Odd(Exception):
    """Can be written and not be read back: it wants two arguments and says one."""

    def __init__(self, one, two):
        super().__init__(one)


def fail(kind):
    raise {"plain": ValueError("no"), "odd": Odd(1, 2)}[kind]


def unpicklable():
    return threading.Lock()


@pytest.fixture
def processes():
    some = Processes(2, seconds=2)
    yield some
    some.stop()


def test_calls_are_answered_by_other_processes(processes):
    answers = [processes.submit(double, x) for x in range(20)]
    pids = {processes.submit(pid).result(30) for _ in range(20)}

    assert [answer.result(30) for answer in answers] == [2 * x for x in range(20)]
    assert os.getpid() not in pids
    assert 1 <= len(pids) <= 2


@pytest.mark.parametrize(
    ("deadly", "said"),
    [((end, 3), "code 3"), ((kill,), "code -9"), ((hang,), "more than 2 seconds")],
    ids=["ends", "is killed", "hangs"],
)
def test_a_call_that_ends_its_process_costs_no_other_call(processes, deadly, said):
    calls = [processes.submit(double, x) for x in range(3)]
    lost = processes.submit(*deadly)
    calls += [processes.submit(double, x) for x in range(3, 9)]

    with pytest.raises(WorkerEnded, match=said):
        lost.result(30)
    assert [call.result(30) for call in calls] == [2 * x for x in range(9)]


def test_an_exception_comes_back_with_its_story(processes):
    error = processes.submit(fail, "plain").exception(30)

    assert isinstance(error, ValueError)
    assert "in fail" in error.__notes__[0]


@pytest.mark.parametrize(
    ("call", "said"), [((fail, "odd"), "Odd: 1"), ((unpicklable,), "cannot pickle")]
)
def test_what_cannot_be_sent_back_is_an_error_of_its_call_only(processes, call, said):
    with pytest.raises((RuntimeError, TypeError), match=said):
        processes.submit(*call).result(30)
    assert processes.submit(double, 1).result(30) == 2


def test_stopping_ends_processes_in_the_middle_of_their_work():
    some = Processes(2)
    pids = {some.submit(pid).result(30) for _ in range(20)}
    hanging = [some.submit(hang) for _ in range(4)]
    time.sleep(0.5)

    started = time.monotonic()
    some.stop()

    assert time.monotonic() - started < 8
    assert all(call.cancelled() or call.exception(5) for call in hanging)
    for one in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)
    with pytest.raises(RuntimeError):
        some.submit(double, 1)


def test_shutting_down_waits_for_what_was_submitted():
    some = Processes(1)
    calls = [some.submit(double, x) for x in range(5)]

    some.shutdown()

    assert [call.result(0) for call in calls] == [0, 2, 4, 6, 8]
