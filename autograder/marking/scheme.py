"""The rubric as the marking scheme in a source notebook has it, and edits as a patch to that.

Two forms are read: the list below a line that begins with **Marking scheme** in the model answer,
and what stands between nbgrader's `### BEGIN MARK SCHEME` and `### END MARK SCHEME`.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.exercise.source_notebooks import SourceCell, SourceNotebook

_TITLE = re.compile(r"\s*(?:#+\s*)?(?:\*\*|__)?marking scheme\b", re.IGNORECASE)
_BEGIN, _END = "### BEGIN MARK SCHEME", "### END MARK SCHEME"
_ITEM = re.compile(
    r"\s{0,3}[-*+]\s+(?P<points>[+\-−–]?\d+(?:[.,]\d+)?)\s*(?:points?|pts?|P)?\s*:\s*(?P<text>\S.*)"
)
_FURTHER = re.compile(r"\s{2,}\S")


@dataclass(frozen=True)
class SchemeItem:
    """An item of a marking scheme.

    Attributes:
        points: may be negative.
        text: its sentence, without line breaks.
        lines: the lines of the source that it stands in.
    """

    points: float
    text: str
    lines: tuple[str, ...]

    @property
    def line(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Scheme:
    """What an instructor wrote about the right answer.

    Attributes:
        model_answer: all that stands above the marking scheme, Markdown.
        items: its lines.
        notes: what else stands in it, Markdown.
    """

    model_answer: str
    items: tuple[SchemeItem, ...]
    notes: str


def scheme_of(cell: SourceCell) -> Scheme:
    """The model answer and marking scheme of a written task."""
    lines = cell.solved.split("\n")
    begin = _begin(lines)
    items, rest, at = [], [], begin
    while at < len(lines):
        match = _ITEM.match(lines[at])
        if match is None:
            if not _is_mark(lines[at]):
                rest.append(lines[at])
            at += 1
            continue
        until = at + 1
        while until < len(lines) and _FURTHER.match(lines[until]):
            until += 1
        own = tuple(lines[at:until])
        text = " ".join([match["text"].strip(), *(line.strip() for line in own[1:])])
        points = re.sub("[−–]", "-", match["points"]).replace(",", ".")
        items.append(SchemeItem(float(points), text, own))
        at = until
    model = "\n".join(line for line in lines[:begin] if not _is_mark(line))
    if cell.cell_type == "code":
        model = f"```python\n{model.strip()}\n```"
    notes = "\n".join(line for line in rest if not _TITLE.match(line))
    return Scheme(model.strip(), tuple(items), notes.strip())


def _begin(lines: Sequence[str]) -> int:
    for number, line in enumerate(lines):
        if _TITLE.match(line) or _BEGIN in line:
            return number
    return len(lines)


def _is_mark(line: str) -> bool:
    return _BEGIN in line or _END in line


def with_items(source: str, edited: Sequence[tuple[str, float, str]]) -> str:
    """A source cell whose scheme has other items.

    Args:
        source: the cell, with its solution marks.
        edited: for each item in its order the lines that it was read from ("" if it is new), its
            points and its text. An item that still reads as its lines do keeps them.
    """
    lines = source.split("\n")
    old = {item.line: item for item in scheme_of(SourceCell("", "markdown", source, {})).items}
    begin = _begin(lines)
    new: list[str] = []
    for line, points, text in edited:
        known = old.get(line)
        if known is not None and (known.points, known.text) == (points, text):
            new += known.lines
        else:
            new.append(f"- {points:g}: {' '.join(text.split())}")
    taken = {line for item in old.values() for line in item.lines}
    places = [number for number, line in enumerate(lines) if number >= begin and line in taken]
    if places:
        kept = [line for number, line in enumerate(lines) if number not in set(places)]
        at = places[0]
    else:
        kept, at = lines, _end(lines, begin)
        new = ["", "**Marking scheme**", "", *new] if begin == len(lines) else ["", *new]
    return "\n".join(kept[:at] + new + kept[at:])


def _end(lines: Sequence[str], begin: int) -> int:
    """Where a scheme without items gets them: below its title, or as the last of the solution."""
    if begin < len(lines):
        return begin + 1
    ends = [number for number, line in enumerate(lines) if "### END SOLUTION" in line]
    return ends[-1] if ends else len(lines)


def patch(
    notebook: SourceNotebook, path: str, edited: dict[str, Sequence[tuple[str, float, str]]]
) -> str:
    """The edits of a notebook's schemes as a unified diff, for `git apply` or `patch -p1`.

    Args:
        notebook: the source notebook.
        path: where it lies in the course, with slashes.
        edited: for each written task what `with_items` takes.

    Returns:
        The diff, "" if nothing is to be changed.
    """
    text = notebook.text
    for cell in notebook.content["cells"]:
        task = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        if task not in edited:
            continue
        source = "".join(cell["source"])
        changed = with_items(source, edited[task])
        if changed != source:
            text = _replaced(text, cell["source"], changed)
    diff = difflib.unified_diff(
        notebook.text.splitlines(keepends=True),
        text.splitlines(keepends=True),
        f"a/{path}",
        f"b/{path}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff
    )


def _replaced(text: str, source: list[str] | str, changed: str) -> str:
    """The file's text with another source in one cell, every other byte as it was."""
    was = [source] if isinstance(source, str) else source
    first = json.dumps(was[0], ensure_ascii=False)
    for match in re.finditer(re.escape(first), text):
        indent = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        between = ",\n" + indent
        old = between.join(json.dumps(line, ensure_ascii=False) for line in was)
        if text.startswith(old, match.start()):
            lines = [changed] if isinstance(source, str) else changed.splitlines(keepends=True)
            new = between.join(json.dumps(line, ensure_ascii=False) for line in lines)
            return text[: match.start()] + new + text[match.start() + len(old) :]
    raise ValueError("the notebook's file is not laid out as Jupyter writes it")
