"""Beginning an exercise, and adding a task to one: copies of the folder `template`, which work.

A task comes as its three cells in the source notebook, its hidden tests, mistakes and variants.
Every command takes the exercise at once, before the author has changed anything in it.
"""

from __future__ import annotations

import ast
import builtins
import json
import keyword
import re
from pathlib import Path
from typing import Any

from autograder.course.course import Course, open_course
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import HIDDEN_FOLDER, SourceNotebook, load_exercise

PACKAGE = Path(__file__).parents[1]
TEMPLATE = Path(__file__).parent / "template"
FIRST = "exercise01"
NOTEBOOK = "first_steps"
POINTS = 2

Texts = dict[Path, str]
"""The files to be written, with their texts."""


def new_exercise(course: Course, name: str) -> list[Path]:
    """Make `source/<name>` in the course and the package `autograder.<name>`, with one task.

    Returns:
        The files that were written.

    Raises:
        CourseError: if the name cannot be used or is taken.
    """
    texts = _exercise(course, name)
    _add_task(texts, course, name, NOTEBOOK, "dense_layer", TEMPLATE / "dense_layer")
    return _written(texts)


def new_task(course: Course, exercise: str, task: str, notebook: str | None = None) -> list[Path]:
    """Add a task to an exercise, after all that is in its notebook; begin the exercise if needed.

    Args:
        course: the course.
        exercise: the exercise's name.
        task: the task's name, which is that of its function as well.
        notebook: which of the exercise's notebooks; not needed if there is only one.

    Returns:
        The files that were written.

    Raises:
        CourseError: if a name cannot be used or is taken, or the notebook is not said.
        ExerciseError: if the exercise is not in order as it is.
    """
    texts: Texts = {}
    if (course.source_root / exercise).is_dir():
        found = sorted(load_exercise(exercise, course.source_root).notebooks)
        if notebook is None and len(found) > 1:
            raise CourseError(
                f"{exercise} has the notebooks {' and '.join(found)}: say --notebook {found[0]}"
            )
        chosen = notebook or found[0]
        if chosen not in found:
            raise CourseError(f"{exercise} has no notebook {chosen} (there is: {', '.join(found)})")
    else:
        texts, chosen = _exercise(course, exercise), NOTEBOOK
        if notebook not in (None, NOTEBOOK):
            raise CourseError(f"a new exercise begins with the notebook {NOTEBOOK}, not {notebook}")
    _add_task(texts, course, exercise, chosen, task, TEMPLATE / "task")
    return _written(texts)


def _exercise(course: Course, name: str) -> Texts:
    """A new exercise, without a task yet."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,60}", name) or keyword.iskeyword(name):
        raise CourseError(f"{name!r} is no name for an exercise: take one like exercise10")
    notebooks, package = course.source_root / name, home_of_exercises(course) / name
    for taken in (notebooks, package, PACKAGE / name, PACKAGE / f"{name}.py"):
        if taken.exists():
            raise CourseError(f"{taken} is there already: take another name than {name}")
    texts = {}
    for path in sorted((TEMPLATE / "exercise").iterdir()):
        if path.suffix in (".py", ".ipynb"):
            folder = notebooks if path.suffix == ".ipynb" else package
            title = " ".join(re.findall(r"[a-z]+|\d+", name)).capitalize()  # "Exercise 10"
            texts[folder / path.name] = path.read_text(encoding="utf-8").replace("NAME", title)
    return texts


def home_of_exercises(course: Course) -> Path:
    """Where the packages of new exercises go: the course's own folder, or a checkout's package."""
    hidden = course.source_root.parent / HIDDEN_FOLDER
    is_checkout = (PACKAGE.parent / "pyproject.toml").is_file()
    return PACKAGE if is_checkout and not hidden.is_dir() else hidden


def new_course(root: Path) -> list[Path]:
    """Make a course in a folder: its settings, what git leaves out, and a first exercise.

    Returns:
        The files that were written.

    Raises:
        CourseError: if there is a course already.
    """
    texts = {
        root / "nbgrader_config.py": _configuration(root),
        root / ".gitignore": (TEMPLATE / "gitignore").read_text(encoding="utf-8"),
    }
    for taken in (*texts, root / "source", root / HIDDEN_FOLDER):
        if taken.exists():
            raise CourseError(f"{taken} is there already: begin a course in an empty folder")
    written = _written(texts)
    (root / HIDDEN_FOLDER).mkdir()
    return written + new_exercise(open_course(root), FIRST)


def _configuration(root: Path) -> str:
    """The settings of this course's repository, with another name for the course."""
    names = (TEMPLATE / "nbgrader_config.py", PACKAGE.parent / "nbgrader_config.py")
    text = next(path for path in names if path.is_file()).read_text(encoding="utf-8")
    name = re.sub(r"[^\w-]+", "-", root.absolute().name).strip("-") or "course"
    return re.sub(r"(?m)^(c\.CourseDirectory\.course_id = ).*$", rf'\g<1>"{name}"', text)


def _add_task(
    texts: Texts, course: Course, exercise: str, notebook: str, task: str, template: Path
) -> None:
    """Put a task into the texts of an exercise, which are read where they are not there yet."""
    source = course.source_root / exercise / f"{notebook}.ipynb"
    package = _package(course, exercise)
    module, declared = package / f"{notebook}.py", package / "__init__.py"
    for path in (source, module, declared):
        if path not in texts:
            texts[path] = path.read_text(encoding="utf-8")
    _refuse_name(task, SourceNotebook(notebook, texts[source]), texts[module])

    def filled_in(name: str) -> str:
        text = (template / name).read_text(encoding="utf-8")
        return text.replace("TASK", task).replace("TITLE", task.replace("_", " ").capitalize())

    for kind in ("mistakes", "variants"):
        path = package / kind / f"{task}.py"
        if path.exists():
            raise CourseError(f"{path} is there already: take another name than {task}")
        texts[path] = filled_in(f"{kind}.py")
    texts[source] = _with_cells(texts[source], filled_in("cells.ipynb"))
    texts[module] = _with_code(texts[module], filled_in("hidden_tests.py"))
    texts[declared] = _with_points(texts[declared], notebook, declared)


def _package(course: Course, exercise: str) -> Path:
    home = home_of_exercises(course) / exercise
    return home if home.is_dir() or not (PACKAGE / exercise).is_dir() else PACKAGE / exercise


def _refuse_name(task: str, notebook: SourceNotebook, module: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,29}", task) or keyword.iskeyword(task):
        raise CourseError(
            f"{task!r} is no name for a task and its function: take one like leaky_relu, of at "
            "most 30 letters"
        )
    taken = {
        *(one.id for one in ast.walk(ast.parse(module)) if isinstance(one, ast.Name)),
        *vars(builtins),
        *notebook.by_id,
    }
    names = {task, f"test_{task}", f"{task}_task", f"{task}_calls", f"{task}_special"}
    if taken & names:
        raise CourseError(
            f"{min(taken & names)} is there already in {notebook.name}, or means something in "
            f"Python: take another name than {task}"
        )


def _with_cells(notebook: str, cells: str) -> str:
    """A notebook with the cells of another one after its own, numbered as the next task."""
    content: dict[str, Any] = json.loads(notebook)
    numbers = [
        int(number)
        for cell in content["cells"]
        if cell["cell_type"] == "markdown"
        for number in re.findall(r"^#+ (\d+)\.", "".join(cell["source"]), re.MULTILINE)
    ]
    more = json.loads(cells.replace("NUMBER", str(max(numbers, default=0) + 1)))
    return notebook_file(content | {"cells": content["cells"] + more["cells"]})


def notebook_file(content: dict[str, Any]) -> str:
    """The text of a notebook's file, as Jupyter writes it."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _with_code(module: str, code: str) -> str:
    """A module with the code of another one below its own, and the imports that this needs."""
    wanted = [one for one in ast.parse(code).body if isinstance(one, ast.Import | ast.ImportFrom)]
    body = ast.parse(module).body
    there = {name for one in body for name in _bound(one)}
    lines = [ast.unparse(one) for one in wanted if not _bound(one) <= there]
    imports = [one for one in body if isinstance(one, ast.Import | ast.ImportFrom)]
    last = (imports or body[:1])[-1].end_lineno or 0
    before, after = module.split("\n")[:last], module.split("\n")[last:]
    if lines and not imports:
        lines = ["", *code.split("\n")[: wanted[-1].end_lineno or 0]]
    rest = "\n".join(code.split("\n")[wanted[-1].end_lineno or 0 :])
    return "\n".join([*before, *lines, *after]).rstrip("\n") + f"\n\n\n{rest.strip()}\n"


def _bound(node: ast.stmt) -> set[str]:
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return set()
    return {alias.asname or alias.name for alias in node.names}


def _with_points(declared: str, notebook: str, path: Path) -> str:
    """The package's text, with the points of a task more for a notebook."""
    found = re.search(rf"""(["']{notebook}["']\s*:\s*)([\d.]+)""", declared)
    if found is None:
        raise CourseError(f"{path} says no number of points for {notebook}: write one into POINTS")
    total = f"{float(found[2]) + POINTS:g}"
    return declared[: found.start(2)] + total + declared[found.end(2) :]


def _written(texts: Texts) -> list[Path]:
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return sorted(texts)
