"""A few processes that work for this one, each of which may be ended at any moment.

`concurrent.futures.ProcessPoolExecutor` loses all that is running when one of its processes dies,
cannot end one that does not come back, and offers no way to stop at once. Here a process that dies
or takes too long costs the one call that it was at; another one takes its place.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from autograder.course.interrupts import interrupts_held_back

SECONDS_TO_START = 120
"""How long a process has until it can be asked; a machine with much else to do takes some."""

SECONDS_TO_END = 10
"""How long a process has to end by itself when there is no more work."""


class WorkerEnded(Exception):
    """The process that did this ended."""


class TookTooLong(WorkerEnded):
    """The process that did this was ended, since it took too long."""


@dataclass(eq=False)
class _Worker:
    """A process.

    Attributes:
        process: the process.
        connection: this end of the pipe to it.
        ready: whether it has said that it is prepared.
        busy: whether it is at a call.
    """

    process: BaseProcess
    connection: Connection
    ready: bool = False
    busy: bool = False

    def is_idle(self) -> bool:
        """Whether it only waits for calls, so that it ends by itself when none will come."""
        with contextlib.suppress(OSError):  # it has ended
            return not self.busy and (self.ready or self.connection.poll())
        return False


class Processes(Executor):
    """Processes as an executor. They are spawned at once, and prepared for what will come.

    Args:
        count: how many.
        prepare: what each does first; it can be pickled and does not raise.
        seconds: how long one call may take once its process is prepared, None for as long as it
            likes.
    """

    def __init__(
        self,
        count: int,
        prepare: Callable[[], object] | None = None,
        seconds: float | None = None,
    ):
        self._prepare = prepare
        self._seconds = seconds
        # Not forked: this process may have threads, and its memory holds what no sandbox should
        # inherit.
        self._context = multiprocessing.get_context("spawn")
        self._calls: queue.SimpleQueue[tuple[Future[Any], bytes] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._stopped = False
        self._workers: set[_Worker] = set()
        self._threads: list[threading.Thread] = []
        # A process that is being started hears Ctrl-C at no moment of its own, and neither do those
        # that its thread starts later.
        try:
            with interrupts_held_back():
                for _ in range(count):
                    worker = self._start()
                    thread = threading.Thread(target=self._keep_busy, args=(worker,), daemon=True)
                    thread.start()
                    self._threads.append(thread)
        except BaseException:
            self.stop()
            raise

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have it called by a process that has time.

        Its future ends with `WorkerEnded` if that process ends before the call does.
        """
        future: Future[Any] = Future()
        call = pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL)
        with self._lock:
            if self._stopped:
                raise RuntimeError("the processes have been stopped")
            self._calls.put((future, call))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes end when they have done what was submitted."""
        if cancel_futures:
            self._cancel_waiting()
        for _ in self._threads:
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def stop(self) -> None:
        """End the processes now: what they are at is lost. Those that wait put away first."""
        with self._lock:
            self._stopped = True
            for worker in self._workers:
                if not worker.is_idle():
                    worker.process.kill()
        self._cancel_waiting()
        self.shutdown()

    def _cancel_waiting(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                if (call := self._calls.get_nowait()) is not None:
                    call[0].cancel()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._prepare), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        with self._lock:
            self._workers.add(worker)
            if self._stopped:
                process.kill()
        return worker

    def _end(self, worker: _Worker) -> int | None:
        """End a process; its exit code."""
        process = worker.process
        with self._lock:
            worker.connection.close()
        process.join(SECONDS_TO_END)
        if process.is_alive():
            process.kill()
            process.join()
        code = process.exitcode
        with self._lock:
            self._workers.discard(worker)
        return code

    def _keep_busy(self, worker: _Worker | None) -> None:
        """In a thread: pass the calls that come to a process, and what they return back."""
        while (call := self._calls.get()) is not None:
            future, request = call
            if not future.set_running_or_notify_cancel():
                continue
            try:
                worker = worker or self._start()
                succeeded, value = pickle.loads(self._reply_of(worker, request))
            except WorkerEnded as error:
                worker = None
                future.set_exception(error)
            except Exception as error:  # no process can be started, or its reply cannot be read
                future.set_exception(error)
            else:
                (future.set_result if succeeded else future.set_exception)(value)
        if worker is not None:
            self._end(worker)

    def _reply_of(self, worker: _Worker, request: bytes) -> bytes:
        """What a process says to a request.

        Raises:
            WorkerEnded: if it ended, or took too long and was ended. There is no such process then.
        """
        with self._lock:
            worker.busy = True
            if self._stopped:
                worker.process.kill()
        if not worker.ready:
            try:
                self._received(worker, SECONDS_TO_START)
            except TookTooLong as error:  # which is not the call's fault
                raise WorkerEnded(f"its process did not start: {error}") from None
            worker.ready = True
        reply = self._received(worker, self._seconds, request)
        worker.busy = False
        return reply

    def _received(self, worker: _Worker, seconds: float | None, request: bytes = b"") -> bytes:
        reply = None
        # It may stop in the middle of reading or writing: then only its end wakes who waits for it.
        with _Deadline(seconds, worker.process.kill) as deadline:
            try:
                if request:
                    worker.connection.send_bytes(request)
                reply = worker.connection.recv_bytes()
            except (EOFError, OSError):
                pass
        if deadline.passed:
            self._end(worker)
            raise TookTooLong(f"it took more than {seconds:g} seconds and was ended")
        if reply is None:
            raise WorkerEnded(f"its process ended with code {self._end(worker)}")
        return reply


class _Deadline:
    """Does something when a block takes longer than so many seconds; never after the block.

    Attributes:
        passed: whether it was done, once the block has ended.
    """

    def __init__(self, seconds: float | None, end: Callable[[], object]):
        self.passed = False
        self._end = end
        self._timer = None if seconds is None else threading.Timer(seconds, self._pass)

    def _pass(self) -> None:
        self.passed = True
        self._end()

    def __enter__(self) -> _Deadline:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()


def _work(connection: Connection, prepare: Callable[[], object] | None) -> None:
    """In a process: answer calls until the other end is closed."""
    end_with_the_parent()
    if prepare is not None:
        prepare()
    # The other end may be closed at any moment: then nobody waits for what this would say.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send_bytes(b"ready")
        while True:
            connection.send_bytes(_reply(connection.recv_bytes()))


def _reply(request: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(request)
        return pickle.dumps((True, function(*args, **kwargs)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        error.add_note("In the process that worked:\n" + "".join(traceback.format_exception(error)))
        try:
            reply = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
            pickle.loads(reply)  # some exceptions can be written and not be read
            return reply
        except Exception:
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))


def end_with_the_parent() -> None:
    """In a worker: leave Ctrl-C to the parent, which ends this process, and outlive it in no case.

    A worker whose parent was killed would otherwise wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = multiprocessing.parent_process()
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
