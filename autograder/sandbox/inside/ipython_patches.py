"""What IPython works out anew for every cell and every traceback, worked out once.

Each shortcut gives what the way around it gives, and is left out where a library has changed so
that it does not fit: then the same comes out more slowly. They are taken in the fork server, before
any student's code is there.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import inspect
import re
import types
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

CELL_NAMES = ("<ipython-input-", "<cell>")

# All that IPython's own syntax can begin or end with. `%` in a sum and `?` in a comment's middle
# are not among it, nor are most cells.
_OWN_SYNTAX = re.compile(r"^\s*[%!?,;/]|=[\s\\]*[%!]|\?\s*$", re.MULTILINE)


class QuickTransformer(TransformerManager):
    """Takes a cell apart into tokens only if it may hold IPython's own syntax."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # IPython's
        self._usual = self._transforms()
        self._known: dict[str, str] = {}

    def _transforms(self) -> tuple[list[Any], ...]:
        return [*self.cleanup_transforms], [*self.line_transforms], [*self.token_transformers]

    def remember(self, cell: str) -> None:
        self._known[cell] = super().transform_cell(cell)

    def transform_cell(self, cell: str) -> str:
        if cell in self._known and self._transforms() == self._usual:
            return self._known[cell]
        return super().transform_cell(cell)

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        usual = self.token_transformers == self._usual[2]
        if usual and not _OWN_SYNTAX.search("".join(lines)):
            return lines
        changed: list[str] = super().do_token_transforms(lines)  # type: ignore[no-untyped-call] # IPython's
        return changed


def take() -> None:
    """Take the ipython_patches of this process, once."""
    for shortcut in (_modules_of_cells, _colours, _lexers, _known_sources, _known_tokens):
        with contextlib.suppress(ImportError, AttributeError):
            shortcut()


def _modules_of_cells() -> None:
    """No module's file is a cell, so the search through all modules can be spared."""
    search = inspect.getmodule

    @functools.wraps(search)
    def getmodule(object: object, _filename: str | None = None) -> types.ModuleType | None:
        if isinstance(object, types.FrameType | types.CodeType | types.TracebackType):
            name = _filename or inspect.getfile(object)
            if type(name) is str and name.startswith(CELL_NAMES):
                return None
        return search(object, _filename)

    inspect.getmodule = getmodule


def _colours() -> None:
    """The colours of all tracebacks are the same, and so are the escape sequences for them."""
    import stack_data
    from pygments.formatters.terminal256 import Terminal256Formatter

    frames: Any = stack_data
    frames.style_with_executing_node = functools.lru_cache(8)(frames.style_with_executing_node)
    build, set_up = Terminal256Formatter._build_color_table, Terminal256Formatter._setup_styles
    tables: dict[Any, Any] = {}
    sequences: dict[Any, Any] = {}

    def build_color_table(self: Any) -> None:
        if type(self) not in tables:
            build(self)
            tables[type(self)] = tuple(self.xterm_colors)
        self.xterm_colors = list(tables[type(self)])

    def setup_styles(self: Any) -> None:
        key = (type(self), self.style, self.usebold, self.useunderline, self.useitalic)
        if key not in sequences:
            set_up(self)
            sequences[key] = dict(self.style_string)
        self.style_string = dict(sequences[key])

    Terminal256Formatter._build_color_table = build_color_table
    Terminal256Formatter._setup_styles = setup_styles


def _lexers() -> None:
    """A lexer that adds no rules to those of its class has its class's rules."""
    from pygments.lexer import RegexLexerMeta

    make = RegexLexerMeta.__call__
    rules = {"tokens", "token_variants", "flags", "_tokens"}

    def call(cls: Any, *args: object, **kwargs: object) -> Any:
        parent = cls.__mro__[1]
        if "_tokens" in parent.__dict__ and not rules & cls.__dict__.keys():
            cls._all_tokens = parent._all_tokens
            cls._tmpname = parent._tmpname
            cls._tokens = parent._tokens
        return make(cls, *args, **kwargs)

    RegexLexerMeta.__call__ = call


_sources: dict[tuple[str, ...], Any] = {}
"""What the library that shows frames works out of a whole cell, by the cell's lines."""

_tokens: dict[str, list[Any]] = {}
"""What the lexer makes of a text."""


def rehearse_traceback(cell: str) -> None:
    """Take apart, as a traceback does, a cell that every notebook has, given as plain Python."""
    with contextlib.suppress(ImportError, AttributeError, AssertionError):
        import ast

        from stack_data.core import Source

        lines = tuple(f"{line}\n" for line in cell.splitlines())
        source: Any = Source("<cell>", lines)
        if source.tree is None:
            return
        _ = source.pieces  # kept by the source from here on
        text = source.asttext()
        functions = [node for node in source.tree.body if isinstance(node, ast.FunctionDef)]
        for scope in (source.tree, *functions):
            _keep_tokens(text.get_text(scope))
        _sources[lines] = source


def _keep_tokens(code: str) -> None:
    from pygments.lexers.python import PythonLexer

    lexer = PythonLexer(stripnl=False)
    list(lexer.get_tokens(code))  # the usual way fits
    text = code if code.endswith("\n") else f"{code}\n"
    _tokens[text] = list(lexer.get_tokens_unprocessed(text))


def _known_sources() -> None:
    """A cell that is known need not be taken apart once more."""
    from stack_data import core

    source: Any = core.Source
    usual = source._for_filename_and_lines.__func__

    def for_filename_and_lines(cls: Any, filename: str, lines: Any) -> Any:
        known = _sources.get(lines) if cls is source else None
        if known is None:
            return usual(cls, filename, lines)
        kept = cls._class_local("__source_cache_with_lines", {})
        if (filename, lines) not in kept:
            kept[filename, lines] = copy.copy(known)
            kept[filename, lines].filename = filename
        return kept[filename, lines]

    source._for_filename_and_lines = classmethod(for_filename_and_lines)


def _known_tokens() -> None:
    """Nor need its text."""
    from pygments.lexers.python import PythonLexer

    usual = PythonLexer.get_tokens_unprocessed
    PythonLexer()  # makes its rules
    rules = PythonLexer._tokens

    def get_tokens_unprocessed(self: Any, text: str, *args: Any) -> Any:
        known = _tokens.get(text) if not args and self._tokens is rules else None
        return usual(self, text, *args) if known is None else iter(known)

    PythonLexer.get_tokens_unprocessed = get_tokens_unprocessed
