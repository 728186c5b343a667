"""The same walls stand where the grader runs as an ordinary user: run from root, as another user.

Needs a Python that other users can read, of the same version as the one that runs the tests; the
packages are taken from this one's folders.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USER = 12345
CHECKS = ["tests/sandbox/test_walls.py", "tests/attacks"]
CHOSEN = (
    "(test_walls and not killing and not copy and not single) or hidden_mounts or proc "
    "or fork_bomb or kill_everyone or daemon or forged or gradebook or this_machine "
    "or stays_open"
)


def readable_python() -> str | None:
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    here = os.path.realpath(sys.executable)
    for python in (here, *(f"{folder}/{name}" for folder in ("/usr/bin", "/usr/local/bin"))):
        try:
            _as_user([python, "-c", "import ssl"]).check_returncode()
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    return None


def _as_user(command: list[str], **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, user=USER, group=USER, extra_groups=[], capture_output=True, text=True, cwd="/",
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **environment},
    )  # fmt: skip


@pytest.mark.skipif(os.geteuid() != 0, reason="these tests already run as an ordinary user")
def test_the_walls_stand_for_an_ordinary_user():
    python = readable_python()
    if python is None:
        pytest.skip("no Python of this version that other users can read (apt install python3)")
    packages = [path for path in sys.path if path.endswith("-packages")]
    said = _as_user(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", CHOSEN,
         *(str(ROOT / check) for check in CHECKS)],
        PYTHONPATH=":".join([str(ROOT), *packages]),
        PYTHONDONTWRITEBYTECODE="1",
    )  # fmt: skip
    if "No module named pytest" in said.stderr:
        pytest.skip("the packages of this Python cannot be read by other users")

    assert said.returncode == 0, said.stdout[-3000:] + said.stderr[-1000:]
