"""Hostile and damaged submissions through stock nbgrader and through this grader, counted.

    python -m benchmarks.stock_nbgrader attacks [--limit N] [--only TEXT]
    python -m benchmarks.stock_nbgrader class [--size N]

prints a Markdown table each. Stock nbgrader runs with its own preprocessors, its own kernel and its
default settings but for the time of a cell (both graders get the same). The hidden line stands in
its notebook, as nbgrader intends: `grade("convolve")` judges with the judge of this repository, and
the points are the cell's last value, which nbgrader takes as partial credit. So that both give the
same points to an honest answer, the visible checks are left out of its graded cells: there a failed
assert costs the whole task.

`attacks`: every attack and every forgery of tests/attacks in a notebook of its own, whose answer to
`convolve` is wrong. For stock nbgrader each has a course of its own, with one student graded before
and one who is graded next; for this grader all attack the same course in one run, with a student
after each. Some attacks aim at this grader's own sandbox and mean nothing to stock nbgrader: the
table says what happened, not what a determined student could do. None is left out, because stock
nbgrader runs inside a wall (see `benchmarks.walled`) from which nothing reaches this machine.

`class`: the class of `tests/batch/students.py`, graded by one run of `nbgrader autograde` and one
of `autograder grade`.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder.exercise.source_notebooks import BEGIN_HIDDEN, END_HIDDEN
from autograder.sandbox.process import family_of

from .inside import POINTS
from .walled import COURSE, REPOSITORY, run_walled

sys.path.insert(0, str(REPOSITORY / "tests"))

from attacks import submissions
from attacks.attacks import load_attacks
from attacks.forgeries import FORGERIES
from batch.students import Student, class_of, hand_in

CELL_SECONDS = 4
CLASS_CELL_SECONDS = 20
"""More, so that on a busy machine no honest student is lost for being slow."""
ATTACK_SECONDS = 60
CLASS_SECONDS = 6000
SOLUTION = "y[k - 1] += x[K + k - i - 1] * h[i - 1]"
STOCK_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "stock"
"""
WON, CHANGED, SHOWN, NEXT, FINE = (
    "more points than the honest part earns",
    "source, gradebook, another's submission or grade changed",
    "a secret in the graded notebook: solution, gradebook",
    "the student graded next has no grade, or a wrong one",
    "none of these",
)


# Courses.


def stock_course(folder: Path, students: dict[str, dict[str, bytes]], seconds: int) -> Path:
    """A course for stock nbgrader, released, in which the students handed in."""
    shutil.copytree(REPOSITORY / "source", folder / "source")
    for path in (folder / "source" / "exercise09").glob("*.ipynb"):
        content = json.loads(path.read_text(encoding="utf-8"))
        for cell in content["cells"]:
            if cell["metadata"]["nbgrader"]["grade"] and cell["cell_type"] == "code":
                task = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("test_")
                cell["source"] = "\n".join(
                    [
                        f"# {task}",
                        BEGIN_HIDDEN,
                        # `grade` looks for the exercise in the folder that it is called in.
                        f"import os; os.chdir({f'{COURSE}/source/exercise09'!r})",
                        "from autograder import grade",
                        f"grade({task!r})",
                        END_HIDDEN,
                    ]
                )
        path.write_text(json.dumps(content), encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(f"{STOCK_CONFIG}c.Execute.timeout = {seconds}\n")
    write_submissions(folder, students)
    nbgrader_here(folder, "generate_assignment")
    return folder


def nbgrader_here(course: Path, step: str) -> None:
    """Run a step of nbgrader on this machine, on a course that nobody hostile is in yet."""
    # nbgrader starts `alembic` by its name.
    paths = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", step, "exercise09"],
        cwd=course,
        env=os.environ | {"PATH": paths, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stdout)


def our_course(folder: Path, students: dict[str, dict[str, bytes]], seconds: int) -> Path:
    folder.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "source", folder / "source")
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(
        f"{config}\nc.Execute.timeout = {seconds}\nc.Grading.notebook_timeout = 30.0\n",
        encoding="utf-8",
    )
    write_submissions(folder, students)
    return folder


def write_submissions(course: Path, students: dict[str, dict[str, bytes]]) -> None:
    for student, files in students.items():
        folder = course / "submitted" / student / "exercise09"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)


def one_notebook(content: dict) -> dict[str, bytes]:
    return {"convolution.ipynb": json.dumps(content).encode("utf-8", "surrogatepass")}


def grade_ours(course: Path, package: Path = REPOSITORY) -> int:
    command = [sys.executable, "-m", "autograder", "grade", "exercise09", "--jobs", "2"]
    environment = os.environ | {"PYTHONPATH": str(package)}
    done = subprocess.run(command, cwd=course, env=environment, stdout=subprocess.DEVNULL)
    return done.returncode


def points_in(course: Path) -> dict[str, float]:
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        return {student: total for student, total, _ in gradebook.execute(POINTS)}


# Attacks.


def all_attacks(limit: int | None, only: str) -> dict[str, tuple[dict, float]]:
    """The notebook of each attack and what its honest part earns, by name."""
    found: dict[str, tuple[dict, float]] = {}
    for attack in load_attacks():
        place = submissions.places(attack)[0]
        found[attack.name] = (submissions.with_attack(attack, place), 6.0)
    for name, change in FORGERIES.items():
        content = submissions.notebook("wrong")
        change(content)
        found[f"forgery/{name}"] = (content, 6.0)
    found = {name: known for name, known in found.items() if only in name}
    step = 1 if limit is None else -(-len(found) // limit)
    return dict(list(found.items())[::step])


def attacks(limit: int | None, only: str, jobs: int) -> None:
    todo = all_attacks(limit, only)
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir="/var/tmp") as folder:
        ours = attack_ours(Path(folder), todo)
        stock = attack_stock(Path(folder), todo, jobs)
    print(f"\n| of {len(todo)} attacks | stock nbgrader | this grader |\n| --- | ---: | ---: |")
    for what in (WON, CHANGED, SHOWN, NEXT, FINE):
        print(f"| {what} | {count(stock, what)} | {count(ours, what)} |")


def count(found: dict[str, set[str]], what: str) -> int:
    return sum(what in happened for happened in found.values())


def attack_stock(
    folder: Path,
    todo: dict[str, tuple[dict, float]],
    jobs: int,
    course_for: Callable[..., Path] = stock_course,
) -> dict[str, set[str]]:
    secret = secrets.token_hex(16)
    right = one_notebook(submissions.notebook())
    base = course_for(folder / "stock", {"ada": right, "neighbour": right}, CELL_SECONDS)
    (base / "secrets.json").write_text(json.dumps({"gradebook": secret, "solution": SOLUTION}))
    first = with_one_graded(base, folder / "graded", secret)

    def one(item: tuple[str, tuple[dict, float]]) -> tuple[str, set[str], float]:
        name, (content, most) = item
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=folder) as inner:
            course = Path(shutil.copytree(first, Path(inner) / "course"))
            write_submissions(course, {"mallory": one_notebook(content)})
            os.chmod(inner, 0o755)
            answer = run_walled(course, ATTACK_SECONDS)
        return name, stock_happened(answer, most), time.monotonic() - began

    with ThreadPoolExecutor(jobs) as pool:
        found = {}
        for name, happened, seconds in pool.map(one, todo.items()):
            found[name] = happened
            tell("stock", name, happened, seconds)
    return found


def with_one_graded(base: Path, target: Path, secret: str) -> Path:
    """The course after `ada` was graded, with a secret in its gradebook."""
    shutil.copytree(base, target)
    shutil.rmtree(target / "submitted" / "neighbour")
    # The hidden line names the folder that the course has inside the wall.
    os.makedirs(os.path.dirname(COURSE), exist_ok=False)
    os.symlink(target, COURSE)
    try:
        nbgrader_here(target, "autograde")
    finally:
        os.unlink(COURSE)
        os.rmdir(os.path.dirname(COURSE))
    with sqlite3.connect(target / "gradebook.db") as gradebook:
        gradebook.execute("update student set first_name = ? where id = 'ada'", (secret,))
    gradebook.close()
    shutil.copytree(base / "submitted" / "neighbour", target / "submitted" / "neighbour")
    assert points_in(target)["ada"] == 8
    return target


def stock_happened(answer: dict | None, most: float) -> set[str]:
    if answer is None or "exit" not in answer:  # nbgrader itself was ended
        return {NEXT}
    happened = set()
    if answer["points"].get("mallory", 0) > most:
        happened.add(WON)
    if answer["changed"]:
        happened.add(CHANGED)
    if answer["shown"]:
        happened.add(SHOWN)
    if answer["points"].get("neighbour") != 8:
        happened.add(NEXT)
    return happened or {FINE}


def attack_ours(folder: Path, todo: dict[str, tuple[dict, float]]) -> dict[str, set[str]]:
    """All attacks in one run, each followed by a student with all answers right."""
    secret = secrets.token_hex(16)
    right = one_notebook(submissions.notebook())
    names = {f"{number:03}-mallory": name for number, name in enumerate(todo)}
    course = our_course(folder / "autograder-canary", {"ada": right}, CELL_SECONDS)
    assert grade_ours(course) == 0
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        gradebook.execute("update student set first_name = ? where id = 'ada'", (secret,))
    gradebook.close()
    for student, name in names.items():
        neighbour = student.replace("mallory", "neighbour")
        handed_in = {student: one_notebook(todo[name][0]), neighbour: right}
        write_submissions(course, handed_in)
    before = left_alone(course)
    began = time.monotonic()
    code = grade_ours(course)
    tell("ours", "all in one run", {f"exit {code}"}, time.monotonic() - began)
    assert len(family_of(os.getpid())) == 1, "a process stayed"
    points, changed = points_in(course), left_alone(course) != before
    found = {}
    for student, name in names.items():
        happened = {CHANGED} if changed else set()
        if points[student] > todo[name][1]:
            happened.add(WON)
        text = "".join(
            path.read_text() for path in (course / "autograded" / student).rglob("*.ipynb")
        )
        if secret in text or SOLUTION in text:
            happened.add(SHOWN)
        if points.get(student.replace("mallory", "neighbour")) != 8:
            happened.add(NEXT)
        found[name] = happened or {FINE}
        if found[name] != {FINE}:
            tell("ours", name, found[name], 0)
    return found


def left_alone(course: Path) -> dict[str, object]:
    found: dict[str, object] = {
        str(path.relative_to(course)): path.read_bytes()
        for folder in ("source", "submitted", "autograded/ada")
        for path in (course / folder).rglob("*")
        if path.is_file()
    }
    return found | {"ada": points_in(course)["ada"]}


# The class.


def whole_class(size: int) -> None:
    students = class_of(size)
    print(f"\n| class of {size} | stock nbgrader | this grader |\n| --- | ---: | ---: |")
    columns = []
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir="/var/tmp") as folder:
        for grade in (class_stock, class_ours):
            began = time.monotonic()
            points, code = grade(Path(folder), students)
            tell(grade.__name__, f"exit {code}", set(), time.monotonic() - began)
            for student in students:
                if not student.is_right(points.get(student.name)):
                    what = f"{points.get(student.name)}, right is {student.least}–{student.most}"
                    tell(grade.__name__, f"{student.name} ({student.kind})", {what}, 0)
            columns.append(rows_of(students, points, code))
    for (what, stock), (_, ours) in zip(*columns, strict=True):
        print(f"| {what} | {stock} | {ours} |")


def rows_of(students: list[Student], points: dict[str, float], code) -> list[tuple[str, object]]:
    shares = Counter(student.kind.split(":")[0] for student in students)
    right = Counter(
        student.kind.split(":")[0]
        for student in students
        if student.is_right(points.get(student.name))
    )
    return [
        ("have a grade after one run", sum(student.name in points for student in students)),
        ("have the right grade", right.total()),
        *((f"of these {kind} (of {shares[kind]})", right[kind]) for kind in sorted(shares)),
        ("exit code", code),
    ]


def class_stock(folder: Path, students: list[Student]) -> tuple[dict[str, float], object]:
    course = stock_course(folder / "stock", {}, CLASS_CELL_SECONDS)
    hand_in(course, students)
    (course / "secrets.json").write_text("{}")
    os.chmod(folder, 0o755)
    answer = run_walled(course, CLASS_SECONDS)
    for line in (answer or {}).get("said", ()):
        tell("stock", "said", {line}, 0)
    answer = answer or {"points": {}}
    return answer["points"], answer.get("exit", "none: it was ended")


def class_ours(folder: Path, students: list[Student]) -> tuple[dict[str, float], object]:
    course = our_course(folder / "ours", {}, CLASS_CELL_SECONDS)
    hand_in(course, students)
    code = grade_ours(course)
    return points_in(course), code


def tell(who: str, name: str, happened: set[str], seconds: float) -> None:
    line = f"{who}: {name}: {'; '.join(sorted(happened))}"
    print(f"{line} ({seconds:.0f} s)" if seconds else line, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("attacks")
    command.add_argument("--limit", type=int, help="take at most so many, evenly chosen")
    command.add_argument("--jobs", type=int, default=2, help="how many courses at once")
    command.add_argument("--only", default="", help="take those with this in their name")
    commands.add_parser("class").add_argument("--size", type=int, default=200)
    arguments = parser.parse_args()
    run: dict[str, Callable[[], None]] = {
        "attacks": lambda: attacks(arguments.limit, arguments.only, arguments.jobs),
        "class": lambda: whole_class(arguments.size),
    }
    run[arguments.command]()


if __name__ == "__main__":
    main()
