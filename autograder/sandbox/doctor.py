"""Says what of the sandbox works on this machine, and what to do about what does not."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import bubblewrap
from autograder.sandbox.environment import python_view
from autograder.sandbox.factory import Factory, walls
from autograder.sandbox.inside.seccomp import program
from autograder.sandbox.limits import Limits
from autograder.sandbox.remedies import UBUNTU, in_container, remedy, setting
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


def findings() -> list[Finding]:
    """Look at this machine and try every wall. Takes a few seconds."""
    found = [Finding(None, f"{platform.system()} {platform.release()}, {platform.machine()}")]
    if sys.platform != "linux":
        return [*found, Finding(False, "No sandbox on this system", remedy([]))]
    if os.geteuid() == 0:
        found.append(Finding(None, "Running as root: students' code runs as the user nobody"))
    found += _bubblewraps() + _kernel() + _walls() + _python() + _seccomp()
    found.append(
        Finding(
            None,
            "Memory and processes of a notebook are limited by the kernel for each process, and "
            "watched for all of them together (control groups are not needed)",
        )
    )
    return found


def _bubblewraps() -> list[Finding]:
    found = []
    for binary in bubblewrap.binaries():
        try:
            said = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=10)
            found.append(Finding(said.returncode == 0, f"{said.stdout.strip()} ({binary})"))
        except (OSError, subprocess.TimeoutExpired) as error:
            found.append(Finding(False, f"{binary} does not run: {error}"))
    return found or [Finding(False, "No bubblewrap", remedy([]))]


def _kernel() -> list[Finding]:
    found = []
    if setting("user/max_user_namespaces") == "0":
        found.append(Finding(False, "User namespaces are switched off", remedy([])))
    if setting("kernel/unprivileged_userns_clone") == "0":
        found.append(Finding(os.geteuid() == 0, "User namespaces are for root only", remedy([])))
    if setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        found.append(Finding(None, "AppArmor restricts user namespaces", UBUNTU))
    if in_container():
        found.append(Finding(None, "This is a container"))
    return found


def _walls() -> list[Finding]:
    found, troubles = [], []
    for wall in walls():
        how = "a user namespace" if wall.as_user is None else "root turned into nobody"
        what = f"{wall.description}, by {how}"
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
            return [*found, Finding(True, f"Works: {what}")]
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
