"""How fast this grader is beside stock nbgrader and beside a bare fork, on this machine, now.

    python -m benchmarks.speed [--size 400] [--few 50] [--stock 5] [--runs 1] [--jobs N]

Grades two classes of honest students, made from known variants, known mistakes and unfinished
notebooks. In the class of known answers they are handed in as they stand. In the class of unseen
answers each has names, comments, a layout and a constant of its own, so that neither its text nor
its values were seen before. Stock nbgrader grades a part of the first class serially, as it comes:
its own preprocessors, its own kernel, default settings. The hidden line stands in its notebook and
gives partial credit. The visible checks are left out of its graded cells, because there a failed
assert costs the whole task. So both give the same points, which is checked. `--stock 0` leaves it
out. This grader grades in its sandbox, recording included.

A figure for one submission is the difference between a long run and a short one, over the
submissions between them; starting up is what the short run took beyond its submissions. Processor
time is that of every process involved, as `perf stat` counts it; without perf it is the whole
machine's, which then has to be idle. Takes part in no test.
"""

from __future__ import annotations

import argparse
import json
import os
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

from autograder.exercise.source_notebooks import BEGIN_HIDDEN, END_HIDDEN, load_exercise
from autograder.sandbox.process import family_of

from .inside import POINTS
from .made_up_class import Students, class_of

REPOSITORY = Path(__file__).parents[1]
ASSIGNMENT = "exercise09"
MB = 1 << 20


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
            known = cell["metadata"].get("nbgrader", {})
            if known.get("grade") and cell["cell_type"] == "code":
                task = known["grade_id"].removeprefix("test_")
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
    """What a run took: seconds by the clock and of processors, and the most memory, in bytes.

    `first` is when the first result was recorded, in seconds from the start; 0 if nobody looked.
    """

    wall: float
    cpu: float
    memory: int
    first: float = 0.0


class Memory(threading.Thread):
    """Watches how much memory a process and all that it started take together.

    Args:
        pid: the process.
        recorded: a folder that gets a file with the first result.
    """

    def __init__(self, pid: int, recorded: Path | None = None):
        super().__init__(daemon=True)
        self.most = 0
        self.first = 0.0
        self._pid = pid
        self._recorded = recorded
        self._began = time.perf_counter()
        self._over = threading.Event()

    def run(self) -> None:
        while self._recorded is not None and not self._over.wait(0.02):
            if self._recorded.is_dir() and any(self._recorded.iterdir()):
                self.first = time.perf_counter() - self._began
                break
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
    memory = Memory(process.pid, folder / ".autograder" / "recorded" / ASSIGNMENT)
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
    return Cost(wall, cpu, most, memory.first)


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
    first: float
    memory: int


def slope(short: Cost, long: Cost, few: int, many: int) -> Figures:
    wall = (long.wall - short.wall) / (many - few)
    cpu = (long.cpu - short.cpu) / (many - few)
    return Figures(wall, cpu, short.wall - few * wall, short.first, long.memory)


def medians(found: list[Figures]) -> Figures:
    def middle(name: str) -> float:
        return statistics.median(getattr(one, name) for one in found)

    names = ("wall", "cpu", "start", "first")
    return Figures(*map(middle, names), memory=int(middle("memory")))


# Runs.


def stock(folder: Path, students: Students) -> tuple[Figures, dict[str, float]]:
    """Stock nbgrader on these students, against a run on the first of them alone."""
    command = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT]
    first = dict(list(students.items())[:1])
    short = measured(command, stock_course(folder / "stock-1", first))
    course = stock_course(folder / "stock", students)
    long = measured(command, course)
    return slope(short, long, 1, len(students)), points_in(course)


def ours(
    folder: Path, students: Students, sizes: list[int], jobs: int
) -> tuple[list[Figures], dict[str, float]]:
    """This grader on the first few students and on more of them, in classes of these sizes.

    Returns:
        Figures for each size but the first, and the points of the last class.
    """
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--jobs", str(jobs)]
    costs = []
    for size in sizes:
        course = our_course(folder / f"class-{size}", dict(list(students.items())[:size]))
        costs.append(measured(command, course))
    few, short = sizes[0], costs[0]
    pairs = zip(sizes[1:], costs[1:], strict=True)
    found = [slope(short, cost, few, size) for size, cost in pairs]
    return found, points_in(course)


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
    if not 0 < options.few < options.size:
        parser.error("--few has to be less than --size, and at least 1")
    if not 0 <= options.stock < options.size or options.runs < 1 or options.jobs < 1:
        parser.error("--stock has to be less than --size; --runs and --jobs at least 1")
    exercise = load_exercise(ASSIGNMENT, REPOSITORY / "source")
    known = class_of(exercise, options.size)
    unseen = class_of(exercise, options.size, unseen=True)
    # The first goes into both of stock nbgrader's runs, and what it costs is taken off.
    some = dict(list(known.items())[: options.stock + 1]) if options.stock else {}
    sizes = sorted({options.few, (options.few + options.size + 1) // 2, options.size})
    found: dict[str, list[Figures]] = {"known": [], "unseen": [], "stock": []}
    halves, floors, same, whole = [], [], [], []
    differing: dict[str, tuple[float, float]] = {}
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
            folder = Path(name)
            for kind in ("known", "unseen"):
                (folder / kind).mkdir()
            of_known, points = ours(folder / "known", known, sizes, options.jobs)
            of_unseen, _ = ours(folder / "unseen", unseen, sizes[:: len(sizes) - 1], options.jobs)
            found["known"].append(of_known[-1])
            found["unseen"].append(of_unseen[-1])
            halves.append(of_known[0])
            if some:
                of_stock, stock_points = stock(folder, some)
                found["stock"].append(of_stock)
                differing |= {
                    student: (stock_points[student], points[student])
                    for student in some
                    if abs(stock_points[student] - points[student]) > 1e-9
                }
            sample = dict(list(unseen.items())[:20])
            floors.append(statistics.mean(executing("floor", folder, sample)))
            same.append(statistics.mean(executing("cells", folder, sample)))
            whole.append(statistics.mean(executing("ours", folder, sample)))
    figures = {kind: medians(some) for kind, some in found.items() if some}
    print_table(options.jobs, figures)
    floor, cells, graded = map(statistics.median, (floors, same, whole))
    print(
        f"\nExecuting a submission's cells, one process, unseen answers: {1000 * cells:.0f} ms; "
        f"the floor, a bare fork with plain exec: {1000 * floor:.0f} ms; "
        f"{cells / floor:.1f} times. With repair, hidden calls "
        f"and verdicts: {1000 * graded:.0f} ms; {graded / floor:.1f} times."
    )
    half, whole_class = medians(halves), figures["known"]
    print(
        f"Flatness: a submission costs {half.wall:.3f} s and {half.cpu:.3f} processor seconds "
        f"in the first half of the class, {whole_class.wall:.3f} s and {whole_class.cpu:.3f} "
        "in all of it; "
        f"most memory {half.memory // MB} and {whole_class.memory // MB} MB."
    )
    if differing:
        raise SystemExit(f"The scores differ (stock, ours): {differing}")
    if some:
        print(f"The scores of {len(some)} submissions agree.")


def print_table(jobs: int, figures: dict[str, Figures]) -> None:
    names = {"stock": "stock nbgrader", "known": "known answers", "unseen": "unseen answers"}
    kinds = [kind for kind in names if kind in figures]
    print(f"\n| a submission, {jobs} jobs | {' | '.join(names[kind] for kind in kinds)} |")
    print(f"| --- |{' ---: |' * len(kinds)}")
    rows = {
        "seconds by the clock": ("wall", 3, 1),
        "processor seconds": ("cpu", 3, 1),
        "starting up, once, seconds": ("start", 1, 1),
        "the first result after, seconds": ("first", 1, 1),
        "most memory, MB": ("memory", 0, MB),
    }
    for what, (name, places, unit) in rows.items():
        shown = [f"{getattr(figures[kind], name) / unit:.{places}f}" for kind in kinds]
        if name == "first" and "stock" in figures:
            shown[0] = ""
        print(f"| {what} | {' | '.join(shown)} |")
    if "stock" in figures:
        for what, name in (("clock", "wall"), ("processors", "cpu")):
            base = getattr(figures["stock"], name)
            times = [f"{base / getattr(figures[kind], name):.0f}" for kind in kinds[1:]]
            print(f"| times faster by the {what} | | {' | '.join(times)} |")


if __name__ == "__main__":
    main()
