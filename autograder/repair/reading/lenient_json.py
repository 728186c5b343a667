"""Notebook JSON that a strict parser refuses: commas too many or too few, cut off, NaN."""

from __future__ import annotations

import json
import re

MAX_REREADS = 20
"""How often a text is read again from inside of a value that turned out to be no cell."""

MAX_DEPTH = 60
"""Deeper than any notebook; what lies deeper is skipped."""

_SPACE = re.compile(r"(?:\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))*+")
_STRINGS = {
    '"': re.compile(r'"((?:[^"\\\n]|\\.)*)(")?', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\\n]|\\.)*)(')?", re.DOTALL),
    "“": re.compile(r"“((?:[^”\\\n]|\\.)*)(”)?", re.DOTALL),
    "”": re.compile(r"”((?:[^”\\\n]|\\.)*)(”)?", re.DOTALL),
}
_KEY = re.compile(r"([A-Za-z_]\w*+)(?=\s*+:)")
_NO_KEY = re.compile(r"\w++|.", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|(.))|\"", re.DOTALL)
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_CELL = re.compile(r'\{\s*"cell_type"\s*:')
_LIKE_A_CELL = re.compile(
    r"""\{\s*["'“]?(?:cell_type|metadata|source|input|id|attachments|outputs|execution_count)["'”]?\s*:"""
)
_CELLS = re.compile(r'"cells"\s*:\s*(?=\[)')


def parse_strictly(text: str) -> object:
    """The JSON value, with NaN and numbers beyond reason read as None.

    Raises:
        ValueError: if it is not JSON, or nested deeper than the interpreter can go.
    """
    try:
        return json.loads(
            text,
            strict=False,
            parse_constant=lambda _: None,
            parse_int=lambda digits: int(digits) if len(digits) < 20 else None,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None


def parse_cells(text: str) -> list:
    """The cells of a damaged notebook, as far as they can be read; the last may be incomplete.

    Each cell is looked for by its beginning, so a damaged one does not take the others along.
    """
    cells, end, rereads = [], 0, 0
    for match in _LIKE_A_CELL.finditer(text):
        if match.start() < end:
            continue
        value, after = _Reader(text, match.start()).value(0)
        if isinstance(value, dict) and "cell_type" in value:
            cells.append(value)
            end = after
        elif rereads == MAX_REREADS:
            end = after
        else:
            rereads += 1
    if cells:
        return cells
    match = _CELLS.search(text)
    if match:
        value, _ = _Reader(text, match.end()).value(0)
        return value if isinstance(value, list) else []
    value, _ = _Reader(text, 0).value(0)
    if isinstance(value, dict) and isinstance(value.get("cells"), list):
        return value["cells"]
    return []


def as_json(text: str) -> str | None:
    """The JSON for a value that Python wrote, None if that holds no cells."""
    value, _ = _Reader(text.strip(), 0).value(0)
    return json.dumps(value) if isinstance(value, dict | list) and value else None


def _escaped_for_json(match: re.Match[str]) -> str:
    """One escape of a Python string, or a quotation mark in it, as JSON has it."""
    if match[1]:
        return f"\\u00{match[1]}"
    if match[0] == '"' or match[2] == '"':
        return '\\"'
    return "'" if match[2] == "'" else match[0]


class _Reader:
    """Reads one value from a position on and never fails."""

    def __init__(self, text: str, start: int):
        self.text = text
        self.at = start

    def value(self, depth: int) -> tuple[object, int]:
        value = self._value(depth)
        return value, self.at

    def _peek(self) -> str:
        self.at = _SPACE.match(self.text, self.at).end()
        return self.text[self.at : self.at + 1]

    def _value(self, depth: int) -> object:
        char = self._peek()
        if char == "{" and depth < MAX_DEPTH:
            return self._object(depth + 1)
        if char == "[" and depth < MAX_DEPTH:
            return self._array(depth + 1)
        if char in _STRINGS:
            return self._string(char)
        word = _WORD.match(self.text, self.at)
        if not word:
            self.at += 1  # a stray bracket or comma
            return None
        self.at = word.end()
        try:
            return parse_strictly(word.group())
        except ValueError:
            return {"True": True, "False": False}.get(word.group())

    def _string(self, quote: str = '"') -> str:
        match = _STRINGS[quote].match(self.text, self.at)
        self.at = match.end()
        body = match.group(1)
        if quote == "'":  # as Python writes it
            body = _ESCAPE.sub(_escaped_for_json, body)
        try:
            return json.loads(f'"{body}"', strict=False)
        except ValueError:  # an escape that JSON does not know, or one that was cut off
            return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), body)

    def _array(self, depth: int) -> list:
        self.at += 1
        items = []
        while (char := self._peek()) and char != "]":
            if char == "}":  # the array's end is missing; the object around it goes on
                return items
            if char in ",:":
                self.at += 1
            elif _CELL.match(self.text, self.at) and depth > 1:
                return items
            else:
                items.append(self._value(depth))
        self.at += 1
        return items

    def _object(self, depth: int) -> dict:
        start = self.at
        self.at += 1
        found: dict = {}
        while (char := self._peek()) and char != "}":
            if char == "]":
                return found
            if char == "{" and self.at > start and _CELL.match(self.text, self.at):
                return found  # the object's end is missing and the next cell begins
            if char in _STRINGS:
                key = self._string(char)
            elif bare := _KEY.match(self.text, self.at):
                key, self.at = bare[1], bare.end()
            else:
                self.at = _NO_KEY.match(self.text, self.at).end()
                continue
            if self._peek() != ":":
                continue
            self.at += 1
            if self._peek() not in ("", "}", "]"):
                found[key] = self._value(depth)
        self.at += 1
        return found
