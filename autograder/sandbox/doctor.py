"""Says what of the sandbox works on this machine, and what to do about what does not."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import bubblewrap, landlock
from autograder.sandbox.environment import python_view
from autograder.sandbox.factory import Factory, walls
from autograder.sandbox.inside.landlock import OLDEST_ABI, abi, scopes_signals
from autograder.sandbox.inside.seccomp import program
from autograder.sandbox.limits import Limits
from autograder.sandbox.remedies import NEWER_KERNEL, UBUNTU, in_container, remedy, setting
from autograder.sandbox.server import CannotStart


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        ok: whether it is as it should be; None for information only.
        what: what was found.
        remedy: what to do, or "".
    """

    ok: bool | None
    what: str
    remedy: str = ""


def findings(wanted: str = "auto") -> list[Finding]:
    """Look at this machine and try walls until one works. Takes a few seconds.

    Args:
        wanted: "bubblewrap", "landlock", or "auto" for both.
    """
    found = [Finding(None, f"{platform.system()} {platform.release()}, {platform.machine()}")]
    if sys.platform != "linux":
        return [*found, Finding(False, "No sandbox on this system", remedy([]))]
    if os.geteuid() == 0:
        found.append(Finding(None, "Running as root: students' code runs as another user"))
    if wanted != "landlock":
        found += _bubblewraps(wanted) + _kernel(wanted)
    found += _landlock(wanted) + _walls(wanted) + _python() + _seccomp()
    found.append(
        Finding(
            None,
            "Memory and processes of a notebook are limited by the kernel for each process, and "
            "watched for all of them together (control groups are not needed)",
        )
    )
    return found


def _bubblewraps(wanted: str) -> list[Finding]:
    found = []
    for binary in bubblewrap.binaries():
        try:
            said = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=10)
            found.append(Finding(said.returncode == 0, f"{said.stdout.strip()} ({binary})"))
        except (OSError, subprocess.TimeoutExpired) as error:
            found.append(Finding(False, f"{binary} does not run: {error}"))
    needed = wanted == "bubblewrap" or bool(landlock.trouble())
    return found or [Finding(False if needed else None, "No bubblewrap", remedy([]))]


def _kernel(wanted: str) -> list[Finding]:
    found = []
    needed = False if wanted == "bubblewrap" or landlock.trouble() else None
    if setting("user/max_user_namespaces") == "0":
        found.append(Finding(needed, "User namespaces are switched off", remedy([])))
    if setting("kernel/unprivileged_userns_clone") == "0":
        root = os.geteuid() == 0
        found.append(Finding(root or needed, "User namespaces are for root only", remedy([])))
    if setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        found.append(Finding(None, "AppArmor restricts user namespaces", UBUNTU))
    if in_container():
        found.append(Finding(None, "This is a container"))
    return found


def _landlock(wanted: str) -> list[Finding]:
    trouble = landlock.trouble()
    if trouble:
        what, needed = f"No wall with Landlock: {trouble}", wanted == "landlock"
        return [Finding(False if needed else None, what, NEWER_KERNEL if needed else "")]
    signals = "" if scopes_signals() else "; signals are kept in by system call filter or user"
    what = f"Landlock has ABI {abi()} ({OLDEST_ABI} is needed, 6 is best){signals}"
    return [Finding(None, what)]


def _walls(wanted: str) -> list[Finding]:
    found, troubles = [], []
    for wall in walls(wanted):
        what = wall.description
        if wall.binary:
            how = "a user namespace" if wall.as_user is None else "root turned into nobody"
            what += f", by {how}"
        factory = Factory(wall, Limits())
        try:
            session = factory.open()
            run = session.run_cell("import numpy, matplotlib.pyplot")
            session.close()
        except CannotStart as error:
            troubles.append(str(error))
            found.append(Finding(None, f"Does not work: {what}: {error}"))
            continue
        finally:
            factory.close()
        if run.ended == "ok":
            why = f" (c.Grading.wall is {wanted!r})" if wanted != "auto" else ""
            return [*found, Finding(True, f"Works: {what}{why}")]
        found.append(Finding(None, f"Does not work: {what}: a cell ended with {run.ended!r}"))
    return [*found, Finding(False, "No wall can be built", remedy(troubles))]


def _python() -> list[Finding]:
    view = python_view()
    names = {Path(path).name.lower() for path in view.packages}
    missing = [name for name in ("numpy", "matplotlib", "ipython") if name not in names]
    if missing:
        remedy = f"pip install {' '.join(missing)}"
        return [Finding(False, f"Not installed: {', '.join(missing)}", remedy)]
    return [Finding(True, f"Python {platform.python_version()} with NumPy, Matplotlib, IPython")]


def _seccomp() -> list[Finding]:
    try:
        program(platform.machine())
    except KeyError:
        return [Finding(None, f"No system call filter for {platform.machine()}: one wall fewer")]
    return [Finding(True, "System calls that no notebook needs are filtered")]
