"""Code that is no Python only because of the way it was copied: put right where that is plain.

Word processors, PDF files, chats, terminals and diffs leave characters in code, and Python stops at
the first of them. A cell is changed only if it is no Python as it stands and is Python afterwards.
"""

from __future__ import annotations

import dataclasses
import html
import itertools
import re
from collections.abc import Callable, Iterator

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
    **dict.fromkeys(map(ord, "∗⋅∙"), "*"),
    **dict.fromkeys(map(ord, "∕⁄"), "/"),
    ord("²"): "**2",
    ord("³"): "**3",
    ord("∶"): ":",
    ord("\u037e"): ";",  # a semicolon in Greek
    ord("、"): ",",
    ord("【"): "[",
    ord("】"): "]",
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
_FENCE_LINE = re.compile(r"^[ \t]*(?:```+|~~~+)[ \t]*+[\w{}]*+[ \t]*$", re.MULTILINE)
_MARKER_LINE = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE)
_PROMPT = re.compile(
    r"^(?:>>> ?|\.\.\. ?|(?:In ?)?\[[ \d*]*\](?::[ ]?|[ ]|$)|[ ]+\.\.\.: ?)", re.MULTILINE
)
_NUMBER = re.compile(r"[ \t]*(\d+)(?:[ \t]?[:.|])?(?:[ \t]|$)")
_QUOTED_MAIL = re.compile(r">(?:[> ]*>)?(?: |$)")
_BULLET = re.compile(r"\A[^\w\s#@%\"'(\[{]{1,3}[ ](?=def |import |from |@)")
_OLD_PRINT = re.compile(r"^([ \t]*+)print[ \t]++(?![(=])(.+)$", re.MULTILINE)
_TAG = re.compile(r"</?(?:pre|code|div|span|p|br)\b[^<>\n]*>", re.IGNORECASE)
_DIFF_HEADER = re.compile(r"(?:diff|index|---|\+\+\+|@@|\\ No newline)(?: .*)?")
_BACKTICKS = re.compile(r"\A\s*+`++|`++\s*+\Z")
_FUNCTION = re.compile(r"^[\"'`]*(?:async )?def (\w+)", re.MULTILINE)
_GOES_ON = re.compile(r"(?:else|elif|except|finally)\b|[)\]}]")
MAX_MIXED = 10_000
"""Characters of code with words in it that is looked into."""

MAX_ROUNDS = 2
"""How often all ways are tried, one after the other: one mark can stand behind another."""

MAX_BLOCKS, MAX_BLOCKS_JOINED = 150, 6
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
    fences = {ord("`"): "`"} if "```" in text else {}
    return text.translate(_SIGNS | fences)


def _escapes(text: str) -> str:
    """Text that was written as a JSON string once too often."""
    if "\n" in text.strip() or "\\n" not in text:
        return text
    meant = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "r": ""}
    return re.sub(r"\\(.)", lambda match: meant.get(match[1], match[0]), text)


def _line_numbers(text: str) -> str:
    """Text without numbers in front of its lines, if all have one and they count up."""
    lines = text.split("\n")
    written = [line for line in lines if line.strip()]
    found = [match for line in written if (match := _NUMBER.match(line))]
    if len(found) < 2 or len(found) < len(written):
        return text
    numbers = [int(match[1][:9]) for match in found]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    if min(steps) < 1 or steps.count(1) * 2 < len(steps):
        return text
    return "\n".join(_NUMBER.sub("", line, count=1) for line in lines)


def _without_mail(text: str) -> str:
    """Without the marks in front of every line of an answered e-mail."""
    lines = text.split("\n")
    if not all(_QUOTED_MAIL.match(line) for line in lines if line.strip()):
        return text
    return "\n".join(_QUOTED_MAIL.sub("", line, count=1) for line in lines)


def _without_diff(text: str) -> str:
    """The new side of a diff, of which no more need be there than its signs."""
    lines = [line for line in text.split("\n") if not _DIFF_HEADER.fullmatch(line)]
    signs = {line[0] for line in lines if line.strip()}
    if not signs <= set("+- ") or not signs & set("+-"):
        return text
    if "+" not in signs and any("def " in line for line in lines if line.startswith("-")):
        return text  # a bullet
    return "\n".join(line[1:] for line in lines if not line.startswith("-"))


def _code_behind_prompts(text: str) -> str:
    """Only the lines behind prompts, without what a terminal answered to them."""
    lines = [_PROMPT.sub("", line) for line in text.split("\n") if _PROMPT.match(line)]
    return "\n".join(lines) or text


def _of_a_web_page(text: str) -> str:
    return unseen_removed(html.unescape(_TAG.sub("", text)))


def _last_scrap(text: str) -> str:
    lines = text.split("\n")
    while len(lines) > 1 and not lines[-1].strip(" \t\\`~=*_-"):
        lines.pop()
    return "\n".join(lines)


_WAYS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("characters that cannot be seen, such as non-breaking spaces", unseen_removed),
    ("line breaks written as \\n", _escapes),
    ("lines of a Markdown block (```)", lambda text: _FENCE_LINE.sub("", text)),
    ("marks of a Markdown block (`)", lambda text: _BACKTICKS.sub("", text)),
    ("marks of a merge conflict", lambda text: _MARKER_LINE.sub("", text)),
    ("the signs of a diff", _without_diff),
    ("the marks of an e-mail", _without_mail),
    ("line numbers", _line_numbers),
    ("prompts", lambda text: _PROMPT.sub("", text)),
    ("prompts", _code_behind_prompts),
    ("characters written for a web page, such as &lt;", _of_a_web_page),
    ("typographic quotation marks, dashes or signs", _signs),
    ("a stray last line", _last_scrap),
    ("a mark in front of its first line", lambda text: _BULLET.sub("", text)),
    ("a print of Python 2", lambda text: _OLD_PRINT.sub(r"\1print(\2)", text)),
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
    for changed, notes in readings(text):
        if python_text(changed).parses and not _swallows_functions(changed):
            return dataclasses.replace(cell, source=changed, notes=(*cell.notes, *notes))
    # A part of a cell that was split is no Python by itself, but can become it with the others.
    seen = unseen_removed(cell.source)
    if seen != cell.source:
        return dataclasses.replace(cell, source=seen, notes=(*cell.notes, _WAYS[0][0]))
    return cell


def _swallows_functions(text: str) -> bool:
    """Whether a function of a text became a part of a string."""
    names = set(_FUNCTION.findall(text))
    return not names <= python_text(text).defines | python_text(text).stubs


def readings(text: str) -> Iterator[tuple[str, list[str]]]:
    """The text put right in each way, then in several ways together; what was done each time."""
    for note, way in _WAYS:
        changed = way(text)
        if changed != text and changed.strip():
            yield changed, [note]
    notes: list[str] = []
    for note, way in _WAYS * MAX_ROUNDS:
        changed = way(text)
        if changed != text and changed.strip():
            text = changed
            notes += [note] if note not in notes else []
            yield text, list(notes)


def code_and_words(text: str) -> tuple[str, str]:
    """The statements in a text that is no Python as a whole, and the lines between them.

    A statement begins at the margin and goes on until it is complete; a line at the margin with
    which no statement begins belongs to the words.
    """
    lines = text.split("\n")
    starts = [k for k, line in enumerate(lines) if line[:1].strip() and not _GOES_ON.match(line)]
    if len(starts) > MAX_BLOCKS or len(text) > MAX_MIXED:
        return "", text
    bounds = [*starts, len(lines)]
    code: list[str] = []
    words: list[str] = lines[: bounds[0]]
    n = 0
    while n < len(starts):
        ends = range(n + 1, min(n + MAX_BLOCKS_JOINED, len(starts)) + 1)
        blocks = ["\n".join(lines[bounds[n] : bounds[end]]) for end in ends]
        whole = next((k for k, block in enumerate(blocks) if python_text(block).parses), None)
        if whole is None:
            words.append(blocks[0])
            n += 1
        else:
            code.append(blocks[whole])
            n = ends[whole]
    return "\n".join(code), "\n".join(words)


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
