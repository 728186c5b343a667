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
    """Take the ipython_patches of this process, once."""
    for shortcut in (_modules_of_cells, _lexers):
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
