"""Adopting an ordinary assignment of nbgrader: its graded cells decide by their own asserts.

The assignment stays as it is. What is written is the package `autograder/<assignment>`, which says
of each graded cell how it is graded. On demand, cells whose asserts all compare values of the
students' functions become tasks with hidden tests: see `autograder.authoring.asserts_to_calls`.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from autograder.authoring.asserts_to_calls import Asked, NotConverted, questions_of
from autograder.authoring.new import home_of_exercises
from autograder.course.course import Course
from autograder.errors import CourseError, ExerciseError
from autograder.exercise.source_notebooks import (
    CODE_STUB,
    TEXT_STUB,
    SourceCell,
    SourceNotebook,
    load_exercise,
)
from autograder.exercise.tasks import Criterion, Task
from autograder.judge import Examiner

AUTOTEST = re.compile(r"###\s*(?:HASHED\s+)?AUTOTEST\b")


@dataclass
class Adopted:
    """How the graded cells of an assignment are graded now.

    Attributes:
        files: what was written.
        by_asserts: cells that their own asserts decide, with the reason why they were not
            converted, "" if nobody asked for it.
        converted: cells that became tasks, with how many questions they ask.
        by_hand: cells that a person grades.
    """

    files: list[Path] = field(default_factory=list)
    by_asserts: dict[str, str] = field(default_factory=dict)
    converted: dict[str, int] = field(default_factory=dict)
    by_hand: list[str] = field(default_factory=list)


def adopt(course: Course, assignment: str, convert: bool = False) -> Adopted:
    """Write the package that says how an ordinary assignment in `source/` is graded.

    Args:
        course: the course.
        assignment: the assignment.
        convert: make tasks of the cells that only compare values.

    Raises:
        CourseError, ExerciseError: if the assignment cannot be graded as it is.
    """
    _refuse_other_stubs(course)
    folder, package = course.source_root / assignment, home_of_exercises(course) / assignment
    if not re.fullmatch(r"\w[\w-]*", assignment) or not folder.is_dir():
        raise CourseError(f"there is no assignment {assignment!r}: no folder {folder}")
    if package.exists() and not _is_adopted(package):
        raise CourseError(f"{package} is there already, and not from adopting {assignment}")
    notebooks = [_notebook(path) for path in sorted(folder.glob("*.ipynb"))]
    if not notebooks:
        raise CourseError(f"{folder} holds no notebooks")
    adopted = Adopted()
    texts = {package / f"{one.name}.py": _module(one, convert, adopted) for one in notebooks}
    points = {one.name: one.points for one in notebooks}
    texts[package / "__init__.py"] = (
        f'"""How {assignment} is graded: written by `autograder adopt`."""\n\n'
        f"ADOPTED = True\nPOINTS = {json.dumps(points, ensure_ascii=False)}\n"
    )
    shutil.rmtree(package, ignore_errors=True)
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        adopted.files.append(path)
    try:
        importlib.invalidate_caches()
        for name in [one for one in sys.modules if one.startswith(f"autograder.{assignment}")]:
            del sys.modules[name]
        load_exercise(assignment, course.source_root)
    except ExerciseError:
        shutil.rmtree(package)
        raise
    return adopted


def _refuse_other_stubs(course: Course) -> None:
    """Untouched answers are recognized by nbgrader's own stubs and marks."""
    options = course.config.ClearSolutions
    wanted: dict[str, list[object]] = {
        "code_stub": [{"python": "\n".join(CODE_STUB)}, "\n".join(CODE_STUB)],
        "text_stub": ["\n".join(TEXT_STUB)],
        "begin_solution_delimeter": ["BEGIN SOLUTION"],
        "end_solution_delimeter": ["END SOLUTION"],
    }
    for name, values in wanted.items():
        if name in options and options[name] not in values:
            raise CourseError(
                f"c.ClearSolutions.{name} is {options[name]!r}: an assignment can be adopted only "
                f"with nbgrader's default, {values[0]!r}"
            )


def _is_adopted(package: Path) -> bool:
    try:
        return "ADOPTED = True" in (package / "__init__.py").read_text(encoding="utf-8")
    except OSError:
        return False


def _notebook(path: Path) -> SourceNotebook:
    try:
        notebook = SourceNotebook(path.stem, path.read_text(encoding="utf-8"))
        kernel = notebook.content.get("metadata", {}).get("kernelspec", {})
        cells = notebook.cells
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(f"{path} is not a notebook of nbformat 4: {error}") from None
    if "." in path.stem:
        raise CourseError(f"{path}: a notebook with a dot in its name cannot be adopted: rename it")
    if (language := kernel.get("language", "python")).lower() != "python":
        raise CourseError(f"{path} is in {language}: only notebooks in Python can be graded")
    for cell in cells:
        if AUTOTEST.search(cell.source):
            raise CourseError(
                f"{path}, cell {cell.id}: tests that nbgrader's AUTOTEST fills in cannot be "
                "adopted: write them as asserts"
            )
    names = [cell.task for cell in notebook.graded_cells]
    for name in names:
        if names.count(name) > 1:
            raise CourseError(
                f"{path} has the graded cells {name} and test_{name}: rename one of them"
            )
    return notebook


# The modules.


def _module(notebook: SourceNotebook, convert: bool, adopted: Adopted) -> str:
    """The text of the module that says how one notebook is graded."""
    functions: list[str] = []
    tasks: list[str] = []
    for cell in notebook.cells:
        where = f"{notebook.name}, {cell.id}"
        if cell.is_written_answer or cell.nbgrader.get("task"):
            adopted.by_hand.append(where)
        if not cell.is_graded:
            continue
        try:
            if not convert:
                raise NotConverted("")
            asked = _questions(notebook, cell)
        except NotConverted as reason:
            adopted.by_asserts[where] = str(reason)
            tasks.append(f"graded_by_asserts({_quoted(cell.task)}, {cell.points:g})")
            continue
        number = len(functions) + 1
        functions.append(asked.function(f"calls_{number}"))
        tasks.append(_task(cell, asked, f"calls_{number}"))
        adopted.converted[where] = asked.count
    body = "".join(f"\n\n{function}" for function in functions)
    listed = "".join(f"    {task},\n" for task in tasks)
    end = f"TASKS: list[Task] = [\n{listed}]\n" if tasks else "TASKS: list[Task] = []\n"
    head = f'"""How {notebook.name} is graded: written by `autograder adopt`."""\n'
    if functions:
        head += "\nimport numpy as np\n" if "np." in body else "\n"
        head += "from numpy.random import Generator\n"
    names = ["Task"] + ["graded_by_asserts"] * any("graded_by" in task for task in tasks)
    names = ["Call", "Criterion"] * bool(functions) + names
    head += f"\nfrom autograder.exercise.tasks import {', '.join(names)}\n"
    return f"{head}{body}\n\n{end}" if functions else f"{head}\n{end}"


def _task(cell: SourceCell, asked: Asked, calls: str) -> str:
    tolerance = f", tolerance={asked.tolerance:g}" if asked.tolerance else ""
    criterion = f"Criterion({_quoted(asked.claim)}, {cell.points:g}, {calls}{tolerance})"
    names = ", ".join(map(_quoted, asked.functions))
    return (
        f"Task(\n        {_quoted(cell.task)},\n        {criterion},\n"
        f"        functions=({names},),\n    )"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _questions(notebook: SourceNotebook, cell: SourceCell) -> Asked:
    """What a graded cell asks, tried with the model solution.

    Raises:
        NotConverted: if it does not only compare values, or the solution does not answer.
    """
    written = {
        name
        for one in notebook.cells
        if one.is_answer and one.cell_type == "code"
        for name in one.defines
    }
    asked = questions_of(cell.source, written)
    try:
        namespace = notebook.reference().namespace
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(cell.source, cell.id, "exec"), dict(namespace))
    except Exception as error:
        raise NotConverted(
            f"the model solution fails in it ({type(error).__name__}: {error})"
        ) from None
    task = Task(
        cell.task,
        Criterion(asked.claim, cell.points, lambda rng: asked.calls(), tolerance=asked.tolerance),
        functions=asked.functions,
    )
    result = Examiner(notebook, {task.name: task}).judge(task.name, notebook.reference())
    if result.points < result.max_points:
        raise NotConverted(f"a value cannot be compared: {result.criteria[0].wrong}")
    return asked
