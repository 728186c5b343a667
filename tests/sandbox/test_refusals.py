"""On machines that refuse a wall in earnest, made from this one: one line says why and what to do.

What other systems only say of themselves (macOS, Ubuntu's AppArmor) is pretended in `test_doctor`.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import bubblewrap

ROOT = Path(__file__).parents[2]
OPEN = """
from autograder.sandbox import open_sandbox
from autograder.sandbox.factory import NoSandbox
try:
    open_sandbox().close()
    print("opened")
except NoSandbox as refusal:
    print(refusal)
"""
FILTERED = (
    "from autograder.sandbox.inside import seccomp, walls; walls.give_up_rights(); "
    "assert seccomp.give_up_system_calls()\n"
)
"""What a container does to the processes in it."""

EVERYTHING = ["--dev-bind", "/", "/"]
SWITCHED_OFF = ["--unshare-user", "--uid", "0", "--gid", "0", "--cap-add", "ALL"]
SWITCH_OFF = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'


def said(*prefix: str, first: str = "") -> str:
    done = subprocess.run(
        [*prefix, sys.executable, "-c", first + OPEN],
        capture_output=True, text=True, timeout=120, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def binary() -> str:
    return next(iter(bubblewrap.binaries()))


def is_a_refusal(line: str) -> bool:
    return (
        line.startswith("No sandbox on this machine (")
        and line.count("\n") == 1
        and "or pass --no-sandbox, if you trust every submission." in line
    )


def test_where_user_namespaces_are_not_to_be_had():
    line = said(binary(), "--unshare-user", "--disable-userns", *EVERYTHING, "--proc", "/proc")

    assert is_a_refusal(line)


def test_where_the_number_of_user_namespaces_is_zero():
    line = said(binary(), *SWITCHED_OFF, *EVERYTHING, "sh", "-c", SWITCH_OFF, "sh")

    assert is_a_refusal(line)
    assert "run 'sudo sysctl user.max_user_namespaces=15000'" in line


def test_where_proc_is_missing():
    line = said(binary(), *EVERYTHING, "--tmpfs", "/proc")

    assert is_a_refusal(line)
    assert "mount /proc, which is missing here" in line


@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="no filter for it")
def test_where_system_calls_for_namespaces_are_filtered():
    assert is_a_refusal(said(first=FILTERED))
