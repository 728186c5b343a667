"""The fork server's outside end: starts it, asks it for notebooks, ends it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import autograder.sandbox.inside
from autograder.sandbox import bubblewrap, landlock
from autograder.sandbox.environment import python_view
from autograder.sandbox.inside.main import NOTEBOOK, NOTEBOOK_WITH_SCIPY
from autograder.sandbox.inside.wire import Frames, ProtocolError, Sizes
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import NotebookProcess

PROGRAM = str(Path(autograder.sandbox.inside.__file__).parent)
START_SECONDS = 60
OPEN_SECONDS = 30  # SciPy may have to be loaded, on a busy machine
_SMALL = Sizes(header=1 << 16, blob=0)
_BOOT = (
    "import sys; sys.path[:0] = [{folder!r}]; sys.path += {packages!r}; "
    "from inside.main import start; sys.path.remove({folder!r}); start()"
)


class CannotStart(Exception):
    """The sandbox does not start. The text is one line for a person."""


class Server:
    """A running fork server.

    Args:
        prefix: the command line of the wall around it; empty for none.
        wall: "namespaces", "single", "landlock" or "none", see `autograder.sandbox.inside.main`.
        limits: for each notebook.
        user: the user that it turns into if it starts as root.
        cells: sources of cells that every notebook has; no secret is among them.

    Raises:
        CannotStart: with the reason.
    """

    def __init__(
        self, prefix: list[str], wall: str, limits: Limits, user: int, cells: tuple[str, ...]
    ):
        self._wall = wall
        self._coming: socket.socket | None = None
        self._next: tuple[socket.socket, NotebookProcess] | None = None
        self._scratch = None if prefix else tempfile.TemporaryDirectory(prefix="notebook-")
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        ours, theirs = socket.socketpair()
        self._control = ours
        ours.settimeout(START_SECONDS)
        try:
            self._process = subprocess.Popen(
                [*prefix, *_python(self._scratch, wall, limits, user, cells, theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                # Not even the wall's own processes know the grader's environment.
                env=bubblewrap.environment(self._scratch.name) if self._scratch else {},
                cwd=self._scratch.name if self._scratch else "/",
                start_new_session=True,
            )
        except OSError as error:
            raise CannotStart(f"{error.filename}: {error.strerror}") from None
        finally:
            theirs.close()
        try:
            ready = Frames(ours.recv).next(_SMALL)
            trouble = ready.header["trouble"] if ready else self._last_words()
        except (TimeoutError, ProtocolError):
            trouble = self._last_words()
        if trouble:
            self.close()
            raise CannotStart(trouble)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def open(self, with_scipy: bool = False) -> tuple[socket.socket, NotebookProcess]:
        """Return the socket to a new notebook and its process.

        Inside a wall with namespaces the next one is forked meanwhile. It has seen nothing of any
        notebook, and waits.

        Args:
            with_scipy: whether SciPy is to be loaded already. Otherwise an import loads it.

        Raises:
            CannotStart: if there is none.
        """
        self.expect_next()
        if with_scipy:
            return self._greeted(self._requested(NOTEBOOK_WITH_SCIPY))
        opened, self._next = self._next, None
        if opened is None or not opened[1].runs:
            _discard(opened)
            opened = self._greeted(self._requested())
        if self._wall in ("namespaces", "landlock"):
            with contextlib.suppress(
                CannotStart
            ):  # then the next one is asked for when it is needed
                self._coming = self._requested()
        return opened

    def expect_next(self) -> None:
        """Wait until the process that was asked for beforehand is there."""
        coming, self._coming = self._coming, None
        if coming is not None:
            with contextlib.suppress(CannotStart):
                self._next = self._greeted(coming)

    def _requested(self, wanted: bytes = NOTEBOOK) -> socket.socket:
        """Ask for a notebook's process; it says when it is there."""
        ours, theirs = socket.socketpair()
        ours.settimeout(OPEN_SECONDS)
        try:
            if hasattr(socket, "SO_PASSCRED"):
                ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            socket.send_fds(self._control, [wanted], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise CannotStart(f"{error}. {self._last_words()}".strip()) from None
        finally:
            theirs.close()
        return ours

    def _greeted(self, ours: socket.socket) -> tuple[socket.socket, NotebookProcess]:
        try:
            pid = _greeting(ours)
            if hasattr(socket, "SO_PASSCRED"):
                ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            if self._scratch is None:
                return ours, NotebookProcess(pid)
            folder = os.path.join(self._scratch.name, str(pid))
            return ours, NotebookProcess(pid, folder)
        except (OSError, ProtocolError) as error:
            ours.close()
            raise CannotStart(f"{error}. {self._last_words()}".strip()) from None

    def close(self) -> None:
        """End it, and with it every notebook that it made."""
        self._control.close()
        if self._coming is not None:
            self._coming.close()
        if self._next is not None:
            self._next[1].end()
        _discard(self._next)
        self._coming = self._next = None
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
        self._process.wait()
        self._errors.close()
        if self._scratch:
            with contextlib.suppress(OSError):  # the server may be removing it as well
                self._scratch.cleanup()

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._errors.seek(0)
        lines = self._errors.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"


def _python(
    scratch: tempfile.TemporaryDirectory[str] | None,
    wall: str,
    limits: Limits,
    user: int,
    cells: tuple[str, ...],
    control: int,
) -> list[str]:
    view = python_view()
    executable = sys.executable if scratch else view.executable
    folder = str(Path(PROGRAM).parent) if scratch else bubblewrap.ROOT
    rules = landlock.rules(view) if wall == "landlock" else []
    settings = {
        "control": control,
        "wall": wall,
        "user": user,
        "cells": cells,
        "limits": limits.as_dict(),
        "hidden": [bubblewrap.ROOT],
        "scratch": scratch.name if scratch else "",
        "rules": rules,
        "beside": landlock.beside(rules, scratch.name) if scratch else [],
        "import_path": view.import_path,
        "packages": view.packages,
        "harmless": [
            *sorted({sys.base_prefix, sys.prefix, *view.shown, *view.import_path}),
            *("/dev/shm", "/etc/localtime", folder + "/inside"),
        ],
    }
    boot = _BOOT.format(folder=folder, packages=list(view.import_path))
    return [executable, "-S", "-s", "-P", "-B", "-c", boot, json.dumps(settings)]


def _discard(opened: tuple[socket.socket, NotebookProcess] | None) -> None:
    if opened is not None:
        opened[0].close()
        opened[1].close()


def _greeting(sock: socket.socket) -> int:
    """The new process's number in our view, told by the kernel where it does."""
    pid = None
    if hasattr(socket, "SCM_CREDENTIALS"):
        room = socket.CMSG_SPACE(struct.calcsize("3i"))
        _, messages, _, _ = sock.recvmsg(1, room, socket.MSG_PEEK)
        for level, kind, data in messages:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
                pid = struct.unpack("3i", data[:12])[0]
    frame = Frames(sock.recv).next(_SMALL)
    if frame is None or frame.header.get("kind") != "hello":
        raise ProtocolError("a notebook's process did not start")
    number: int = pid or frame.header["pid"]
    return number
