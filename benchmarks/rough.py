"""Grading on rough machines: what happens in each situation, as a table.

    sudo python -m benchmarks.rough [--only WORD]

In each situation one submission is graded with `autograder grade`, as root and as an ordinary user.
It must get its points, or be refused in one line. Exits 1 if anything else happens. Needs root (for
mounts) and a Python that other users can read. Takes part in no test.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import load_exercise

from .speed import ASSIGNMENT, REPOSITORY

USER = 12345
NO_UTF_8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
PRIVATE = "mount --make-rprivate /"


@dataclass(frozen=True)
class Situation:
    """Something that is not as it should be.

    Attributes:
        name: what it is.
        mounts: shell commands for root, in a mount namespace of the command's own.
        shell: shell commands before the grader starts.
        environment: variables that differ; None for none.
        course: the name of the course folder.
    """

    name: str
    mounts: str = ""
    shell: str = ""
    environment: dict[str, str | None] | None = None
    course: str = "course"


SITUATIONS = (
    Situation("nothing unusual"),
    Situation("no program may be run from `/tmp` (noexec)",
              mounts="mount -t tmpfs -o noexec,mode=1777 none /tmp"),
    Situation("a checkout that cannot be written",
              mounts='mount --bind "$CHECKOUT" "$CHECKOUT"; mount -o remount,ro,bind "$CHECKOUT"'),
    Situation("a course folder that cannot be written",
              mounts='mount --bind "$COURSE" "$COURSE"; mount -o remount,ro,bind "$COURSE"'),
    Situation("`umask 077`", shell="umask 077"),
    Situation("`umask 777`", shell="umask 777"),
    Situation("no `HOME`", environment={"HOME": None}),
    Situation("a `HOME` that is not there", environment={"HOME": "/nonexistent/home"}),
    Situation("a locale without UTF-8", environment=NO_UTF_8),
    Situation("64 open files (`ulimit -n 64`)", shell="ulimit -n 64"),
    Situation("16 open files (`ulimit -n 16`)", shell="ulimit -n 16"),
    Situation("40 processes (`ulimit -u 40`)", shell="ulimit -u 40"),
    Situation("4 processes (`ulimit -u 4`)", shell="ulimit -u 4"),
    Situation("files of at most 512 KB (`ulimit -f 1000`)", shell="ulimit -f 1000"),
    Situation("files of at most 5 KB (`ulimit -f 10`)", shell="ulimit -f 10"),
    Situation("600 MB of address space (`ulimit -v 600000`)", shell="ulimit -v 600000"),
    Situation("200 MB of address space (`ulimit -v 200000`)", shell="ulimit -v 200000"),
    Situation("a full disk under the course",
              mounts='mkdir -p /mnt/rough && mount -t tmpfs -o size=2m none /mnt/rough && '
                     'cp -a "$COURSE/." /mnt/rough && chmod 777 /mnt/rough && '
                     '{ head -c 4m /dev/zero > /mnt/rough/full || true; } 2>/dev/null && '
                     'mount --bind /mnt/rough "$COURSE"'),
    Situation("a full `/tmp`",
              mounts="mount -t tmpfs -o size=4k,mode=1777 none /tmp; "
                     "head -c 8k /dev/zero > /tmp/full 2>/dev/null || true"),
    Situation("no folder for temporary files that can be written",
              mounts="for folder in /tmp /var/tmp /usr/tmp; do "
                     'mount -t tmpfs -o ro none "$folder" 2>/dev/null; done; true',
              environment={"TMPDIR": None}),
    Situation("a `TMPDIR` that only root may enter",
              shell='mkdir -p "$ROUGH/closed"; chmod 700 "$ROUGH/closed"; '
                    'export TMPDIR="$ROUGH/closed"'),
    Situation("a course folder with spaces, quotes and accents", course="Übung 9 'a' \"b\" $c #d"),
    Situation("a course folder with a line break", course="two\nlines"),
    Situation("a course folder that begins with a dash", course="-course"),
    Situation("a course folder that is no UTF-8", course=os.fsdecode(b"caf\xe9")),
    Situation("a course folder with a pattern in its name", course="course [2026]"),
    Situation("no `/proc`", mounts="mount -t tmpfs none /proc"),
    Situation("no `/dev/shm`", mounts="mount -t tmpfs -o ro none /dev/shm"),
)  # fmt: skip


def said_in(situation: Situation, root: bool, wall: str) -> str:
    """What grading says in a situation: "graded", the one line of a refusal, or "TROUBLE: …"."""
    with tempfile.TemporaryDirectory(prefix="rough-", dir=_base()) as folder:
        course = _course(Path(folder), situation.course)
        os.chmod(folder, 0o777)
        command = _command(situation, root, course)
        environment = _environment(situation, course, wall)
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=300,
                env=environment, cwd=course, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "TROUBLE: took longer than 300 s"
    if done.returncode == 0 and re.search(r"ada .* (\d+) of \1", done.stdout):
        return "graded"
    said = (done.stdout + done.stderr).strip().splitlines()
    errors = [line for line in said if line.startswith("error: ")]
    if done.returncode == 1 and len(errors) == 1 and not any("Traceback" in line for line in said):
        return errors[0]
    return f"TROUBLE: exit code {done.returncode}: {' / '.join(said[-4:])[:600]}"


def _base() -> str:
    return "/var/lib" if os.geteuid() == 0 else tempfile.gettempdir()


def _course(folder: Path, name: str) -> Path:
    course = folder / name
    course.mkdir()
    shutil.copyfile(REPOSITORY / "nbgrader_config.py", course / "nbgrader_config.py")
    shutil.copytree(REPOSITORY / "source", course / "source")
    exercise = load_exercise(ASSIGNMENT, REPOSITORY / "source")
    handed_in = course / "submitted" / "ada" / ASSIGNMENT
    handed_in.mkdir(parents=True)
    for notebook, tasks in exercise.tasks.items():
        source = exercise.notebooks[notebook]
        answers = {task: (source.by_id[task].source,) for task in tasks}
        (handed_in / f"{notebook}.ipynb").write_text(
            fill_in(exercise, notebook, answers), encoding="utf-8"
        )
    for path in (course, *course.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return course


def _command(situation: Situation, root: bool, course: Path) -> list[str]:
    grade = f'exec "{sys.executable}" -m autograder grade {ASSIGNMENT} --jobs 1'
    grade = f"{situation.shell or 'true'}; {grade}"
    as_user = f"setpriv --reuid {USER} --regid {USER} --clear-groups " if not root else ""
    inner = f"{as_user}bash -c '{grade}'" if "'" not in grade else f"{as_user}bash -c {grade!r}"
    mounts = f"{PRIVATE}; {situation.mounts}; " if situation.mounts else ""
    change = 'cd "$COURSE"; ' if situation.mounts else ""
    return ["unshare", "--mount", "bash", "-c", f"{mounts}{change}exec {inner}"]


def _environment(situation: Situation, course: Path, wall: str) -> dict[str, str]:
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", "COLUMNS": "500",
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *filter(os.path.isabs, sys.path)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CHECKOUT": str(REPOSITORY), "COURSE": str(course), "ROUGH": str(course.parent),
    }  # fmt: skip
    for name, value in (situation.environment or {}).items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    if wall != "auto":
        with open(course / "nbgrader_config.py", "a", encoding="utf-8") as config:
            config.write(f"\nc.Grading.wall = {wall!r}\n")
    return environment


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="Situations with this word in their name.")
    parser.add_argument("--wall", default="auto", choices=("auto", "bubblewrap", "landlock"))
    options = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("error: needs root, to make these situations")
    trouble = False
    print("| situation | as root | as an ordinary user |\n| --- | --- | --- |", flush=True)
    for situation in SITUATIONS:
        if options.only not in situation.name:
            continue
        said = [said_in(situation, root, options.wall) for root in (True, False)]
        trouble |= any(one.startswith("TROUBLE") for one in said)
        print(f"| {situation.name} | {said[0]} | {said[1]} |", flush=True)
    sys.exit(trouble)


if __name__ == "__main__":
    main()
