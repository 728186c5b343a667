"""Notebooks of marimo: a Python file in which each cell is a function.

A cell's parameters are what it takes from other cells, its `return` is what it gives them. Both are
left out: in the notebook that is graded, names are common to all cells.

Source: marimo's documentation of its file format.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator

from autograder.repair.reading.draft import DraftCell
from autograder.repair.reading.python_text import MAX_CHARACTERS, parse

_IMPORT = re.compile(r"^import marimo\b", re.MULTILINE)
_APP = re.compile(r"^app = marimo\.App\(", re.MULTILINE)


def is_marimo(text: str) -> bool:
    return bool(_IMPORT.search(text) and _APP.search(text))


def marimo_cells(text: str) -> list[DraftCell] | None:
    """The cells of a notebook of marimo; None if a text is none, or is no Python."""
    tree = parse(text) if is_marimo(text) and len(text) <= MAX_CHARACTERS else None
    if tree is None:
        return None
    lines = text.split("\n")
    return [cell for node in tree.body for cell in _cells(node, lines)]


def _cells(node: ast.stmt, lines: list[str]) -> Iterator[DraftCell]:
    if isinstance(node, ast.With) and _is_of_app(node.items[0].context_expr):
        yield _cell(node.body, node.lineno, node.end_lineno, lines)  # with app.setup:
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        kinds = {_kind(one) for one in node.decorator_list}
        if "cell" in kinds and not isinstance(node, ast.ClassDef):
            yield _cell(node.body, _header_end(node, lines), node.end_lineno, lines)
        elif kinds & {"function", "class_definition"}:
            yield DraftCell("code", "\n".join(lines[node.lineno - 1 : node.end_lineno]))
    elif isinstance(node, ast.Expr) and _kind(node.value) == "_unparsable_cell":
        assert isinstance(node.value, ast.Call)
        for argument in node.value.args[:1]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield DraftCell("code", textwrap.dedent(argument.value).strip("\n"))


def _cell(body: list[ast.stmt], start: int, end: int | None, lines: list[str]) -> DraftCell:
    """A cell from the lines below its head, without the `return` at its end."""
    last = body[-1]
    if isinstance(last, ast.Return):
        end = last.lineno - 1
        body = body[:-1]
    if len(body) == 1 and (markdown := _markdown(body[0])) is not None:
        return DraftCell("markdown", markdown)
    return DraftCell("code", textwrap.dedent("\n".join(lines[start:end])).strip("\n"))


def _header_end(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    """The number of the line in which a function's head ends."""
    least = max(
        [
            node.lineno,
            *(one.end_lineno or 0 for one in ast.walk(node.args) if hasattr(one, "lineno")),
        ]
    )
    for number in range(least, node.body[0].lineno):
        if lines[number - 1].split("#")[0].rstrip().endswith(":"):
            return number
    return node.body[0].lineno - 1


def _markdown(node: ast.stmt) -> str | None:
    """The text of a cell that is nothing but `mo.md("…")`."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or ast.unparse(call.func) != "mo.md" or len(call.args) != 1:
        return None
    text = call.args[0]
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        return textwrap.dedent(text.value).strip("\n")
    return None


def _kind(node: ast.expr) -> str:
    """`cell` for `@app.cell` and `@app.cell(hide_code=True)`."""
    function = node.func if isinstance(node, ast.Call) else node
    return function.attr if isinstance(function, ast.Attribute) and _is_of_app(function) else ""


def _is_of_app(node: ast.expr) -> bool:
    function = node.func if isinstance(node, ast.Call) else node
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "app"
    )
