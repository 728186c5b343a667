"""A notebook's process seen from outside: signalled, watched and ended, with its children."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
import time
from pathlib import Path

from autograder.sandbox.limits import MB, Limits

_INTERVAL = 0.05


class NotebookProcess:
    """The first process of a notebook. In a process namespace its end is the end of all others.

    Args:
        pid: its number in the grader's own view.
        grouped: whether it leads a process group instead of a namespace (no sandbox).
    """

    def __init__(self, pid: int, grouped: bool):
        self.pid = pid
        self.grouped = grouped
        self._handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet, as far as the system tells."""
        if self._handle is None:
            return True
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        return not poll.poll(0)

    def interrupt(self) -> None:
        self._signal(signal.SIGINT)

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        if self.grouped:
            for pid in reversed(self.family()):
                _kill(pid)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self._signal(signal.SIGKILL)
        if self._handle is not None:
            poll = select.poll()
            poll.register(self._handle, select.POLLIN)
            poll.poll(5000)

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _signal(self, number: int) -> None:
        try:
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, number)
            else:
                os.kill(self.pid, number)
        except (ProcessLookupError, PermissionError):
            pass

    def family(self) -> list[int]:
        """This process and all that descend from it."""
        return family_of(self.pid)


def family_of(first: int) -> list[int]:
    """A process and all that descend from it, as far as /proc tells."""
    found, waiting = [], [first]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                waiting += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
        except (OSError, ValueError):
            continue
        if len(found) > 5000:
            break
    return found


def memory_of(pid: int) -> tuple[int, int]:
    """Bytes of memory that are a process's own, and how many threads it has."""
    memory = threads = 0
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith(("RssAnon:", "RssShmem:", "VmSwap:")):
                    memory += int(line.split()[1]) * 1024
                elif line.startswith("Threads:"):
                    threads = int(line.split()[1])
    except (OSError, ValueError):
        pass
    return memory, threads


def _socket_bytes() -> int:
    """What may wait in one socket, as the kernel has it by default. Notebooks cannot change it."""
    try:
        return int(Path("/proc/sys/net/core/wmem_default").read_text())
    except (OSError, ValueError):
        return 212992


def sockets_in_network_of(pid: int) -> int:
    """How many sockets there are in a process's network namespace, those on their way included."""
    try:
        with open(f"/proc/{pid}/net/sockstat") as counts:
            return int(counts.readline().split()[2])
    except (OSError, ValueError, IndexError):
        return 0


class Watch:
    """Ends a notebook whose processes together take too much, also between its cells.

    What lies in sockets is the kernel's memory and counts for no process. So each socket in a network
    of the notebook's own counts as if it were full.

    `reason` says which limit it was, or is empty.
    """

    def __init__(self, process: NotebookProcess, limits: Limits):
        self._process = process
        self._limits = limits
        self._at_start = memory_of(process.pid)[0]
        self._per_socket = 0 if process.grouped else _socket_bytes()
        self._looking = threading.Lock()
        self.reason = ""

    def start(self) -> None:
        _watcher.add(self)

    def stop(self) -> None:
        _watcher.remove(self)
        with self._looking:  # a look that has begun comes to its end
            pass

    def look(self) -> None:
        """Look once, and end the notebook if need be."""
        with self._looking:
            if not self.reason and _watcher.has(self):
                self.reason = self._look()
                if self.reason:
                    self._process.end()

    def _look(self) -> str:
        memory = processes = 0
        for pid in self._process.family():
            taken, threads = memory_of(pid)
            memory += max(0, taken - self._at_start)
            processes += threads
        if self._per_socket:
            memory += self._per_socket * sockets_in_network_of(self._process.pid)
        if memory > self._limits.memory_bytes:
            return f"used more than {self._limits.memory_bytes // MB} MB of memory"
        if processes > self._limits.processes:
            return f"started more than {self._limits.processes} processes"
        return ""


class _Watcher:
    """One thread that looks after all notebooks of this process, while there are any."""

    def __init__(self):
        self._watches: set[Watch] = set()
        self._some = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, watch: Watch) -> None:
        self._watches.add(watch)
        self._some.set()
        if self._thread is None or not self._thread.is_alive():  # a fork has none
            self._thread = threading.Thread(target=self._run, daemon=True, name="watch")
            self._thread.start()

    def remove(self, watch: Watch) -> None:
        self._watches.discard(watch)

    def has(self, watch: Watch) -> bool:
        return watch in self._watches

    def _run(self) -> None:
        while True:
            if not self._watches:
                self._some.clear()
            if not self._watches:  # none came meanwhile
                self._some.wait()
            time.sleep(_INTERVAL)
            for watch in tuple(self._watches):
                watch.look()


_watcher = _Watcher()


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)
