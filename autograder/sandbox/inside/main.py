"""The fork server: imports once, then makes one process for each notebook.

Started by the outside end as `main(settings)`, with a socket on which it is asked for notebooks.
Each request brings the socket on which the new notebook talks to the outside; the server itself
never reads a word that a notebook wrote.

A fork copies the tables of all memory, and SciPy takes as much as everything else together. So the
server does without; notebooks that ask for SciPy are forked from a fork of it that has it.
That one loads SciPy when it is asked for, or else when the first notebooks are under way.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import inspect
import json
import os
import random
import select
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING, Any

from . import walls
from .seccomp import give_up_system_calls, known_program
from .wire import pack

if TYPE_CHECKING:  # loaded late, since it loads IPython
    from .shell import NotebookShell

NOTEBOOK, NOTEBOOK_WITH_SCIPY = b"N", b"S"
"""What can be asked for."""

SCIPY_AFTER = 5
"""Seconds after which SciPy is loaded even if nobody has asked for it."""

RECURSION_LIMIT = 3000
"""Questions have a thousand numbers and more: an answer may take a step into itself for each."""

_NOTEBOOK, _TROUBLE = 3, 4  # descriptors of a new notebook: its socket, where a failure is told


def main(settings: dict[str, Any]) -> None:
    """Serve until the outside closes the control socket.

    Args:
        settings: `control` (descriptor), `wall` ("namespaces": a wall for each notebook, "single":
            this process becomes the one notebook, "none": no walls), `user` (whom to turn into if
            root), `limits`, `hidden` and `harmless` folders, `scratch` (the folder to remove at the
            end, where there is no wall), `cells` (sources that every notebook has).
    """
    control = socket.socket(fileno=settings["control"])
    if settings["wall"] != "none":
        walls.become(settings["user"])
    server = ForkServer(control, settings)
    if settings["wall"] == "namespaces":
        trouble = server.try_namespaces()
        if trouble:
            control.sendall(pack({"kind": "ready", "trouble": trouble}))
            return
    server.warm_up()
    if settings["wall"] != "none":
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the namespace ends with its first process
    if settings["wall"] != "single":
        server.prepare_scipy()
    control.sendall(pack({"kind": "ready", "trouble": ""}))
    server.serve()


class ForkServer:
    def __init__(self, control: socket.socket, settings: dict[str, Any]):
        self._control = control
        self._settings = settings
        self._shell: NotebookShell  # from `warm_up` on
        self._warmed_up = False
        self._children: list[int] = []
        self._has_scipy = False
        self._with_scipy: socket.socket  # from `prepare_scipy` on

    def warm_up(self) -> None:
        import matplotlib.pyplot  # noqa: F401
        import numpy.fft  # NumPy loads these parts only when they are asked for
        import numpy.polynomial
        import numpy.random  # noqa: F401

        from . import known_cells, notebook, numpy_names, shell

        numpy_names.give_back_old_names()

        self._shell = shell.make_shell(
            self._settings["limits"]["output_bytes"], os.path.join(os.getcwd(), ".ipython")
        )
        shell.warm_up(self._shell)
        known_cells.learn(self._shell, self._settings["cells"])
        self._run = notebook.Notebook
        self._warm_up_pictures = shell.warm_up_pictures
        self._captured = notebook.Captured
        self._capture_bytes = notebook.CAPTURED_BYTES
        known_program()
        gc.collect()
        gc.freeze()  # keeps the collector from touching, and so copying, what is shared

    def prepare_scipy(self) -> None:
        """Have a fork of this server that will have SciPy."""
        self._with_scipy = self._fork_with_scipy()

    def serve(self) -> None:
        while True:
            wanted, files, _, _ = socket.recv_fds(self._control, 1, 4)
            if not wanted:
                self._end_notebooks()
                return
            if len(files) != 1:
                for file in files:
                    os.close(file)
                continue
            if wanted == NOTEBOOK_WITH_SCIPY and not self._has_scipy:
                if self._settings["wall"] != "single":
                    self._hand_on(files[0])
                    continue
                self._import_scipy()
            walls.remember_address_space()
            if self._settings["wall"] == "single":
                self._become_notebook(files[0])
            child = self._fork()
            if child == 0:
                self._become_notebook(files[0])
            os.close(files[0])
            if self._settings["wall"] == "none":
                self._children = [pid for pid in [*self._children, child] if _runs(pid)]
            self._warm_up_more()

    def _fork(self) -> int:
        if self._settings["wall"] == "namespaces":
            return walls.fork_into_namespaces()
        return os.fork()

    def _hand_on(self, file: int) -> None:
        """Let the fork of this server that has SciPy make the notebook."""
        try:
            socket.send_fds(self._with_scipy, [NOTEBOOK_WITH_SCIPY], [file])
        except OSError:  # it has ended
            self._with_scipy.close()
            self.prepare_scipy()
            socket.send_fds(self._with_scipy, [NOTEBOOK_WITH_SCIPY], [file])
        os.close(file)

    def _fork_with_scipy(self) -> socket.socket:
        """Return the control socket of a fork of this server. It ends when this one does."""
        ours, theirs = socket.socketpair()
        if os.fork() != 0:
            theirs.close()
            return ours
        try:
            ours.close()
            self._control.close()
            self._control, self._children = theirs, []
            select.select([theirs], [], [], SCIPY_AFTER)
            self._import_scipy()
            self.serve()
        finally:
            os._exit(0)

    def _import_scipy(self) -> None:
        with contextlib.suppress(ImportError):
            import scipy.linalg
            import scipy.signal  # noqa: F401
        self._has_scipy = True
        gc.collect()
        gc.freeze()

    def _end_notebooks(self) -> None:
        """Without a wall, neither notebooks nor their files end with this process by themselves."""
        for child in self._children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
        if self._settings["scratch"]:
            shutil.rmtree(self._settings["scratch"], ignore_errors=True)

    def _warm_up_more(self) -> None:
        """Do what not every notebook needs and what takes long, while the first of them runs."""
        if self._warmed_up:
            return
        self._warmed_up = True
        self._warm_up_pictures(self._shell)
        inspect.getmodule(compile("", "<cell>", "exec"))  # looks up every module, as tracebacks do
        gc.collect()
        gc.freeze()

    def try_namespaces(self) -> str:
        """Return why notebooks cannot have a wall of their own here, or nothing."""
        reader, writer = os.pipe()
        child = walls.fork_into_namespaces()
        if child == 0:
            try:
                walls.enter_namespaces(1 << 20, self._settings["hidden"])
                if os.getpid() != 1:
                    os.write(writer, b"no process namespace")
            except BaseException as error:
                os.write(writer, (str(error) or repr(error)).encode()[:500])
            finally:
                os._exit(0)
        os.close(writer)
        os.waitpid(child, 0)
        with open(reader, "rb") as answer:
            return answer.read().decode("utf-8", "replace")

    def _become_notebook(self, file: int) -> None:
        """Turn this fork into a notebook's process. Never returns."""
        code = 1
        try:
            code = self._notebook(file)
        except BaseException:
            with contextlib.suppress(BaseException):
                os.write(_TROUBLE, traceback.format_exc().encode()[-2000:])
        finally:
            os._exit(code)

    def _notebook(self, file: int) -> int:
        settings, limits = self._settings, self._settings["limits"]
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        file = fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, _TROUBLE + 1)  # out of the way of both
        os.dup2(2, _TROUBLE, inheritable=False)
        os.dup2(file, _NOTEBOOK, inheritable=False)
        self._redirect_standard_descriptors()
        os.closerange(_TROUBLE + 1, 4096)  # the control socket among them
        if settings["wall"] == "namespaces":
            walls.enter_namespaces(limits["scratch_bytes"], settings["hidden"])
        elif settings["wall"] == "none":
            walls.end_with_parent()
            os.environ["HOME"] = tempfile.mkdtemp(dir=settings["scratch"])
            os.chdir(os.environ["HOME"])
        if settings["wall"] != "single":
            # Process groups reach across namespaces: kill(0, …) would end the server.
            os.setsid()
        sock = socket.socket(fileno=_NOTEBOOK)
        sys.setrecursionlimit(RECURSION_LIMIT)
        _repeatable_random_numbers()
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        captured = self._captured({"stdout": 1, "stderr": 2})
        harmless = [*settings["harmless"], os.getcwd()]
        notebook = self._run(self._shell, sock, limits, captured, harmless)
        if settings["wall"] != "none":
            walls.limit_resources(limits, count_processes=True)
            walls.give_up_rights()
            give_up_system_calls()
        else:
            walls.limit_resources(limits, count_processes=False)
        os.close(_TROUBLE)
        sock.sendall(pack({"kind": "hello", "pid": os.getpid()}))
        notebook.serve()
        return 0

    def _redirect_standard_descriptors(self) -> None:
        """Nothing to read at 0; at 1 and 2 a piece of memory of fixed size each."""
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        for number in (1, 2):
            if hasattr(os, "memfd_create"):
                file = os.memfd_create("output", os.MFD_ALLOW_SEALING)
                os.ftruncate(file, self._capture_bytes)
                fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
            else:
                with tempfile.TemporaryFile() as temporary:
                    file = os.dup(temporary.fileno())
            os.dup2(file, number)


def _runs(child: int) -> bool:
    return os.waitpid(child, os.WNOHANG)[0] == 0


def _repeatable_random_numbers() -> None:
    """The same numbers for every notebook, so that a grade can be repeated."""
    import numpy

    random.seed(0)
    numpy.random.seed(0)


def start() -> None:
    """Entry point of `python -c`: the settings are the last argument, as JSON."""
    settings = json.loads(sys.argv[-1])
    sys.argv = ["notebook"]
    sys.path.insert(0, "")  # as in a notebook, where the folder it lies in comes first
    main(settings)
