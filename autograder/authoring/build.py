"""`release/` and `solutions/`, generated from `source/` by nbgrader's own converters.

Neither needs nor touches the course's gradebook, and both give the same bytes on every run.
"""

from __future__ import annotations

import contextlib
import copy
import filecmp
import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateSolution
from nbgrader.converters.base import BaseConverter

from autograder.authoring.new import notebook_file
from autograder.course.course import Course
from autograder.course.release import convert, generate_release
from autograder.errors import CourseError
from autograder.exercise.source_notebooks import grade_id_of

STEPS = ("release", "solution")


class _Solution(GenerateSolution):
    """nbgrader's own, without looking the assignment up in the gradebook."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        BaseConverter.init_assignment(self, assignment_id, student_id)


def build(course: Course, assignment: str) -> list[Path]:
    """Generate the release and the solutions of an assignment; set the ids of its source's cells.

    Returns:
        The files that changed.

    Raises:
        CourseError: if a solution fails or would not be the same on every run.
    """
    return _differences(course, assignment, replace=True)


def check(course: Course, assignment: str) -> list[Path]:
    """The files that `build` would change."""
    return _differences(course, assignment, replace=False)


def generate_solutions(course: Course, assignment: str, folder: Path) -> None:
    """Write an assignment's executed solutions to `folder/<assignment>`."""
    config = copy.deepcopy(course.config)
    config.CourseDirectory.solution_directory = str(folder)
    convert(_Solution, course, assignment, config)
    for path in sorted((folder / assignment).glob("*.ipynb")):
        _check_reproducible(path)


def _check_reproducible(path: Path) -> None:
    """Refuse outputs that report a problem or hold something that another run would not give."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            where = f"{path.stem}.ipynb, cell {cell['id']}"
            if output["output_type"] == "error":
                raise CourseError(
                    f"{where}: the solution fails: {output['ename']}: {output['evalue']}"
                )
            if output.get("name") == "stderr":
                first = "".join(output["text"]).strip().splitlines()[0]
                raise CourseError(f"{where}: the solution writes to stderr: {first}")
            text = json.dumps([output.get("text"), output.get("data", {}).get("text/plain")])
            if address := re.search(r"[\w.]+ (?:object )?at 0x[0-9a-f]+", text):
                raise CourseError(
                    f"{where}: the output {address[0]!r} differs on every run: "
                    "end the line with a semicolon"
                )


def _put_ids_right(course: Course, assignment: str, replace: bool) -> list[Path]:
    """The source notebooks in which a cell's id is not its `grade_id`, or not an id of its own.

    An editor gives a copied cell a new id, and the instructor gives it a new `grade_id`, which is
    the one that everything refers to.
    """
    changed = []
    for path in sorted((course.source_root / assignment).glob("*.ipynb")):
        content = json.loads(path.read_text(encoding="utf-8"))
        right = _with_ids(content)
        if right != content:
            changed.append(path.relative_to(course.root))
            if replace:
                path.write_text(notebook_file(right), encoding="utf-8", newline="\n")
    return changed


def _with_ids(content: dict[str, Any]) -> dict[str, Any]:
    """A source notebook in which every cell has an id of its own: its `grade_id`, if it has one."""
    cells = []
    taken = {grade_id_of(cell) for cell in content["cells"]}
    for cell in content["cells"]:
        id = grade_id_of(cell)
        if not id:
            stem = id = cell.get("id") or "cell"
            count = 1
            while id in taken:
                count += 1
                id = f"{stem}-{count}"
            taken.add(id)
        cells.append(cell | {"id": id})
    return content | {"cells": cells, "nbformat_minor": max(5, content.get("nbformat_minor", 0))}


def _differences(course: Course, assignment: str, replace: bool) -> list[Path]:
    changed = _put_ids_right(course, assignment, replace)
    with tempfile.TemporaryDirectory() as folder:
        generated = {step: Path(folder, step) for step in STEPS}
        generate_release(course, assignment, generated["release"])
        generate_solutions(course, assignment, generated["solution"])
        for step, made in generated.items():
            made, kept = made / assignment, course.folder(step, ".", assignment)
            names = {
                path.relative_to(base)
                for base in (made, kept)
                for path in base.rglob("*")
                if path.is_file() and ".ipynb_checkpoints" not in path.parts
            }
            for name in sorted(names):
                if _same(made / name, kept / name):
                    continue
                changed.append((kept / name).relative_to(course.root))
                if replace:
                    _put(made / name, kept / name)
    return changed


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _put(made: Path, kept: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        kept.unlink()
    if made.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, kept)
        os.chmod(kept, 0o644)
