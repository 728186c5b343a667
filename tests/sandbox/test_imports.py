"""No module of the sandbox needs one that needs it, not even inside of a function."""

from __future__ import annotations

import ast
import graphlib
from pathlib import Path

import autograder.sandbox

FOLDER = Path(autograder.sandbox.__file__).parent


def imports(path: Path) -> set[str]:
    """The modules beside this one that it imports, anywhere in it."""
    beside = {other.stem for other in path.parent.glob("*.py")} - {"__init__"}
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            room = (node.module or "").removeprefix("autograder.sandbox").lstrip(".")
            found |= {room} | {alias.name for alias in node.names if not room}
        elif isinstance(node, ast.Import):
            found |= {alias.name.removeprefix("autograder.sandbox.") for alias in node.names}
    return found & beside


def test_imports_run_in_no_circle():
    for folder in (FOLDER, FOLDER / "inside"):
        graph = {p.stem: imports(p) for p in folder.glob("*.py") if p.stem != "__init__"}
        order = list(graphlib.TopologicalSorter(graph).static_order())

        assert len(order) == len(graph)
    assert "factory" in imports(FOLDER / "doctor.py")
