"""Work on what a student handed in, outside of the sandbox, within limits of time and memory.

Reading a file, taking it apart and cleaning its text is done by our own code, yet a student chooses
its input. So it is done in a child of this process, which is ended from outside when it takes too
long, and which has no more than its share of memory. The child is forked once and kept: one piece
of work costs two messages.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing.connection
import os
import pickle
import resource
import signal
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

SECONDS = 10.0
"""How long one piece of work may take."""

MEMORY = 1_000_000_000
"""How many bytes it may take on top of what this process has."""


class OutOfBounds(Exception):
    """The work took too long, or more memory than there is for it; the message says which."""


class Bounded:
    """Functions that run in a child process within limits.

    Args:
        functions: by name. They take and return what can be pickled, and raise nothing.
        seconds: how long one call may take.
        memory: how many bytes a call may take.
    """

    def __init__(
        self,
        functions: Mapping[str, Callable[..., Any]],
        seconds: float = SECONDS,
        memory: int = MEMORY,
    ):
        self._functions = dict(functions)
        self._seconds = seconds
        self._memory = memory
        self._lock = threading.Lock()
        self._owner = 0
        self._child = 0
        self._connection: Connection | None = None

    def call(self, name: str, *arguments: Any) -> Any:
        """What the function of this name returns.

        Raises:
            OutOfBounds: if it took too long or too much memory.
        """
        request = pickle.dumps((name, arguments), pickle.HIGHEST_PROTOCOL)
        with self._lock:
            connection = self._ready()
            try:
                connection.send_bytes(request)
                if not connection.poll(self._seconds):
                    raise OutOfBounds(f"more than {self._seconds:g} seconds")
                reply = connection.recv_bytes()
            except (EOFError, OSError):  # it was ended by the kernel, or could not go on
                self._end()
                raise OutOfBounds(f"more than {self._memory / 1e9:g} GB of memory") from None
            except BaseException:
                self._end()
                raise
        ok, value = pickle.loads(reply)
        if not ok:
            raise OutOfBounds(value)
        return value

    def _ready(self) -> Connection:
        if self._connection is None or self._owner != os.getpid():
            self._start()
        assert self._connection is not None
        return self._connection

    def _start(self) -> None:
        ours, theirs = multiprocessing.Pipe()
        gc.freeze()  # what is here now is shared with the child, and stays so
        self._child = os.fork()
        if self._child == 0:
            try:
                self._serve(theirs)
            finally:
                os._exit(1)
        theirs.close()
        self._owner, self._connection = os.getpid(), ours

    def _serve(self, connection: Connection) -> None:
        """In the child: do what is asked for until the other end is closed."""
        _keep_only(connection.fileno())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        _limit_memory(self._memory)
        while True:
            try:
                request = connection.recv_bytes()
            except (EOFError, OSError):
                return
            # The parent ends this process in time. If the parent is gone, this does.
            signal.setitimer(signal.ITIMER_REAL, self._seconds + 1)
            connection.send_bytes(self._done(request))
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _done(self, request: bytes) -> bytes:
        try:
            name, arguments = pickle.loads(request)
            value = self._functions[name](*arguments)
            return pickle.dumps((True, value), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            reason = f"more than {self._memory / 1e9:g} GB of memory"
        except RecursionError:
            reason = "more levels than Python has"
        except Exception as error:
            reason = f"code that failed ({type(error).__name__})"
        return pickle.dumps((False, reason), pickle.HIGHEST_PROTOCOL)

    def _end(self) -> None:
        if self._connection is None:
            return
        self._connection.close()
        self._connection = None
        if self._owner == os.getpid():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._child, 0)

    def close(self) -> None:
        """End the child; the next call starts another."""
        with self._lock:
            self._end()


def _keep_only(descriptor: int) -> None:
    """Close all files but this one and the standard ones: no socket of a sandbox, no database."""
    most = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, most if most > 0 else 65_536)


def _limit_memory(more: int) -> None:
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = int(file.read().split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + more
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
