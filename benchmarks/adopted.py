"""Attacks on an assignment that is graded by its own asserts: stock nbgrader, adopted, converted.

    python -m benchmarks.adopted [--only TEXT,TEXT] [--jobs N] [--graders "adopted,converted"]

The notebook `convolution` is written as an ordinary assignment of nbgrader: each graded cell
asserts values, some of them in hidden tests. Every attack and every forgery of tests/attacks is
handed in with a wrong `convolve`, to three graders: stock nbgrader (inside a wall, see
`benchmarks.walled`), this grader after `autograder adopt`, and after `autograder adopt --convert`.
Prints a Markdown table of what happened, and one that names the attacks which earned points.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from autograder.exercise.source_notebooks import BEGIN_HIDDEN, END_HIDDEN

from . import stock_nbgrader as stock
from .walled import REPOSITORY

NOTEBOOK = "convolution"
STOCK, ADOPTED, CONVERTED = "stock nbgrader", "adopted", "converted"
STOCK_SECONDS = 20
Todo = dict[str, tuple[dict, float]]
Happened = dict[str, set[str]]

VALUES = {
    "test_convolve": [
        "np.allclose(convolve(np.array([1.0, 0, 2, -1, 3]), np.array([1.0, 2, 4])), {})",
        "np.allclose(convolve(np.array([3.0, 1, 4, 1, 5, 9]), np.array([2.0, -1])), {})",
    ],
    "test_convolution_matrix": [
        "np.allclose(convolution_matrix(np.array([1.0, 2, 4]), 5), {})",
        "np.allclose(convolution_matrix(np.array([2.0, -1]), 4), {})",
    ],
    "test_count_parameters": [
        "count_dense_parameters(7, 3) == {}",
        "count_convolution_parameters(7, 3) == {}",
    ],
}
"""For each graded cell what it asserts, the last one as a hidden test."""


@cache
def source() -> str:
    """The source notebook with asserts in place of the hidden line."""
    path = REPOSITORY / "source" / "exercise09" / f"{NOTEBOOK}.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    namespace: dict[str, object] = {"np": np}
    for cell in content["cells"]:
        nbgrader = cell["metadata"]["nbgrader"]
        if nbgrader["solution"] and cell["cell_type"] == "code":
            exec("".join(cell["source"]), namespace)
        if nbgrader["grade"] and cell["cell_type"] == "code":
            *shown, hidden = [
                f"assert {one.format(value_in(one, namespace))}"
                for one in VALUES[nbgrader["grade_id"]]
            ]
            cell["source"] = "\n".join([*shown, BEGIN_HIDDEN, hidden, END_HIDDEN])
    return json.dumps(content)


def value_in(comparison: str, namespace: dict[str, object]) -> object:
    """The right value: what the call in a comparison gives with the model solution."""
    call = comparison.removeprefix("np.allclose(").removesuffix(", {})").removesuffix(" == {}")
    value = eval(call, namespace)
    return value.tolist() if isinstance(value, np.ndarray) else value


def course_with_asserts(folder: Path, students: Mapping[str, dict], seconds: int) -> Path:
    """A course for stock nbgrader, released, in which the students handed in."""
    path = folder / "source" / "exercise09" / f"{NOTEBOOK}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(source(), encoding="utf-8")
    # On a busy machine a kernel takes seconds to start, and an honest student is lost with it.
    config = f"{stock.STOCK_CONFIG}c.Execute.timeout = {max(seconds, STOCK_SECONDS)}\n"
    (folder / "nbgrader_config.py").write_text(config)
    stock.write_submissions(folder, dict(students))
    stock.nbgrader_here(folder, "generate_assignment")
    return folder


def attack_adopted(folder: Path, todo: Todo, convert: bool) -> Happened:
    """All attacks in one run of this grader, each followed by a student with right answers."""
    package = folder / "package"
    leave = shutil.ignore_patterns("__pycache__", "exercise[0-9]*")
    shutil.copytree(REPOSITORY / "autograder", package / "autograder", ignore=leave)
    shutil.copyfile(REPOSITORY / "pyproject.toml", package / "pyproject.toml")
    right = stock.one_notebook(stock.submissions.notebook())
    names = {f"{number:03}-mallory": name for number, name in enumerate(todo)}
    course = folder / "course"
    path = course / "source" / "exercise09" / f"{NOTEBOOK}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(source(), encoding="utf-8")
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    limits = f"c.Execute.timeout = {stock.CELL_SECONDS}\nc.Grading.notebook_timeout = 30.0\n"
    (course / "nbgrader_config.py").write_text(f"{config}\n{limits}")
    command = [sys.executable, "-m", "autograder", "adopt", "exercise09"]
    command += ["--convert"] if convert else []
    environment = os.environ | {"PYTHONPATH": str(package)}
    subprocess.run(command, cwd=course, env=environment, check=True, stdout=subprocess.DEVNULL)
    stock.write_submissions(course, {"ada": right})
    assert stock.grade_ours(course, package) == 0
    assert stock.points_in(course)["ada"] == 8
    for student, name in names.items():
        neighbour = student.replace("mallory", "neighbour")
        handed_in = {student: stock.one_notebook(todo[name][0]), neighbour: right}
        stock.write_submissions(course, handed_in)
    before = stock.left_alone(course)
    began = time.monotonic()
    code = stock.grade_ours(course, package)
    stock.tell(
        "converted" if convert else "adopted", f"exit {code}", set(), time.monotonic() - began
    )
    points, changed = stock.points_in(course), stock.left_alone(course) != before
    found: Happened = {}
    for student, name in names.items():
        happened = {stock.CHANGED} if changed else set()
        if points[student] > todo[name][1]:
            happened.add(stock.WON)
        text = "".join(
            path.read_text() for path in (course / "autograded" / student).rglob("*.ipynb")
        )
        if stock.SOLUTION in text:
            happened.add(stock.SHOWN)
        if points.get(student.replace("mallory", "neighbour")) != 8:
            happened.add(stock.NEXT)
        found[name] = happened or {stock.FINE}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default="", help="take attacks with one of these in their name")
    parser.add_argument("--jobs", type=int, default=2, help="how many courses of stock at once")
    all_graders = f"{STOCK},{ADOPTED},{CONVERTED}"
    parser.add_argument("--graders", default=all_graders, help="which of them, by default all")
    arguments = parser.parse_args()
    stock.ATTACK_SECONDS = 4 * stock.ATTACK_SECONDS  # kernels start slowly on a busy machine
    parts = arguments.only.split(",")
    todo = {
        name: known
        for name, known in stock.all_attacks(None, "").items()
        if any(part in name for part in parts)
    }
    columns: dict[str, Happened] = {}
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir="/var/tmp") as name:
        folder = Path(name)
        for title in arguments.graders.split(","):
            if title == STOCK:
                found = stock.attack_stock(folder, todo, arguments.jobs, course_with_asserts)
            else:
                (folder / title).mkdir()
                found = attack_adopted(folder / title, todo, title == CONVERTED)
            columns[title] = found
    print(f"\n| of {len(todo)} attacks | {' | '.join(columns)} |")
    print("| --- |" + " ---: |" * len(columns))
    for what in (stock.WON, stock.CHANGED, stock.SHOWN, stock.NEXT, stock.FINE):
        counts = " | ".join(str(stock.count(one, what)) for one in columns.values())
        print(f"| {what} | {counts} |")
    print(f"\n| earns points | {' | '.join(columns)} |\n| --- |" + " --- |" * len(columns))
    for attack in todo:
        won = ["yes" if stock.WON in one[attack] else "no" for one in columns.values()]
        if "yes" in won:
            print(f"| {attack} | {' | '.join(won)} |")


if __name__ == "__main__":
    main()
