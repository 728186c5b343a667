"""Where sessions come from: the strongest wall that this machine allows, kept warm."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.errors import NoSandbox
from autograder.sandbox import bubblewrap
from autograder.sandbox.environment import python_view
from autograder.sandbox.limits import Limits
from autograder.sandbox.remedies import refusal
from autograder.sandbox.server import PROGRAM, CannotStart, Server
from autograder.sandbox.session import NotebookSession


@dataclass(frozen=True)
class Wall:
    """One way to build the sandbox.

    Attributes:
        binary: the bubblewrap; empty for no wall at all.
        as_user: the user that root turns into, or None for a user namespace.
        kind: "namespaces" (each notebook has a wall of its own inside), "single" (each notebook has
            a sandbox of its own) or "none".
    """

    binary: str
    as_user: int | None
    kind: str

    @property
    def description(self) -> str:
        if self.kind == "none":
            return "NO SANDBOX: students' code ran with the rights of the grader"
        each = {
            "namespaces": "a wall of its own for each notebook",
            "single": "one sandbox for each notebook (nested namespaces are refused here)",
        }[self.kind]
        return f"sandbox: bubblewrap, {each}"

    def start(self, limits: Limits, cells: tuple[str, ...] = ()) -> Server:
        user = bubblewrap.NOBODY if self.as_user is None else self.as_user
        if self.kind == "none":
            return Server([], "none", limits, user, cells)
        scratch_bytes = limits.scratch_bytes if self.kind == "single" else None
        prefix = bubblewrap.command(
            self.binary, python_view(), PROGRAM, self.as_user, scratch_bytes
        )
        return Server(prefix, self.kind, limits, user, cells)


def walls() -> Iterator[Wall]:
    """Ways to build the sandbox, the strongest first."""
    # As root without an outer user namespace: within one, a process is still root to the limit on
    # processes, which does not bind root.
    users = [bubblewrap.NOBODY, None] if os.geteuid() == 0 else [None]
    binaries = list(bubblewrap.binaries())
    for kind in ("namespaces", "single"):
        for binary in binaries:
            for user in users:
                yield Wall(binary, user, kind)


class Factory:
    """Implements `autograder.sandbox.protocol.SessionFactory`. For one session at a time, in one process.

    The first `open` starts the fork server; one that has ended is started again, and counted in
    `server_starts`.
    """

    def __init__(
        self,
        wall: Wall,
        limits: Limits,
        server: Server | None = None,
        cells: tuple[str, ...] = (),
    ):
        self._wall = wall
        self._limits = limits
        self._server = server
        self._cells = cells
        self._lock = threading.Lock()
        self._sessions: set[NotebookSession] = set()
        self._owner = os.getpid()
        self.server_starts = int(server is not None)
        self.description = wall.description

    def open(self, with_scipy: bool = False) -> NotebookSession:
        with self._lock:
            if os.getpid() != self._owner:  # a forked worker has a server of its own
                self._server, self._sessions, self._owner = None, set(), os.getpid()
            try:
                return self._opened(with_scipy)
            except CannotStart:
                self._end_server()
                return self._opened(with_scipy)

    def _opened(self, with_scipy: bool) -> NotebookSession:
        if self._server is None or not self._server.alive:
            self._end_server()
            self._server = self._wall.start(self._limits, self._cells)
            self.server_starts += 1
        server = self._server
        sock, process = server.open(with_scipy)
        if self._wall.kind == "single":
            self._server = None  # it has become the notebook

        def forget():
            self._sessions.discard(session)
            if self._wall.kind == "single":
                server.close()
            else:
                server.expect_next()  # so that what runs between notebooks is always the same

        session = NotebookSession(sock, process, self._limits, forget)
        self._sessions.add(session)
        return session

    def _end_server(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def close(self) -> None:
        if os.getpid() != self._owner:
            return
        for session in list(self._sessions):
            session.close()
        with self._lock:
            self._end_server()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def strongest(limits: Limits, cells: tuple[str, ...] = ()) -> Factory:
    """Return a factory behind the strongest wall that can be built here, already warm.

    Raises:
        NoSandbox: if none can.
    """
    troubles = []
    for wall in walls():
        try:
            return Factory(wall, limits, wall.start(limits, cells), cells)
        except CannotStart as error:
            troubles.append(str(error))
    raise NoSandbox(refusal(troubles))
