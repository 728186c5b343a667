"""What IPython works out anew for every cell and every traceback, worked out once.

Each shortcut gives what the way around it gives, and is left out where a library has changed so
that it does not fit: then the same comes out more slowly. They are taken in the fork server, before
any student's code is there.
"""

from __future__ import annotations

import contextlib
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
    """Take these shortcuts in this process, once."""
    for shortcut in (_modules_of_cells, _styles, _formatters, _lexers):
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


def _styles() -> None:
    """The colours of tracebacks are the same in each."""
    import stack_data

    package: Any = stack_data  # whose types do not list what it imports
    package.style_with_executing_node = functools.lru_cache(8)(package.style_with_executing_node)


def _formatters() -> None:
    """So are the escape sequences for them."""
    from pygments.formatters.terminal256 import Terminal256Formatter

    build, set_up = Terminal256Formatter._build_color_table, Terminal256Formatter._setup_styles
    colours: dict[type, tuple[Any, ...]] = {}
    known: dict[tuple[Any, ...], dict[str, Any]] = {}

    def build_color_table(self: Any) -> None:
        if type(self) not in colours:
            build(self)
            colours[type(self)] = tuple(self.xterm_colors)
        self.xterm_colors = list(colours[type(self)])

    def setup_styles(self: Any) -> None:
        key = (type(self), self.style, self.usebold, self.useunderline, self.useitalic)
        if key not in known:
            set_up(self)
            known[key] = dict(self.style_string)
        self.style_string = dict(known[key])

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
