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
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from . import landlock, scratch, walls
from .finder import find_only
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
            this process becomes the one notebook, "landlock": no namespaces, rules for each
            notebook, "none": no walls), `user` (whom to turn into if root), `limits`, `hidden` and
            `harmless` folders, `scratch` (the folder to remove at the end, where the files of
            notebooks are on disk), `rules` and `beside` (what Landlock lets a notebook open),
            `import_path` and `packages` (what it may import), `cells` (sources that every
            notebook has).
    """
    control = socket.socket(fileno=settings["control"])
    if settings["wall"] in ("namespaces", "single"):
        walls.become(settings["user"])
    server = ForkServer(control, settings)
    trouble = server.try_wall()
    if trouble:
        control.sendall(pack({"kind": "ready", "trouble": trouble}))
        return
    server.warm_up()
    if settings["wall"] == "landlock":
        walls.keep_orphans()
        signal.signal(signal.SIGCHLD, server.end_with_first)
    if settings["wall"] in ("namespaces", "single"):
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
        self._rehearsal: Iterator[None]  # from `warm_up` on
        self._is_rehearsed = False
        self._children: list[int] = []
        self._has_scipy = False
        self._with_scipy: socket.socket  # from `prepare_scipy` on
        self._on_disk = bool(settings["scratch"])  # no namespace ends a notebook and its files
        self._rules = -1  # descriptor of the notebooks' ruleset
        self._is_own_user = False

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
        self._rehearsal = known_cells.rehearse_tracebacks(self._shell, self._settings["cells"])
        self._run = notebook.Notebook
        self._warm_up_pictures = shell.warm_up_pictures
        self._captured = notebook.Captured
        self._capture_bytes = notebook.CAPTURED_BYTES
        known_program(with_others=self._settings["wall"] == "landlock")
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
            elif self._on_disk:
                self._children.append(child)
                self.end_with_first()
            self._warm_up_more()

    def end_with_first(self, *signal_and_frame: object) -> None:
        """End the processes of each notebook whose first process has ended, as a namespace does.

        The first process of a notebook leads its group, which no other can leave. Those of its
        processes that have lost their parent have come to this one.
        """
        with contextlib.suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    if os.getpgid(ended.si_pid) == ended.si_pid:
                        os.killpg(ended.si_pid, signal.SIGKILL)  # while the number is still its own
                os.waitpid(ended.si_pid, 0)
                if ended.si_pid in self._children:
                    self._children.remove(ended.si_pid)

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
            with contextlib.suppress(ChildProcessError, ProcessLookupError, PermissionError):
                os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT)  # or is no child
                os.killpg(child, signal.SIGKILL)
        if self._settings["scratch"]:
            scratch.remove(self._settings["scratch"])

    def _warm_up_more(self) -> None:
        """Do what not every notebook needs and what takes long, while the first of them runs."""
        if self._warmed_up:
            self._rehearse()
            return
        self._warmed_up = True
        self._warm_up_pictures(self._shell)
        inspect.getmodule(compile("", "<cell>", "exec"))  # looks up every module, as tracebacks do
        gc.collect()
        gc.freeze()

    def _rehearse(self) -> None:
        """Prepare for tracebacks through one more of the cells that every notebook has."""
        if self._is_rehearsed:
            return
        if next(self._rehearsal, self) is self:
            self._is_rehearsed = True
            gc.collect()
            gc.freeze()

    def try_wall(self) -> str:
        """Return why notebooks cannot have a wall of their own here, or nothing."""
        if self._settings["wall"] == "namespaces":
            return self._try_namespaces()
        if self._settings["wall"] == "landlock":
            return self._try_landlock()
        return ""

    def _try_landlock(self) -> str:
        """Give up writing beside the folder for scratch folders, and make the notebooks' rules."""
        find_only(self._settings["import_path"], self._settings["packages"])
        root = (self._settings["scratch"], landlock.WRITE)
        null = ("/dev/null", landlock.READ_AND_WRITE_FILE)
        os.chmod(root[0], 0o711)  # for the users that notebooks turn into
        try:
            made = landlock.ruleset([*self._settings["rules"], root])
            self._rules = fcntl.fcntl(made, fcntl.F_DUPFD_CLOEXEC, _TROUBLE + 1)
            os.close(made)
            walls.give_up_new_rights()
            landlock.take_on(landlock.ruleset([root, null], handled=landlock.CHANGE))
        except OSError as error:
            return str(error)
        return self._said_by_a_child(self._look_as_notebook)

    def _look_as_notebook(self) -> str:
        """Why the user that a notebook turns into could not work."""
        if os.geteuid() == 0:
            lacking = walls.rights_that_root_lacks()
            if lacking:
                return f"root lacks the capabilities {', '.join(lacking)} here"
            walls.become(walls.user_of_its_own())
        for path in (os.__file__, *self._settings["packages"]):
            if not os.access(path, os.R_OK):
                return f"other users than root cannot read {path}"
        if not os.access(self._settings["scratch"], os.X_OK):
            return (
                f"other users than root cannot enter {os.path.dirname(self._settings['scratch'])}"
            )
        return ""

    def _try_namespaces(self) -> str:
        def enter() -> str:
            walls.enter_namespaces(1 << 20, self._settings["hidden"])
            return "" if os.getpid() == 1 else "no process namespace"

        return self._said_by_a_child(enter)

    def _said_by_a_child(self, look: Callable[[], str]) -> str:
        """What a function says in a fork like those that become notebooks, or how it fails."""
        reader, writer = os.pipe()
        child = self._fork()
        if child == 0:
            try:
                os.write(writer, look().encode()[:500])
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
        self._close_descriptors()
        if settings["wall"] == "namespaces":
            walls.enter_namespaces(limits["scratch_bytes"], settings["hidden"])
        elif self._on_disk:
            self._enter_own_folder()
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
        # The kernel counts processes by user; it counts the grader's own ones, too, if that is his.
        walls.limit_resources(limits, count_processes=not self._on_disk or self._is_own_user)
        if settings["wall"] == "landlock":
            self._give_up_with_landlock()
        elif settings["wall"] != "none":
            walls.give_up_rights()
            give_up_system_calls()
        os.close(_TROUBLE)
        sock.sendall(pack({"kind": "hello", "pid": os.getpid()}))
        notebook.serve()
        return 0

    def _close_descriptors(self) -> None:
        """Close all that was inherited, the control socket among it."""
        kept = max(self._rules, _TROUBLE)  # the rules have a descriptor above
        os.closerange(_TROUBLE + 1, kept)
        os.closerange(kept + 1, 4096)

    def _enter_own_folder(self) -> None:
        """Go to a new folder on disk, as a user of its own where root may become one."""
        folder = os.path.join(self._settings["scratch"], str(os.getpid()))
        os.mkdir(folder, 0o700)
        self._is_own_user = self._settings["wall"] == "landlock" and os.geteuid() == 0
        if self._is_own_user:
            user = walls.user_of_its_own()
            os.chown(folder, user, user)
            walls.become(user)
        walls.end_with_parent()
        walls.keep_orphans()
        os.environ["HOME"] = folder
        if self._settings["wall"] == "landlock":
            os.environ["TMPDIR"] = folder
        os.chdir(folder)

    def _give_up_with_landlock(self) -> None:
        """Keep to Python's files and the own folder, and to the own processes.

        The grader may look at the processes, to count what they have open. Other notebooks of the
        same user may not: they have other rules.
        """
        own = (os.getcwd(), landlock.WRITE)
        seen = [(path, landlock.SEE) for path in self._settings["beside"]]
        walls.give_up_rights()
        landlock.take_on(self._rules)
        made = landlock.ruleset([*seen, own])
        landlock.take_on(made)
        os.close(made)
        os.close(self._rules)
        guarded = self._is_own_user or landlock.scopes_signals()
        walls.stay_in_reach()
        give_up_system_calls(with_others=True, only=0 if guarded else os.getpid())

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
