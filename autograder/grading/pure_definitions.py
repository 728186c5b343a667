"""Whether a student's code is nothing but definitions that keep nothing from one call to the next.

Then what the functions reply where the whole notebook has run is what they reply by themselves, and
need not be asked again. "No" is the answer wherever this is not plain to see.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator

from autograder.repair.reading.python_text import bound_names

LIBRARIES = frozenset({"itertools", "math", "numpy", "scipy"})
"""Their functions keep nothing, apart from what stands below."""

KEEPING = frozenset({"random", "seterr", "seterrcall", "setbufsize", "set_printoptions"})
"""Parts of these libraries that remember something, or change how others work."""

REACHING = frozenset(
    (
        *(
            "__import__",
            "breakpoint",
            "compile",
            "delattr",
            "dir",
            "eval",
            "exec",
            "exit",
            "globals",
        ),
        *("help", "input", "locals", "memoryview", "open", "print", "quit", "setattr", "vars"),
    )
)
"""Builtins that reach, or may reach, what is outside of a function."""

Origin = tuple[str, str]
"""What an import binds a name to: a module, and a name in it."""


def are_pure_definitions(texts: Iterable[str], given: Iterable[str], others: Iterable[str]) -> bool:
    """Whether this holds for the code of a notebook.

    Args:
        texts: the student's cells.
        given: the exercise's cells on which answers build, such as its imports.
        others: the exercise's other cells, which run in the notebook only.
    """
    try:
        trees = [ast.parse(text) for text in texts]
        around = [ast.parse(text) for text in (*given, *others)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # a magic, perhaps
    written = [node for tree in trees for node in tree.body if not _is_text(node)]
    functions = [node for node in written if isinstance(node, ast.FunctionDef)]
    imports = [node for node in written if isinstance(node, ast.Import | ast.ImportFrom)]
    if len(functions) + len(imports) < len(written):
        return False
    names = [node.name for node in functions]
    provided = [node for tree in around for node in tree.body]
    bound = [name for node in provided if not _is_import(node) for name in bound_names(node)]
    origins: dict[str, set[Origin]] = {}
    for node in (*imports, *filter(_is_import, provided)):
        for name, origin in _bindings(node):
            origins.setdefault(name, set()).add(origin)
    is_clear = "*" not in origins and all(len(some) == 1 for some in origins.values())
    if not is_clear or len({*names, *origins}) < len(names) + len(origins):
        return False
    if {*names, *origins} & {*bound}:
        return False
    libraries = {
        name for name, ((module, _),) in origins.items() if module.split(".")[0] in LIBRARIES
    }
    if not {name for node in imports for name, _ in _bindings(node)} <= libraries:
        return False
    reachable = {*names, *libraries, *(vars(builtins).keys() - REACHING)}
    return all(_keeps_nothing(node, reachable) for node in functions)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _bindings(node: ast.stmt) -> Iterator[tuple[str, Origin]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            yield name, (alias.name if alias.asname else name, "")
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, (node.module or "", alias.name)


def _keeps_nothing(function: ast.FunctionDef, reachable: set[str]) -> bool:
    """Whether a function reads and changes nothing but its arguments and its own variables."""
    local = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            local.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ExceptHandler) and node is not function:
            local.add(node.name or "")
    return all(_is_harmless(node, local, reachable) for node in ast.walk(function))


def _is_harmless(node: ast.AST, local: set[str], reachable: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in local or node.id in reachable
    if isinstance(node, ast.Attribute):
        kept = node.attr in KEEPING or node.attr.startswith("__")
        return isinstance(node.ctx, ast.Load) and not kept
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        target: ast.expr = node
        while isinstance(target, ast.Subscript):
            target = target.value
        return isinstance(target, ast.Name) and target.id in local
    if isinstance(node, ast.FunctionDef):
        defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        return not node.decorator_list and all(isinstance(one, ast.Constant) for one in defaults)
    return not isinstance(
        node,
        ast.AsyncFunctionDef
        | ast.ClassDef
        | ast.Global
        | ast.Import
        | ast.ImportFrom
        | ast.Nonlocal
        | ast.Yield
        | ast.YieldFrom,
    )
