"""Beginning a new exercise: a copy of the folder `template`, which works as it is.

The copy is a source notebook with one small task, and a package with its hidden tests, mistakes and
variants. Every command takes it like any other exercise.
"""

from __future__ import annotations

import keyword
import re
import shutil
from pathlib import Path

from autograder.course.course import Course
from autograder.errors import CourseError

PACKAGE = Path(__file__).parents[1]
TEMPLATE = Path(__file__).parent / "template"


def new_exercise(course: Course, name: str) -> list[Path]:
    """Make `source/<name>` in the course and `autograder/<name>` in the package.

    Returns:
        The files that were written.

    Raises:
        CourseError: if the name cannot be used or is taken, or the package is no checkout.
    """
    if not (PACKAGE.parent / "pyproject.toml").is_file():
        raise CourseError(
            "a new exercise is a new folder in the package: clone the repository, install it with "
            "'pip install --editable .' and run this there"
        )
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,60}", name) or keyword.iskeyword(name):
        raise CourseError(f"{name!r} is no name for an exercise: take one like exercise10")
    notebooks, package = course.source_root / name, PACKAGE / name
    for taken in (notebooks, package, package.with_suffix(".py")):
        if taken.exists():
            raise CourseError(f"{taken} is there already: take another name than {name}")
    written = []
    for path in sorted(TEMPLATE.rglob("*")):
        if path.suffix not in (".py", ".ipynb"):
            continue
        target = (notebooks if path.suffix == ".ipynb" else package) / path.relative_to(TEMPLATE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        text = target.read_text(encoding="utf-8")
        target.write_text(text.replace("NAME", _title(name)), encoding="utf-8", newline="\n")
        written.append(target)
    return written


def _title(name: str) -> str:
    """`exercise10` as "Exercise 10"."""
    return " ".join(re.findall(r"[a-z]+|\d+", name)).capitalize()
