"""What a student wrote in words in a code cell: as comment, as string, or to be printed."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from autograder.repair.reading.python_text import python_text

MIN_WORDS = 3
"""Fewer are the name of something, not an answer."""

_TEXT_MAGIC = re.compile(r"\s*%%(?:markdown|md|html|HTML|latex)\b[^\n]*\n")
_SHOWN_BY = frozenset({"print", "display", "Markdown", "HTML", "Latex"})


def words_in_code(source: str) -> str:
    """The text that a code cell says, "" if it says nothing or also does something."""
    if magic := _TEXT_MAGIC.match(source):
        words = source[magic.end() :]
    else:
        text = python_text(source)
        if text.tree is None or text.is_in_another_language:
            return ""
        said: list[tuple[int, str]] = []
        for node in text.tree.body:
            strings = _strings(node)
            if strings is None:
                return ""
            said += [(node.lineno, string) for string in strings]
        said += _comments(text.code)
        words = "\n".join(string.strip("\n") for _, string in sorted(said, key=lambda one: one[0]))
    return words.strip("\n") if len(re.findall(r"[^\W\d_]{2,}", words)) >= MIN_WORDS else ""


def _strings(node: ast.stmt) -> list[str] | None:
    """The strings that a statement only shows, or gives a name; None if it does anything else."""
    if isinstance(node, ast.Pass):
        return []
    if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign) and node.value is not None:
        return _shown(node.value)
    return None


def _shown(value: ast.expr) -> list[str] | None:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.JoinedStr):
        parts = (
            f"{{{ast.unparse(part.value)}}}"
            if isinstance(part, ast.FormattedValue)
            else str(ast.literal_eval(part))
            for part in value.values
        )
        return ["".join(parts)]
    if isinstance(value, ast.Tuple | ast.List):
        found = [_shown(one) for one in value.elts]
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        if value.func.id not in _SHOWN_BY or any(
            k.arg not in ("sep", "end") for k in value.keywords
        ):
            return None
        found = [_shown(one) for one in value.args]
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        found = [_shown(value.left), _shown(value.right)]
    else:
        return None
    if any(one is None for one in found):
        return None
    return [string for one in found for string in one or ()]


def _comments(code: str) -> Iterator[tuple[int, str]]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], re.sub(r"^#+ ?", "", token.string)
    except (tokenize.TokenError, SyntaxError):
        return
