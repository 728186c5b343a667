"""The rooms of the package: no import runs against the order in which a submission walks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import autograder

PACKAGE = Path(autograder.__file__).parent

ORDER = (
    "errors",
    "exercise",
    "result",
    "submission",
    "repair",
    "judge",
    "sandbox",
    "sanitize",
    "grading",
    "course",
    "late",
    "gradebook",
    "batch",
    "bundle",
    "feedback",
    "export",
    "marking",
    "report",
    "measure",
    "attempts",
    "requests",
    "watch",
    "authoring",
    "nbgrader_plugins",
    "cli",
)
"""A room imports from those before it."""

WAYS_OUT = {"feedback", "export", "marking", "report", "measure"}
"""They do not import each other, with these exceptions."""

EXCEPTIONS = {
    ("report", "export.spreadsheet"),  # the report's tables
    ("report", "marking.statistics"),  # how far marking is, in the report
}

TOP = {"__init__", "__main__", "cli", "errors", "nbgrader_plugins"}
FOR_HIDDEN_TESTS = {"exercise", "judge"}
"""What the modules of an exercise import from."""


def exercises(package: Path) -> set[str]:
    return {
        path.parent.name
        for path in package.glob("*/__init__.py")
        if "POINTS" in path.read_text(encoding="utf-8")
    }


def imports(package: Path) -> Iterator[tuple[str, str]]:
    """Importing module and imported module, both without the package's name, for every import."""
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package).with_suffix("").parts
        if {"mistakes", "variants"} & set(module):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level:
                start = ("autograder", *module[: len(module) - node.level])
                names = [".".join([*start, *filter(None, [node.module])])]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
                if names == ["autograder"]:
                    names = [f"autograder.{alias.name}" for alias in node.names]
            else:
                continue
            for name in names:
                if name.startswith("autograder."):
                    yield ".".join(module), name.removeprefix("autograder.")


def arrows_against_the_order(package: Path) -> list[str]:
    """Each import that runs back, as "importing module -> imported module"."""
    sheets = exercises(package)
    found = []
    for importing, imported in imports(package):
        here, there = importing.split(".")[0], imported.split(".")[0]
        if here == there or here in ("__init__", "__main__") or "template" in importing:
            continue
        if here in sheets:
            right = there in FOR_HIDDEN_TESTS
        elif importing.startswith("sandbox.inside"):
            right = imported.startswith("sandbox.inside")
        elif here in WAYS_OUT and there in WAYS_OUT:
            right = (here, imported) in EXCEPTIONS
        else:
            right = there in ORDER and ORDER.index(there) < ORDER.index(here)
        if not right:
            found.append(f"{importing} -> {imported}")
    return found


def test_no_import_runs_against_the_order():
    assert not arrows_against_the_order(PACKAGE)


def test_the_inside_end_imports_nothing_of_the_project():
    outside = {
        imported
        for importing, imported in imports(PACKAGE)
        if importing.startswith("sandbox.inside") and not imported.startswith("sandbox.inside")
    }

    assert not outside


def test_an_arrow_that_is_turned_is_named(tmp_path):
    for name in ("judge", "batch"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "judge" / "score.py").write_text("from autograder.batch.run import grade_class\n")
    (tmp_path / "batch" / "run.py").write_text("from autograder.judge.score import score\n")

    assert arrows_against_the_order(tmp_path) == ["judge.score -> batch.run"]


def test_nothing_but_the_edges_stands_at_the_top():
    assert {path.stem for path in PACKAGE.glob("*.py")} == TOP


def test_every_folder_has_its_place_in_the_order():
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert folders - exercises(PACKAGE) <= set(ORDER)
