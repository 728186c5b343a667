"""Grades and is attacked in a real container, as Docker would start one.

    python -m benchmarks.container [--engine "podman --runtime runc"] [--seccomp default.json]
                                   [--no-attacks] [--option=--ulimit=… ...]
                                   [--build-option=… ...]

Builds both images of the Containerfile. Starts each with a read-only root, no network, the filter
of system calls that is given (Docker's own default lies in moby's profiles/seccomp/default.json,
in Debian in the package golang-github-docker-docker-dev), no new namespaces and no CAP_SYS_ADMIN:
as root, as nobody, and as nobody without any capability. Grades the sample class there, which must
give the points that it gives here, and runs every attack. Exits 1 if anything differs. Takes part
in no test.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .speed import ASSIGNMENT, REPOSITORY

USERS = {
    "root": ["--user=0:0", "--cap-drop=SYS_ADMIN"],
    "nobody": ["--user=65534:65534", "--cap-drop=SYS_ADMIN"],
    "nobody, without any capability": [
        "--user=65534:65534", "--cap-drop=ALL", "--security-opt=no-new-privileges",
    ],
}  # fmt: skip
IMAGES = {"grader": "autograder", "attacks": "autograder-attacks"}
LINE = re.compile(r"^ (\w+) .*?(\d+(?:\.\d+)?) of (\d+)( so far)?", re.MULTILINE)


def build(options: argparse.Namespace) -> None:
    for target, image in IMAGES.items():
        command = [*options.engine, "build", *options.build_option, "--target", target]
        subprocess.run([*command, "--tag", image, str(REPOSITORY)], check=True, stdout=sys.stderr)


def started(options: argparse.Namespace, user: str, image: str, *words: str) -> list[str]:
    limits = ["--network=none", "--read-only", "--tmpfs=/tmp:mode=1777"]
    if options.seccomp:
        limits.append(f"--security-opt=seccomp={options.seccomp}")
    return [*options.engine, "run", "--rm", *options.option, *limits, *USERS[user], *words, image]


def points(said: str) -> dict[str, str]:
    """Each student's points, as the table at the end shows them."""
    return {student: f"{got} of {most}{more}" for student, got, most, more in LINE.findall(said)}


def graded_here(course: Path) -> str:
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--course-dir", str(course)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_wide()).stdout


def graded_there(options: argparse.Namespace, user: str, course: Path) -> str:
    words = [f"--volume={course}:/course", "--env=COLUMNS=200"]
    command = [*started(options, user, IMAGES["grader"], *words), "grade", ASSIGNMENT]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr


def _wide() -> dict[str, str]:
    return {**os.environ, "COLUMNS": "200"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", type=shlex.split, default=["podman"])
    parser.add_argument("--seccomp", help="The filter's file; the engine's own by default.")
    parser.add_argument("--option", action="append", default=[], help="For the engine's run.")
    parser.add_argument("--build-option", action="append", default=[], help="For its build.")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--no-attacks", action="store_true")
    options = parser.parse_args()
    if not options.no_build:
        build(options)
    trouble = False
    with tempfile.TemporaryDirectory(prefix="container-") as folder:
        os.chmod(folder, 0o755)
        sample = Path(folder, "sample")
        command = [sys.executable, "-m", "autograder", "sample", ASSIGNMENT, str(sample)]
        subprocess.run(
            [*command, "--course-dir", str(REPOSITORY)], check=True, stdout=subprocess.DEVNULL
        )
        wanted = None
        for user in USERS:
            course = shutil.copytree(sample, Path(folder, f"course{len(user)}"))
            for path in (course, *course.rglob("*")):
                path.chmod(0o777 if path.is_dir() else 0o666)
            said = graded_there(options, user, course)
            wanted = wanted or points(graded_here(sample))
            same = points(said) == wanted and len(wanted) > 0
            trouble |= not same
            wall = next((line for line in said.splitlines() if "sandbox: " in line), said[-300:])
            print(json.dumps({"user": user, "students": len(points(said)), "same": same,
                              "wall": wall.strip()}), flush=True)  # fmt: skip
        for user in () if options.no_attacks else USERS:
            began = time.monotonic()
            command = started(options, user, IMAGES["attacks"])
            done = subprocess.run(command, capture_output=True, text=True)
            trouble |= done.returncode != 0
            last = (done.stdout + done.stderr).strip().splitlines()[-1:]
            took = round(time.monotonic() - began)
            print(json.dumps({"user": user, "attacks": last, "seconds": took}), flush=True)
    sys.exit(trouble)


if __name__ == "__main__":
    main()
