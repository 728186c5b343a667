"""How fast this grader is beside stock nbgrader and beside a bare fork, on this machine, now.

    python -m benchmarks.speed [--size 400] [--few 50] [--stock 5] [--runs 1] [--jobs N]

Makes a class of honest students from known variants, known mistakes and unfinished notebooks; no
two need be alike. Stock nbgrader grades a part of it serially, as it comes: its own preprocessors,
its own kernel, default settings. The hidden line stands in its notebook and gives partial credit.
The visible checks are left out of its graded cells, because there a failed assert costs the whole
task. So both give the same points, which is checked. Then this grader grades the whole class in its
sandbox, recording included.

A figure for one submission is the difference between a long run and a short one, over the
submissions between them; starting up is printed by itself. Processor time is that of every process
involved, as `perf stat` counts it; without perf it is the whole machine's, which then has to be
idle. Takes part in no test.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import BEGIN_HIDDEN, END_HIDDEN, Exercise, load_exercise
from autograder.sandbox.process import family_of

from .inside import POINTS

REPOSITORY = Path(__file__).parents[1]
ASSIGNMENT = "exercise09"
MB = 1 << 20
Students = dict[str, dict[str, str]]


# The class.


def class_of(exercise: Exercise, size: int) -> Students:
    """Students by name, with the texts of their notebooks. The same class comes every time."""
    return {f"student{number:05}": _student(exercise, number) for number in range(size)}


def _student(exercise: Exercise, number: int) -> dict[str, str]:
    """A student of four kinds: right throughout, a few mistakes, many mistakes, unfinished."""
    rng = random.Random(number)
    kind = rng.choices(["right", "few", "many", "unfinished"], [35, 35, 15, 15])[0]
    wrong = {"right": 0.0, "few": 0.2, "many": 0.6, "unfinished": 0.1}[kind]
    every = {name: task for tasks in exercise.tasks.values() for name, task in tasks.items()}
    # What later answers build on is the reference's: two right answers need not fit each other.
    built_on = {function for task in every.values() for function in task.uses}
    notebooks = {}
    for name, tasks in exercise.tasks.items():
        answers = {}
        for task in tasks:
            variants = () if built_on & set(every[task].functions) else exercise.variants(task)
            known = exercise.mistakes(task) if rng.random() < wrong else variants
            source = (exercise.notebooks[name].by_id[task].source,)
            answers[task] = rng.choice(known).cells if known else source
        if kind == "unfinished":
            answers = dict(list(answers.items())[: rng.randrange(len(answers))])
        notebooks[name] = fill_in(exercise, name, answers)
    return notebooks


def hand_in(course: Path, students: Students) -> None:
    for student, notebooks in students.items():
        folder = course / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        for name, text in notebooks.items():
            (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")


def our_course(folder: Path, students: Students) -> Path:
    folder.mkdir()
    shutil.copytree(REPOSITORY / "source", folder / "source")
    shutil.copyfile(REPOSITORY / "nbgrader_config.py", folder / "nbgrader_config.py")
    hand_in(folder, students)
    return folder


def stock_course(folder: Path, students: Students) -> Path:
    """A course with nbgrader's defaults, released, whose graded cells end with the hidden line."""
    folder.mkdir()
    shutil.copytree(REPOSITORY / "source", folder / "source")
    here = str(folder / "source" / ASSIGNMENT)
    for path in Path(here).glob("*.ipynb"):
        content = json.loads(path.read_text(encoding="utf-8"))
        for cell in content["cells"]:
            if cell["metadata"]["nbgrader"]["grade"] and cell["cell_type"] == "code":
                task = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("test_")
                hidden = [
                    f"import os; os.chdir({here!r})",
                    "from autograder import grade",
                    f"grade({task!r})",
                ]
                cell["source"] = "\n".join([f"# {task}", BEGIN_HIDDEN, *hidden, END_HIDDEN])
        path.write_text(json.dumps(content), encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n"
    )
    hand_in(folder, students)
    measured([sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT], folder)
    return folder


def points_in(course: Path) -> dict[str, float]:
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        return {student: total for student, total, _ in gradebook.execute(POINTS)}


# Measuring.


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds by the clock and of processors, and the most memory, in bytes."""

    wall: float
    cpu: float
    memory: int


class Memory(threading.Thread):
    """Watches how much memory a process and all that it started take together."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.most = 0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.25):
            self.most = max(self.most, sum(map(_proportional, family_of(self._pid))))

    def stop(self) -> int:
        self._over.set()
        self.join()
        return self.most


def _proportional(pid: int) -> int:
    """A process's memory, with its share of what it has in common with others."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0


def measured(command: list[str], folder: Path) -> Cost:
    """Run a command to its end."""
    paths = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": paths, "PYTHONPATH": str(REPOSITORY)}
    perf = shutil.which("perf")
    counted = folder / "perf.txt"
    prefix = [perf, "stat", "-x,", "-e", "task-clock", "-o", str(counted), "--"] if perf else []
    before, began = _machine_seconds(), time.perf_counter()
    process = subprocess.Popen(
        [*prefix, *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    memory = Memory(process.pid)
    memory.start()
    said = process.communicate()[0]
    wall = time.perf_counter() - began
    most = memory.stop()
    if process.returncode:
        raise SystemExit(said)
    cpu = _machine_seconds() - before
    if perf:
        lines = [line for line in counted.read_text().splitlines() if "task-clock" in line]
        cpu = float(lines[0].split(",")[0]) / 1000
    return Cost(wall, cpu, most)


def _machine_seconds() -> float:
    """Processor seconds that this machine has spent at work."""
    user, nice, system, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figures:
    """What one submission costs, what starting costs, and the most memory of the long run."""

    wall: float
    cpu: float
    start: float
    memory: int


def slope(short: Cost, long: Cost, few: int, many: int) -> Figures:
    wall = (long.wall - short.wall) / (many - few)
    cpu = (long.cpu - short.cpu) / (many - few)
    return Figures(wall, cpu, short.wall - few * wall, long.memory)


def medians(found: list[Figures]) -> Figures:
    def middle(name: str) -> float:
        return statistics.median(getattr(one, name) for one in found)

    return Figures(middle("wall"), middle("cpu"), middle("start"), int(middle("memory")))


# Runs.


def stock(folder: Path, students: Students) -> tuple[Figures, dict[str, float]]:
    """Stock nbgrader on these students, against a run on the first of them."""
    command = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT]
    first = dict(list(students.items())[:1])
    short = measured(command, stock_course(folder / "stock-1", first))
    course = stock_course(folder / "stock", students)
    long = measured(command, course)
    return slope(short, long, 1, len(students)), points_in(course)


def ours(
    folder: Path, students: Students, few: int, jobs: int
) -> tuple[Figures, Figures, dict[str, float]]:
    """This grader on these students, and on half of them, against a run on a few."""
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--jobs", str(jobs)]
    sizes = sorted({few, (few + len(students)) // 2, len(students)})
    costs = {}
    for size in sizes:
        course = our_course(folder / f"ours-{size}", dict(list(students.items())[:size]))
        costs[size] = measured(command, course)
    least, middle, most = sizes[0], sizes[len(sizes) // 2], sizes[-1]
    return (
        slope(costs[least], costs[most], least, most),
        slope(costs[least], costs[middle], least, middle),
        points_in(folder / f"ours-{most}"),
    )


def executing(kind: str, folder: Path, students: Students) -> list[float]:
    file = folder / "submissions.json"
    file.write_text(json.dumps(list(students.values())), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.executing", kind, str(file)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=400, help="students in the class")
    parser.add_argument("--few", type=int, default=50, help="students in the short run")
    parser.add_argument("--stock", type=int, default=5, help="of them through stock nbgrader")
    parser.add_argument("--runs", type=int, default=1, help="how often; medians are printed")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    students = class_of(load_exercise(ASSIGNMENT, REPOSITORY / "source"), options.size)
    some = dict(list(students.items())[: options.stock])
    by_stock, by_ours, halves, floors, same, whole = [], [], [], [], [], []
    differing: dict[str, tuple[float, float]] = {}
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
            folder = Path(name)
            all_of_it, half, points = ours(folder, students, options.few, options.jobs)
            by_ours.append(all_of_it)
            halves.append(half)
            found, stock_points = stock(folder, some)
            by_stock.append(found)
            sample = dict(list(students.items())[:20])
            floors.append(statistics.mean(executing("floor", folder, sample)))
            same.append(statistics.mean(executing("cells", folder, sample)))
            whole.append(statistics.mean(executing("ours", folder, sample)))
            differing |= {
                student: (stock_points[student], points[student])
                for student in some
                if abs(stock_points[student] - points[student]) > 1e-9
            }
    print_table(options, medians(by_stock), medians(by_ours))
    floor, cells, graded = map(statistics.median, (floors, same, whole))
    print(
        f"\nExecuting a submission's cells, one process: {1000 * cells:.0f} ms; "
        f"the floor, a bare fork with plain exec: {1000 * floor:.0f} ms; "
        f"{cells / floor:.1f} times. With repair, hidden calls "
        f"and verdicts: {1000 * graded:.0f} ms; {graded / floor:.1f} times."
    )
    half, whole_class = medians(halves), medians(by_ours)
    print(
        f"Flatness: a submission costs {half.wall:.3f} s and {half.cpu:.3f} processor seconds "
        f"in the first half of the class, {whole_class.wall:.3f} s and {whole_class.cpu:.3f} "
        "in all of it; "
        f"most memory {half.memory // MB} and {whole_class.memory // MB} MB."
    )
    if differing:
        raise SystemExit(f"The scores differ (stock, ours): {differing}")
    print(f"The scores of {len(some)} submissions agree.")


def print_table(options, stock: Figures, ours: Figures) -> None:
    print(
        f"\n| a submission, {options.jobs} jobs | stock nbgrader | this grader | ratio |\n"
        "| --- | ---: | ---: | ---: |"
    )
    for what, one, other in (
        ("seconds by the clock", stock.wall, ours.wall),
        ("processor seconds", stock.cpu, ours.cpu),
    ):
        print(f"| {what} | {one:.2f} | {other:.3f} | {one / other:.0f} |")
    print(f"| starting up, once, seconds | {stock.start:.1f} | {ours.start:.1f} | |")
    print(f"| most memory, MB | {stock.memory // MB} | {ours.memory // MB} | |")


if __name__ == "__main__":
    main()
