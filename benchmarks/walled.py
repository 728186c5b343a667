"""Runs stock nbgrader on a throw-away copy of a course, where hostile code can harm nothing.

Students' code runs with nbgrader's own rights there, so nbgrader itself is put behind a wall:
bubblewrap with a private /tmp in memory, its own process, network and IPC namespaces, no
capability, an ordinary user, limits on processes and memory, and an end by the clock.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path

from autograder.sandbox.bubblewrap import binaries
from autograder.sandbox.process import family_of

REPOSITORY = Path(__file__).parents[1]
COURSE = "/tmp/autograder-canary/course"
"""Where the copy lies inside: where the attacks look for a course."""

NOBODY = 65534
MEMORY = 4 << 30
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc")
PYTHON = (
    sys.base_prefix,
    sys.prefix,
    str(REPOSITORY / "autograder"),
    str(REPOSITORY / "benchmarks"),
)


def run_walled(course: Path, seconds: float) -> dict | None:
    """What `benchmarks.inside` says after it ran nbgrader on a copy of the course.

    Returns:
        Its last answer. If it was ended (by an attack, the limit on memory or the clock), that is
        the points that were recorded until then, without `exit`; None if there is no answer at all.
    """
    process = subprocess.Popen(
        [*_wall(course), sys.executable, "-m", "benchmarks.inside", str(seconds)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    lines: deque[bytes] = deque(maxlen=2)
    reader = threading.Thread(target=lines.extend, args=(process.stdout,))
    reader.start()
    end = time.monotonic() + seconds
    try:
        while process.poll() is None and time.monotonic() < end and _memory(process.pid) < MEMORY:
            time.sleep(0.1)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    reader.join()
    for line in reversed(lines):
        with contextlib.suppress(ValueError):
            return json.loads(line)
    return None


def _wall(course: Path) -> list[str]:
    binary = next(binaries(), None)
    if binary is None:
        raise SystemExit("error: this needs bubblewrap, see 'autograder doctor'")
    words = [
        binary, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net",
        "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--clearenv",
        "--cap-drop", "ALL",
    ]  # fmt: skip
    if os.geteuid() == 0:  # in a user namespace root would be exempt from the limit on processes
        words += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        words += ["--unshare-user"]
    for folder in SYSTEM:
        words += ["--ro-bind-try", folder, folder]
    words += ["--proc", "/proc", "--dev", "/dev"]
    for folder, size in (("/tmp", 512), ("/dev/shm", 64)):
        words += ["--perms", "1777", "--size", str(size << 20), "--tmpfs", folder]
    parents = {str(p) for path in PYTHON for p in Path(path).parents}
    shown = (*SYSTEM, "/tmp", *PYTHON)
    for folder in sorted(parents - {"/"}):
        if not any(folder == one or folder.startswith(f"{one}/") for one in SYSTEM) and (
            folder not in shown
        ):
            words += ["--perms", "0755", "--dir", folder]
    for path in PYTHON:
        words += ["--ro-bind", path, path]
    words += ["--ro-bind", str(course), "/input"]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": "/tmp/home",
        "LANG": "C.UTF-8",
        "MPL_IGNORE_SYSTEM_FONTS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    for name, value in environment.items():
        words += ["--setenv", name, value]
    return [*words, "--chdir", "/tmp", "--"]


def _memory(pid: int) -> int:
    total = 0
    for one in [pid, *family_of(pid)]:
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            continue
    return total * os.sysconf("SC_PAGE_SIZE")
