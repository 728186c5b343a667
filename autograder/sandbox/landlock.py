"""The other wall: what a notebook may open where no namespace can be made."""

from __future__ import annotations

import os
import platform
from pathlib import PurePath

from autograder.sandbox.environment import PythonView
from autograder.sandbox.inside import landlock
from autograder.sandbox.inside.seccomp import known_program

DEVICES = ("/dev/urandom", "/dev/random")


def trouble() -> str:
    """Why this wall cannot be built on this machine, or nothing."""
    if not os.path.exists("/proc/self/status"):
        return "there is no /proc, in which the processes of a notebook are watched"
    version = landlock.abi()
    if not version:
        return "this kernel has no Landlock, or does not use it"
    if version < landlock.OLDEST_ABI:
        return f"Landlock of this kernel has ABI {version}; {landlock.OLDEST_ABI} is needed"
    if known_program(with_others=True) is None:
        return f"there is no system call filter for {platform.machine()}"
    return ""


def rules(view: PythonView) -> landlock.Rules:
    """What of Python a notebook may open.

    A rule holds for all that lies in a folder. So a folder in which others are to be empty is not
    named itself: what lies in it is, without those. Its names can be listed.
    """
    found: landlock.Rules = [("/dev/null", landlock.READ_AND_WRITE_FILE)]
    found += [(device, landlock.READ) for device in DEVICES]
    found += [(path, landlock.LIST) for path in view.import_path]
    waiting = list(view.shown)
    while waiting:
        path = waiting.pop()
        if path in view.emptied:
            continue
        if any(folder.startswith(path + "/") for folder in view.emptied):
            found.append((path, landlock.LIST))
            waiting += [os.path.join(path, name) for name in sorted(os.listdir(path))]
        else:
            found.append((path, landlock.READ))
    return found + [(path, landlock.READ) for path in view.packages]


def beside(rules: landlock.Rules, scratch: str) -> list[str]:
    """The outermost folders that lead to the rules' paths and not to `scratch`, or the paths."""
    found = set()
    real = PurePath(os.path.realpath(scratch))
    for path, _ in rules:
        way = [PurePath(os.path.realpath(path)), *PurePath(os.path.realpath(path)).parents]
        outermost = [step for step in way if step != real and step not in real.parents]
        found |= {str(step) for step in outermost[-1:]}
    return sorted(found)
