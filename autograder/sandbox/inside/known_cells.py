"""Cells that every student's notebook has, prepared once before the first notebook is there.

They are translated from IPython's syntax, parsed and compiled in the fork server, and every
notebook inherits that. Answers that nobody has begun are among them. What a notebook gets is what
it would have worked out by itself; a cell that is not known, or a student's change to how cells are
read, goes the long way.
"""

from __future__ import annotations

import ast
import contextlib
import re
import types
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from IPython.core.compilerop import CachingCompiler

from .ipython_patches import QuickTransformer, rehearse_traceback

MAX_CELLS = 500
_MAY_FAIL = re.compile(r"^\s*(?:assert|raise)\b", re.MULTILINE)


class KnowingCompiler(CachingCompiler):
    """IPython's compiler, which has seen some cells before."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # IPython's
        self._trees: dict[tuple[str, int], ast.Module] = {}
        self._codes: dict[tuple[int, str, int], types.CodeType] = {}
        self._learning = False
        self.changes_trees: Callable[[], bool] = lambda: False

    def learn(self, source: str, interactive: bool) -> None:
        """Remember a cell, given as plain Python, under the flags of a new notebook."""
        tree: ast.Module = self.ast_parse(source)
        self._trees[source, self.flags] = tree
        self._learning = True
        try:
            for node in tree.body:
                is_last = interactive and node is tree.body[-1]
                if is_last and isinstance(node, ast.Expr):
                    self._compiled(ast.Interactive([node]), "<cell>", "single")
                else:
                    self._compiled(ast.Module([node], []), "<cell>", "exec")
        finally:
            self._learning = False

    def _compiled(self, tree: ast.AST, filename: str, mode: str) -> types.CodeType:
        # IPython compiles with top-level await allowed.
        with self.extra_flags(ast.PyCF_ALLOW_TOP_LEVEL_AWAIT):
            return self(tree, filename, mode)

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> Any:
        known = self._trees.get((source, self.flags)) if symbol == "exec" else None
        if known is None or self.changes_trees():
            return super().ast_parse(source, filename, symbol)
        return known

    def __call__(self, source: Any, filename: str, symbol: str, **kwargs: Any) -> types.CodeType:
        body = getattr(source, "body", None)
        if kwargs or type(body) is not list or len(body) != 1:
            return super().__call__(source, filename, symbol, **kwargs)
        key = (id(body[0]), symbol, self.flags)
        if self._learning:
            self._codes[key] = super().__call__(source, filename, symbol)
        known = self._codes.get(key)
        if known is None:
            return super().__call__(source, filename, symbol)
        return _renamed(known, filename)


def _renamed(code: types.CodeType, filename: str) -> types.CodeType:
    """The code as it is when compiled from a file of that name."""
    return code.replace(
        co_filename=filename,
        co_consts=tuple(
            _renamed(one, filename) if isinstance(one, types.CodeType) else one
            for one in code.co_consts
        ),
    )


class Shell(Protocol):
    """What is needed of the shell that is prepared."""

    compile: KnowingCompiler
    input_transformer_manager: QuickTransformer
    ast_transformers: Any

    def transform_cell(self, raw_cell: str) -> str: ...


def learn(shell: Shell, cells: list[str]) -> None:
    """Prepare a shell for cells that will come.

    Args:
        shell: the fork server's, fresh.
        cells: their sources.
    """
    compiler, transformer = shell.compile, shell.input_transformer_manager
    compiler.changes_trees = lambda: bool(shell.ast_transformers)
    for cell in cells[:MAX_CELLS]:
        # One that cannot be read is left for the notebook to complain about.
        with contextlib.suppress(SyntaxError, ValueError):
            plain = shell.transform_cell(cell)
            transformer.remember(cell)
            compiler.learn(plain, interactive=True)


def rehearse_tracebacks(shell: Shell, cells: list[str]) -> Iterator[None]:
    """Prepare for tracebacks through cells, one cell with each step.

    It takes ten milliseconds for each cell, so it is done while notebooks run, and only for those
    that are there to fail: checks, and answers that nobody has begun.
    """
    for cell in filter(_MAY_FAIL.search, cells[:MAX_CELLS]):
        with contextlib.suppress(SyntaxError, ValueError):
            rehearse_traceback(shell.transform_cell(cell))
        yield
