"""Code that is no Python only because of the way it was copied: put right where that is plain.

Word processors, PDF files, chats, terminals and diffs leave characters in code, and Python stops at
the first of them. A cell is changed only if it is no Python as it stands and is Python afterwards.
"""

from __future__ import annotations

import dataclasses
import html
import itertools
import re
from collections.abc import Callable

from autograder.repair.reading.draft import DraftCell
from autograder.repair.reading.newer_python import in_older_words
from autograder.repair.reading.python_text import MAX_CHARACTERS, python_text

_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_INVISIBLE = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0E, 0x20),
        0x7F,
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    ]
)
_SPACES = {0xA0: " ", 0x1680: " ", 0x202F: " ", 0x205F: " ", 0x3000: "  "} | dict.fromkeys(
    range(0x2000, 0x200B), " "
)
_LINE_ENDS = {0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_UNSEEN = _INVISIBLE | _SPACES | _LINE_ENDS
_SIGNS = {
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′´`"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("×"): "*",
    ord("·"): "*",
    ord("÷"): "/",
    ord("…"): "...",
    ord("≤"): "<=",
    ord("≥"): ">=",
    ord("≠"): "!=",
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
_FENCE_LINE = re.compile(r"^[ \t]*(?:```+|~~~+)[ \t]*+[\w{}]*+[ \t]*$", re.MULTILINE)
_MARKER_LINE = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE)
_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. ?|In ?\[[ \d]*\]: ?|[ ]+\.\.\.: ?)", re.MULTILINE)
_NUMBER = re.compile(r"[ \t]*(\d+)[:.|]?(?:[ \t]|$)")
_CELL_MAGIC = re.compile(r"\A((?:[ \t]*(?:#[^\n]*)?\n)*)[ \t]*%%(\S*)[^\n]*(?:\n|\Z)")
_RUNS_PYTHON = ("time", "capture")
_IN_OTHER_LANGUAGES = frozenset(
    ("script", "bash", "sh", "zsh", "cmd", "system", "sx", "!", "skip", "false")
    + ("html", "HTML", "javascript", "js", "latex", "svg", "SVG", "markdown")
    + ("perl", "ruby", "cython", "R", "sql")
)


def unseen_removed(text: str) -> str:
    """The text without characters that no one sees; spaces of all kinds as spaces."""
    if text.isascii() and not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        return text
    return _ANSI.sub("", text).translate(_UNSEEN)


def _signs(text: str) -> str:
    return text.translate(_SIGNS)


def _escapes(text: str) -> str:
    """Text that was written as a JSON string once too often."""
    if "\n" in text.strip() or "\\n" not in text:
        return text
    meant = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "r": ""}
    return re.sub(r"\\(.)", lambda match: meant.get(match[1], match[0]), text)


def _line_numbers(text: str) -> str:
    """Text without numbers in front of its lines, if all have one and they count up."""
    lines = text.split("\n")
    found = [_NUMBER.match(line) for line in lines if line.strip()]
    if len(found) < 2 or not all(found):
        return text
    numbers = [int(match[1][:9]) for match in found]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    if min(steps) < 1 or steps.count(1) * 2 < len(steps):
        return text
    return "\n".join(_NUMBER.sub("", line, count=1) for line in lines)


def _marked(mark: str) -> Callable[[str], str]:
    """Without a mark that stands in front of every line, as in a diff or an answered e-mail."""

    def unmarked(text: str) -> str:
        lines = text.split("\n")
        if not all(line.startswith(mark) for line in lines if line.strip()):
            return text
        return "\n".join(
            line[len(mark) :].removeprefix(" " if mark == ">" else "") for line in lines
        )

    return unmarked


def _last_scrap(text: str) -> str:
    lines = text.split("\n")
    while len(lines) > 1 and not lines[-1].strip(" \t\\`~=*_-"):
        lines.pop()
    return "\n".join(lines)


_WAYS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("characters that cannot be seen, such as non-breaking spaces", unseen_removed),
    ("line breaks written as \\n", _escapes),
    ("lines of a Markdown block (```)", lambda text: _FENCE_LINE.sub("", text)),
    ("marks of a merge conflict", lambda text: _MARKER_LINE.sub("", text)),
    ("the signs of a diff", _marked("+")),
    ("the marks of an e-mail", _marked(">")),
    ("line numbers", _line_numbers),
    ("prompts", lambda text: _PROMPT.sub("", text)),
    ("characters written for a web page, such as &lt;", html.unescape),
    ("typographic quotation marks, dashes or signs", _signs),
    ("a stray last line", _last_scrap),
    ("tabs beside spaces", lambda text: text.expandtabs(4)),
    ("tabs beside spaces", lambda text: text.expandtabs(8)),
    ("words of a newer Python than this one", in_older_words),
)


def legible(cell: DraftCell) -> DraftCell:
    """The cell, its code made Python if copying is all that is wrong with it."""
    text = cell.source
    if (
        len(text) > MAX_CHARACTERS
        or cell.kind != "code"
        or python_text(text).parses
        or python_text(text).is_in_another_language
    ):
        return cell
    for note, way in _WAYS:
        changed = way(text)
        if changed != text and python_text(changed).parses:
            return dataclasses.replace(cell, source=changed, notes=(*cell.notes, note))
    notes: list[str] = []
    for note, way in _WAYS:
        changed = way(text)
        if changed == text:
            continue
        text = changed
        notes += [note] if note not in notes else []
        if python_text(text).parses:
            return dataclasses.replace(cell, source=text, notes=(*cell.notes, *notes))
    # A part of a cell that was split is no Python by itself, but can become it with the others.
    seen = unseen_removed(cell.source)
    if seen != cell.source:
        return dataclasses.replace(cell, source=seen, notes=(*cell.notes, _WAYS[0][0]))
    return cell


def without_cell_magic(cell: DraftCell, functions: tuple[str, ...]) -> DraftCell:
    """An answer's cell without a first line such as %%writefile, which keeps it from being run."""
    match = _CELL_MAGIC.match(cell.source)
    if not match or match[2] in _IN_OTHER_LANGUAGES:
        return cell
    if match[2] in _RUNS_PYTHON and not match[1].strip():
        return cell
    # What such a line hides may have been copied badly too.
    rest = legible(dataclasses.replace(cell, source=match[1] + cell.source[match.end() :]))
    if not set(functions) & python_text(rest.source).defines:
        return cell
    note = f"a first line that keeps the cell from being run (%%{match[2][:20]})"
    return dataclasses.replace(rest, source=rest.source.lstrip("\n"), notes=(*rest.notes, note))
