"""Cells that every student's notebook has, prepared once before the first notebook is there.

They are translated from IPython's syntax, parsed, compiled and taken apart for coloured tracebacks
in the fork server, and every notebook inherits that. Answers that nobody has begun are among them.
What a notebook gets is what it would have worked out by itself; a cell that is not known, or a
student's change to how cells are read, goes the long way.
"""

from __future__ import annotations

import ast
import contextlib
import types
from collections.abc import Callable
from typing import Any, Protocol

from IPython.core.compilerop import CachingCompiler

from .ipython_patches import QuickTransformer

MAX_CELLS = 500


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
            _remember_tokens(plain)
            _remember_source(plain)


def _remember_tokens(source: str) -> None:
    """Take the text of a cell apart as a traceback through its top level does."""
    try:
        from asttokens import ASTText
        from pygments.lexers.python import PythonLexer
    except ImportError:
        return
    text = ASTText(source, ast.parse(source)).get_text(ast.parse(source))
    _tokens_of(PythonLexer)[text] = list(PythonLexer(stripnl=False).get_tokens(text))


def _remember_source(source: str) -> None:
    """Find the statements and lines of a cell, which a traceback shows a few of."""
    try:
        from stack_data.core import Source
    except ImportError:
        return
    lines = tuple(line + "\n" for line in source.splitlines())
    read: Any = Source("<cell>", lines)  # its `pieces` are not what their type says
    if read.tree is not None and read.pieces and read.asttext():
        _sources_of(Source)[lines] = read


def _sources_of(source_class: Any) -> dict[tuple[str, ...], object]:
    """The texts that are known to tracebacks. Each file name has its own copy, as in the class."""
    known: dict[tuple[str, ...], object] | None = source_class.__dict__.get("known_by_heart")
    if known is not None:
        return known
    find = source_class._for_filename_and_lines.__func__
    known = {}

    def for_filename_and_lines(cls: Any, filename: str, lines: tuple[str, ...]) -> Any:
        found = cls._class_local("__source_cache_with_lines", {})
        if lines in known and (filename, lines) not in found:
            read = found[filename, lines] = cls.__new__(cls)
            vars(read).update(vars(known[lines]) | {"filename": filename})
        return find(cls, filename, lines)

    source_class.known_by_heart = known
    source_class._for_filename_and_lines = classmethod(for_filename_and_lines)
    return known


def _tokens_of(lexer_class: Any) -> dict[str, list[Any]]:
    """The texts that are known by heart to the lexer of tracebacks."""
    known: dict[str, list[Any]] | None = lexer_class.__dict__.get("known_by_heart")
    if known is not None:
        return known
    take_apart = lexer_class.get_tokens
    known = {}

    def get_tokens(self: Any, text: str, unfiltered: bool = False) -> Any:
        plain = (self.stripnl, self.stripall, self.ensurenl, self.tabsize, self.filters)
        if text in known and plain == (False, False, True, 0, []):
            return iter(known[text])
        return take_apart(self, text, unfiltered)

    lexer_class.known_by_heart = known
    lexer_class.get_tokens = get_tokens
    return known
