"""What runs inside the wall: stock nbgrader on the copy, and a look at what it left.

Prints lines of JSON: the points so far every few seconds, and at the end all that can be said.
Nothing here is imported by anything else.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

COURSE = Path("/tmp/autograder-canary/course")
LOG = Path("/tmp/log")
EARLIER = "ada"
"""The student who was graded before: what is recorded of her stays."""

LOOK_SECONDS = 5
PROCESSES = 256
ADDRESS_SPACE = 2 << 30
POINTS = """
    select submitted_assignment.student_id,
           sum(coalesce(grade.manual_score, grade.auto_score, 0)),
           sum(grade.auto_score is null and grade_cells.cell_type = 'code')
    from submitted_assignment
    join submitted_notebook on submitted_notebook.assignment_id = submitted_assignment.id
    join grade on grade.notebook_id = submitted_notebook.id
    join grade_cells on grade_cells.id = grade.cell_id
    group by submitted_assignment.id
"""

TASKS = "select name, max_score from grade_cells join base_cell using (id) order by name"


def main() -> None:
    give_up_rights()
    shutil.copytree("/input", COURSE)
    os.makedirs("/tmp/home", exist_ok=True)
    before = files()
    with open(LOG, "wb") as log:
        nbgrader = subprocess.Popen(
            [sys.executable, "-m", "nbgrader", "autograde", "exercise09"],
            cwd=COURSE,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        # Should an attack end all of this, what was recorded until then still counts.
        while nbgrader.poll() is None:
            print(json.dumps({"points": points()}), flush=True)
            time.sleep(LOOK_SECONDS)
    left = processes()
    answer = {
        "exit": nbgrader.returncode,
        "points": points(),
        "changed": sorted(path for path, content in files().items() if before.get(path) != content)
        + sorted(before.keys() - files().keys()),
        "left": len(left),
        "shown": shown(),
        "said": [
            line
            for line in LOG.read_text(errors="replace").splitlines()
            if re.match(r"[\w.]*(Error|Exception|Timeout)\b|.*There was an error", line)
        ][-200:],
    }
    print(json.dumps(answer), flush=True)


def give_up_rights() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
    resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # So that it is seen what outlives nbgrader.
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def files() -> dict[str, str]:
    """What nobody but the instructor may change, and the rows of who was graded before."""
    found = {}
    for folder in ("source", "submitted", "release", f"autograded/{EARLIER}"):
        for path in sorted((COURSE / folder).rglob("*")):
            if path.is_file():
                found[str(path.relative_to(COURSE))] = hashlib.sha256(path.read_bytes()).hexdigest()
    found["nbgrader_config.py"] = (COURSE / "nbgrader_config.py").read_text()
    found["gradebook of the one graded before"] = repr(points().get(EARLIER))
    found["points of the tasks"] = repr(rows(TASKS))
    return found


def points() -> dict[str, float]:
    """Points in the gradebook, of those whose every task was graded and who have a notebook."""
    return {
        student: total
        for student, total, missing in rows(POINTS)
        if not missing and any((COURSE / "autograded" / student).rglob("*.ipynb"))
    }


def rows(query: str) -> list:
    try:
        # Read-only: otherwise a gradebook that is not there yet would be made, empty.
        with sqlite3.connect(f"file:{COURSE}/gradebook.db?mode=ro", uri=True) as gradebook:
            return gradebook.execute(query).fetchall()
    except sqlite3.Error:
        return []


def shown() -> list[str]:
    """Secrets that stand in the graded notebook of the one who attacks."""
    secrets = json.loads((COURSE / "secrets.json").read_text())
    found = set()
    for path in (COURSE / "autograded" / "mallory").rglob("*.ipynb"):
        text = path.read_text(errors="replace")
        found |= {name for name, secret in secrets.items() if secret in text}
    return sorted(found)


def processes() -> list[int]:
    """Processes that should not be there any more, ended now."""
    left = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    left = [pid for pid in left if pid not in (1, os.getpid(), os.getppid())]
    left = [pid for pid in left if not _is_over(pid)]
    for pid in left:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    return left


def _is_over(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX"
    except OSError:
        return True


if __name__ == "__main__":
    main()
