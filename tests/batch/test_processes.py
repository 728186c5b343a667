"""A process that dies or does not come back costs the one call that it was at."""

from __future__ import annotations

import functools
import os
import signal
import threading
import time
from multiprocessing.util import Finalize

import pytest

import autograder.batch.processes
from autograder.batch.processes import Processes, TookTooLong, WorkerEnded


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
    pids = {processes.submit(pid).result(60) for _ in range(20)}

    assert [answer.result(60) for answer in answers] == [2 * x for x in range(20)]
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
        lost.result(60)
    assert [call.result(60) for call in calls] == [2 * x for x in range(9)]


def test_an_exception_comes_back_with_its_story(processes):
    error = processes.submit(fail, "plain").exception(30)

    assert isinstance(error, ValueError)
    assert "in fail" in error.__notes__[0]


@pytest.mark.parametrize(
    ("call", "said"), [((fail, "odd"), "Odd: 1"), ((unpicklable,), "cannot pickle")]
)
def test_what_cannot_be_sent_back_is_an_error_of_its_call_only(processes, call, said):
    with pytest.raises((RuntimeError, TypeError), match=said):
        processes.submit(*call).result(60)
    assert processes.submit(double, 1).result(60) == 2


def test_stopping_ends_processes_in_the_middle_of_their_work():
    some = Processes(2)
    pids = {some.submit(pid).result(60) for _ in range(20)}
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


def stop():
    os.kill(os.getpid(), signal.SIGSTOP)


def test_a_process_that_stops_while_it_is_sent_something_is_ended_in_time():
    some = Processes(1, seconds=2)
    try:
        os.kill(some.submit(pid).result(60), signal.SIGSTOP)
        large = some.submit(len, b"more than fits into a pipe" * 100_000)

        with pytest.raises(TookTooLong, match="more than 2 seconds"):
            large.result(60)
        assert some.submit(double, 1).result(60) == 2
    finally:
        some.stop()


def test_a_process_that_does_not_start_is_not_the_fault_of_the_call(monkeypatch):
    monkeypatch.setattr(autograder.batch.processes, "SECONDS_TO_START", 2)
    some = Processes(1, stop)
    try:
        with pytest.raises(WorkerEnded, match="did not start: it took more than 2 seconds") as said:
            some.submit(double, 1).result(60)
        assert not isinstance(said.value, TookTooLong)
    finally:
        some.stop()


def test_a_process_that_cannot_be_started_is_said_and_tried_again(processes, monkeypatch):
    start = processes._start

    def no_memory():
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(processes, "_start", no_memory)
    ended = [processes.submit(end, 3) for _ in range(2)]
    assert all(call.exception(30) for call in ended)
    with pytest.raises(OSError, match="Cannot allocate memory"):
        while True:
            processes.submit(double, 1).result(60)

    monkeypatch.setattr(processes, "_start", start)
    assert processes.submit(double, 1).result(60) == 2


def test_a_reply_that_cannot_be_read_is_an_error_of_its_call_only(processes):
    with pytest.raises(ValueError, match="not here"):
        processes.submit(UnreadableHere).result(60)
    assert processes.submit(double, 1).result(60) == 2


class UnreadableHere:
    """Read back in any process but the one that made it, it fails."""

    def __init__(self):
        self.made_by = os.getpid()

    def __setstate__(self, state):
        if state["made_by"] != os.getpid():
            raise ValueError("not here")


def leave_a_note_at_the_end(path):
    Finalize(None, path.write_text, args=("put away",), exitpriority=1)


@pytest.mark.parametrize("calls", [0, 1], ids=["never asked", "asked before"])
def test_processes_that_wait_put_things_away_when_they_are_stopped(tmp_path, calls):
    note = tmp_path / "note"
    some = Processes(1, functools.partial(leave_a_note_at_the_end, note))
    for _ in range(calls):
        assert some.submit(double, 1).result(60) == 2
    deadline = time.monotonic() + 60
    while not all(worker.is_idle() for worker in some._workers) and time.monotonic() < deadline:
        time.sleep(0.05)

    some.stop()

    assert note.read_text() == "put away"
