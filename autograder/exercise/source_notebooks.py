"""An exercise: the source notebooks with their tasks, points and reference solutions.

`source/<exercise>/` is written by hand and is the one truth; the hidden tests stand in the package
`autograder.<exercise>`. This module brings the two together and refuses, in one line, what does not
fit.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import os
import re
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import autograder
from autograder.errors import ExerciseError
from autograder.exercise.calls import LocalFunctions
from autograder.exercise.known_answers import Answer, Slips, read_answers
from autograder.exercise.tasks import Task

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_SCHEME, END_SCHEME = "### BEGIN MARK SCHEME", "### END MARK SCHEME"
REGIONS = ((BEGIN_HIDDEN, END_HIDDEN), (BEGIN_SOLUTION, END_SOLUTION), (BEGIN_SCHEME, END_SCHEME))
CODE_STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")
TEXT_STUB = ("YOUR ANSWER HERE",)

HIDDEN_FOLDER = "hidden"
"""Where hidden tests and known answers of a course's own exercises stand, beside `source/`."""


@dataclass(frozen=True)
class SourceCell:
    """One cell of a source notebook, with what nbgrader knows of it.

    Its `id` is its `grade_id`, by which everything refers to it; of a cell that has none, the
    cell's own id.
    """

    id: str
    cell_type: str
    source: str
    metadata: dict[str, Any]

    @cached_property
    def nbgrader(self) -> dict[str, Any]:
        of_cell: dict[str, Any] = self.metadata.get("nbgrader", {})
        return of_cell

    @cached_property
    def is_answer(self) -> bool:
        """A cell that the student writes, code or text."""
        return bool(self.nbgrader.get("solution"))

    @cached_property
    def is_graded(self) -> bool:
        """A locked cell with points: a visible check and a hidden line."""
        return bool(self.nbgrader.get("grade")) and not self.is_answer

    @cached_property
    def task(self) -> str:
        """The task that a graded cell checks: `convolve` for `test_convolve`."""
        return self.id.removeprefix("test_")

    @property
    def is_written_answer(self) -> bool:
        return self.is_answer and bool(self.nbgrader.get("grade"))

    @property
    def points(self) -> float:
        return float(self.nbgrader.get("points", 0))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        return tuple(self.metadata.get("tags", ()))

    @property
    def is_prediction(self) -> bool:
        """A place for a line of the student's before a picture: not graded, never replaced."""
        return "prediction" in self.tags

    @cached_property
    def defines(self) -> tuple[str, ...]:
        """The functions that are defined in it."""
        try:
            body = ast.parse(self.source).body
        except SyntaxError:  # a magic
            return ()
        return tuple(node.name for node in body if isinstance(node, ast.FunctionDef))

    @cached_property
    def released(self) -> str:
        """The source as students get it: stubs for solutions, no hidden tests."""
        stub = CODE_STUB if self.cell_type == "code" else TEXT_STUB
        if self.is_answer and _mark(BEGIN_SOLUTION) not in self.source:
            return "\n".join(stub)
        without_tests = _replace_region(self.source, BEGIN_HIDDEN, END_HIDDEN, ())
        without_tests = _replace_region(without_tests, BEGIN_SCHEME, END_SCHEME, ())
        return _replace_region(without_tests, BEGIN_SOLUTION, END_SOLUTION, stub)

    @cached_property
    def solved(self) -> str:
        """The source as students get it after the deadline: no hidden tests, no marks."""
        without_tests = _replace_region(self.source, BEGIN_HIDDEN, END_HIDDEN, ())
        lines = without_tests.split("\n")
        return "\n".join(
            line
            for line in lines
            if _mark(BEGIN_SOLUTION) not in line and _mark(END_SOLUTION) not in line
        )


def grade_id_of(cell: dict[str, Any]) -> str:
    """The `grade_id` of a notebook's cell, "" if it has none."""
    return cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or ""


def _mark(mark: str) -> str:
    """What makes a line a mark, for nbgrader as well: it need not be a comment of three signs."""
    return mark.lstrip("# ")


def _replace_region(source: str, begin: str, end: str, stub: tuple[str, ...]) -> str:
    begin, end = _mark(begin), _mark(end)
    lines, inside = [], False
    for line in source.split("\n"):
        if begin in line:
            inside = True
            indent = line[: len(line) - len(line.lstrip())]
            lines += [indent + stub_line for stub_line in stub]
        elif end in line:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


@dataclass(frozen=True, eq=False)
class SourceNotebook:
    """A source notebook. `text` is the file; everything else is read from it."""

    name: str
    text: str

    @cached_property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.text)
        return content

    @cached_property
    def cells(self) -> tuple[SourceCell, ...]:
        return tuple(
            SourceCell(
                grade_id_of(cell) or cell.get("id") or f"cell-{number}",
                cell["cell_type"],
                cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"]),
                cell.get("metadata", {}),
            )
            for number, cell in enumerate(self.content["cells"], 1)
        )

    @cached_property
    def by_id(self) -> dict[str, SourceCell]:
        return {cell.id: cell for cell in self.cells}

    @cached_property
    def check_of(self) -> dict[str, SourceCell]:
        """The graded cell of each task."""
        return {cell.task: cell for cell in self.graded_cells}

    def asked_functions(self, answer: SourceCell) -> tuple[str, ...]:
        """The functions that an answer's cell has to define: those that a graded cell calls.

        For an answer with a task of its own, the task says so.
        """
        return tuple(name for name in answer.defines if name in self._read_in_checks)

    @cached_property
    def _read_in_checks(self) -> frozenset[str]:
        read: set[str] = set()
        for cell in self.graded_cells:
            with contextlib.suppress(SyntaxError):  # a magic
                read |= _names_read(cell.source)
        return frozenset(read)

    @property
    def exercise_cells(self) -> tuple[SourceCell, ...]:
        """The cells that every graded notebook has, whatever was handed in: no predictions."""
        return tuple(cell for cell in self.cells if not cell.is_prediction)

    @property
    def graded_cells(self) -> tuple[SourceCell, ...]:
        return tuple(cell for cell in self.cells if cell.is_graded)

    @property
    def written_answers(self) -> tuple[SourceCell, ...]:
        return tuple(cell for cell in self.cells if cell.is_written_answer)

    @property
    def points(self) -> float:
        return sum(cell.points for cell in self.cells)

    @cached_property
    def _imports(self) -> tuple[tuple[frozenset[str], str], ...]:
        """The import statements outside of answers, with the names that they bind."""
        return tuple(_imports(self.cells))

    @cached_property
    def _reference_code(self) -> tuple[types.CodeType, ...]:
        """The answer cells and the imports they use, compiled."""
        answers = [
            cell.source for cell in self.cells if cell.is_answer and cell.cell_type == "code"
        ]
        used = {
            node.id
            for source in answers
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Name)
        }
        return tuple(
            compile(source, f"<reference {self.name}>", "exec")
            for source in [*(one for bound, one in self._imports if bound & used), *answers]
        )

    def reference(self) -> LocalFunctions:
        """The reference solutions, in a fresh namespace."""
        namespace: dict[str, Any] = {"__name__": self.name}
        for code in self._reference_code:
            exec(code, namespace)
        return LocalFunctions(namespace)

    def functions_with(self, answer: Answer) -> LocalFunctions:
        """The reference solutions, with one task's answer replaced by a known one."""
        functions = self.reference()
        # In the notebook the answer has all of its imports, also those that the reference lacks.
        used = {name for cell in answer.cells for name in _names_read(cell)}
        for bound, source in self._imports:
            if bound & used - functions.namespace.keys():
                exec(source, functions.namespace)
        exec(answer.code, functions.namespace)
        return functions


@lru_cache(maxsize=4096)
def _names_read(source: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


def _imports(cells: tuple[SourceCell, ...]) -> Iterator[tuple[frozenset[str], str]]:
    for cell in cells:
        if cell.cell_type != "code" or cell.is_answer or cell.is_graded:
            continue
        try:
            body = ast.parse(cell.source).body
        except SyntaxError:  # a magic
            continue
        for node in body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                bound = {(alias.asname or alias.name).split(".")[0] for alias in node.names}
                yield frozenset(bound), ast.unparse(node)


@dataclass(frozen=True, eq=False)
class Exercise:
    """An exercise that is complete and consistent.

    Attributes:
        name: the assignment, `exercise09`.
        notebooks: the source notebooks by name, sorted.
        tasks: for each notebook its tasks, by name, in the notebook's order.
    """

    name: str
    notebooks: dict[str, SourceNotebook]
    tasks: dict[str, dict[str, Task]]

    @property
    def points(self) -> float:
        return sum(notebook.points for notebook in self.notebooks.values())

    @cached_property
    def released_code(self) -> tuple[str, ...]:
        """The code cells as students get them, answers still to be written among them."""
        return tuple(
            cell.released
            for notebook in self.notebooks.values()
            for cell in notebook.cells
            if cell.cell_type == "code"
        )

    def notebook_of(self, task: str) -> str:
        """The notebook that a task stands in."""
        for notebook, tasks in self.tasks.items():
            if task in tasks:
                return notebook
        raise ExerciseError(f"{self.name} has no task {task}")

    def mistakes(self, task: str) -> tuple[Answer, ...]:
        """The known wrong answers to a task: single mistakes first, then combinations."""
        return self._answers("mistakes", task, self.variants(task), self.slips)

    @cached_property
    def slips(self) -> Slips:
        """How mistakes look in other programs, by name; the same slip in every task."""
        try:
            module = importlib.import_module(f"autograder.{self.name}.slips")
        except ModuleNotFoundError:
            return {}
        slips: Slips = module.SLIPS
        return slips

    def variants(self, task: str) -> tuple[Answer, ...]:
        """The known right answers to a task, in other styles than the reference's."""
        return self._answers("variants", task)

    def _answers(
        self, kind: str, task: str, variants: Sequence[Answer] = (), slips: Slips = {}
    ) -> tuple[Answer, ...]:
        path = package_of(self.name) / kind / f"{task}.py"
        functions = self.tasks[self.notebook_of(task)][task].functions
        return read_answers(path, task, functions, variants, slips)


def use_hidden(source_root: Path) -> None:
    """Take a course's own exercises, those in `hidden/`, as packages of `autograder`.

    Processes that are started from here on find them as well.
    """
    hidden = str(source_root.absolute().parent / HIDDEN_FOLDER)
    if os.path.isdir(hidden) and hidden not in autograder.__path__:
        autograder.__path__.append(hidden)
        os.environ[autograder.HIDDEN] = hidden


def package_of(exercise: str) -> Path:
    """The folder with the hidden tests of a loaded exercise."""
    return Path(str(importlib.import_module(f"autograder.{exercise}").__file__)).parent


def load_exercise(name: str, source_root: Path) -> Exercise:
    """Load an exercise from `source_root/<name>` and the package `autograder.<name>`.

    The package stands in the folder `hidden` beside `source_root`, or in the grader itself.

    Raises:
        ExerciseError: unknown exercise, unreadable notebook, a graded cell without hidden line or
            hidden test, points that do not add up.
    """
    use_hidden(source_root)
    folder = source_root / name
    if not re.fullmatch(r"\w[\w-]*", name) or not folder.is_dir():
        known = sorted(path.name for path in source_root.glob("*") if path.is_dir())
        raise ExerciseError(
            f"unknown assignment {name!r}: there is no folder {folder}"
            + (f" (there is: {', '.join(known)})" if known else "")
        )
    notebooks = {path.stem: _load_notebook(path) for path in sorted(folder.glob("*.ipynb"))}
    if not notebooks:
        raise ExerciseError(f"{folder} holds no notebooks")
    try:
        package = importlib.import_module(f"autograder.{name}")
    except ModuleNotFoundError:
        raise ExerciseError(
            f"there are no hidden tests for {name}: the package autograder.{name} does not exist; "
            f"'autograder adopt {name}' takes an ordinary assignment of nbgrader as it is"
        ) from None
    adopted = getattr(package, "ADOPTED", False)
    if not adopted:
        for one in notebooks.values():
            _refuse_unmarked_answer(one)
    tasks = {
        notebook: _tasks_of(source, f"autograder.{name}.{notebook}", adopted)
        for notebook, source in notebooks.items()
    }
    exercise = Exercise(name, notebooks, tasks)
    for notebook, points in package.POINTS.items():
        if notebook not in notebooks:
            raise ExerciseError(
                f"{folder} lacks {notebook}.ipynb, which autograder.{name} declares"
            )
        if notebooks[notebook].points != points:
            raise ExerciseError(
                f"{folder / notebook}.ipynb adds up to {notebooks[notebook].points:g} points, but "
                f"autograder.{name} declares {points:g}: correct one of them"
            )
    for notebook in notebooks:
        if notebook not in package.POINTS:
            raise ExerciseError(f"autograder.{name}.POINTS does not name the notebook {notebook}")
    return exercise


def _load_notebook(path: Path) -> SourceNotebook:
    try:
        notebook = SourceNotebook(path.stem, path.read_text(encoding="utf-8"))
        assert all(cell.cell_type for cell in notebook.cells)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExerciseError(f"{path} is not a notebook: {error}") from None
    ids = [cell.nbgrader.get("grade_id") for cell in notebook.cells]
    for id in ids:
        if id is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", id):
            raise ExerciseError(
                f"{path}: the grade_id {id!r} cannot be a cell's id: take 1 to 64 of a-z, A-Z, "
                "0-9, - and _"
            )
        if id is not None and ids.count(id) > 1:
            places = " and ".join(f"{k}" for k, one in enumerate(ids, 1) if one == id)
            raise ExerciseError(
                f"{path}: the cells {places} have the same grade_id, {id}: give the copy a name of "
                "its own (in JupyterLab: Property Inspector > nbgrader, field ID)"
            )
    for cell in notebook.cells:
        for begin, end in REGIONS:
            if cell.source.count(_mark(begin)) != cell.source.count(_mark(end)):
                raise ExerciseError(f"{path}, cell {cell.id}: {begin!r} and {end!r} do not pair up")
    return notebook


def _refuse_unmarked_answer(notebook: SourceNotebook) -> None:
    for cell in notebook.cells:
        if cell.is_answer and BEGIN_SOLUTION not in cell.source:
            raise ExerciseError(
                f"{notebook.name}.ipynb, cell {cell.id}: an answer cell needs {BEGIN_SOLUTION!r} … "
                f"{END_SOLUTION!r}, or nbgrader erases it whole"
            )


def _tasks_of(notebook: SourceNotebook, module_name: str, adopted: bool) -> dict[str, Task]:
    """A notebook's tasks, in its order. An adopted one has its own names, and no hidden lines."""
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError:
        raise ExerciseError(f"{notebook.name}.ipynb has no hidden tests: {module_name}") from None
    values = (*vars(module).values(), *getattr(module, "TASKS", ()))
    tasks = {value.name: value for value in values if isinstance(value, Task)}
    for cell in notebook.graded_cells:
        name = cell.task
        if not adopted and not re.search(
            rf"""^grade\(["']{re.escape(name)}["']\)""", cell.source, re.MULTILINE
        ):
            raise ExerciseError(
                f"{notebook.name}.ipynb, cell {cell.id}: the hidden line grade({name!r}) is "
                f"missing between {BEGIN_HIDDEN!r} and {END_HIDDEN!r}"
            )
        if name not in tasks:
            raise ExerciseError(f"{module_name} has no Task {name!r} for the cell {cell.id}")
        answer = notebook.by_id.get(name)
        if not adopted and (answer is None or not answer.is_answer):
            raise ExerciseError(f"{notebook.name}.ipynb has no answer cell {name} for {cell.id}")
        if tasks[name].points != cell.points:
            raise ExerciseError(
                f"{notebook.name}.ipynb gives {cell.points:g} points to {cell.id}, the criteria in "
                f"{module_name} add up to {tasks[name].points:g}: correct one of them"
            )
    graded = list(notebook.check_of)
    for name in tasks:
        if name not in graded:
            raise ExerciseError(f"{notebook.name}.ipynb has no graded cell test_{name}")
    return {name: tasks[name] for name in graded}
