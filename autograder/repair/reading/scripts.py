"""Notebooks as text: jupytext (percent, light, Markdown), nbconvert, Spyder, Databricks, marimo."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from collections.abc import Iterator, Sequence

from autograder.repair.reading.draft import Draft, DraftCell, Unreadable, clean_text
from autograder.repair.reading.marimo import is_marimo, marimo_cells

LONGEST_FENCE = 1000
"""Characters of a line that opens a block of code, with its options."""

_PREAMBLE = re.compile(r"\A(?:#![^\n]*\n|# (?:-\*- )?coding[^\n]*\n)+")
_HEADER = re.compile(r"\A# ---\n(?:#[^\n]*\n)*?# ---\n")
_PERCENT = re.compile(r"^# ?%%(?P<options>[^%\n]*)$", re.MULTILINE)
_PROMPT = re.compile(r"^# In ?\[[ \d*]*\]:[ ]*$", re.MULTILINE)
_LIGHT = re.compile(r"^# \+(?P<options>[^\n]*)$", re.MULTILINE)
_LIGHT_END = re.compile(r"^# -[ ]*$", re.MULTILINE)
_DATABRICKS = re.compile(r"^# COMMAND -+$", re.MULTILINE)
_GRADE_ID = re.compile(r'"grade_id"\s*:\s*("(?:[^"\\]|\\.)*")')
_CELL_ID = re.compile(r'\bid="([\w-]{1,64})"')
_FENCE_OPENS = re.compile(
    r"(?P<fence>`{3,}|~{3,})[ \t]*+"
    r"(?:\{code-cell\}|\{[^}\n]*?\bpython3?\b(?P<braces>[^}\n]*)\}|(?:i?python3?|py)\b)"
    r"(?P<options>.*)"
)
"""Markdown, MyST (`{code-cell} ipython3`), Quarto and R Markdown (`{python}`), Pandoc
(`{.python}`)."""

_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*")
_CODE_OPTIONS = re.compile(r"\A(?:---\n(?:.*\n)*?---\n|(?::[^\n]*\n)+)")
_DIVISION = re.compile(r"^(?::{3,}.*|\+\+\+.*)$\n?", re.MULTILINE)
"""Where a cell begins or ends, in Pandoc's and MyST's Markdown."""

_QUOTED = re.compile(r'r?("""|\'\'\')(.*?)\1', re.DOTALL)
_STANDING_TEXT = re.compile(r'(?:(?<=\n\n)|\A)r?"""(?:(?!""").)*"""(?=\n\n|\n?\Z)', re.DOTALL)
_YAML = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def is_script(text: str) -> bool:
    """Whether a text is one of the script formats of notebooks."""
    text = clean_text(text)
    return (
        any(pattern.search(text) for pattern in (_PERCENT, _PROMPT, _DATABRICKS))
        or text.startswith("# ---\n# jupyter:")
        or is_marimo(text)
    )


def read_script(path: str, text: str) -> Draft:
    """The cells of a script.

    Raises:
        Unreadable: if it is empty.
    """
    text = _HEADER.sub("", _PREAMBLE.sub("", clean_text(text)))
    if (marimo := marimo_cells(text)) is not None:
        cells, name = marimo, "a marimo notebook"
    elif _PERCENT.search(text):
        cells, name = _percent(text), "a script with cells (# %%)"
    elif _PROMPT.search(text):
        cells, name = _nbconvert(text), "a notebook exported as a script"
    elif _DATABRICKS.search(text):
        pieces = _DATABRICKS.split(text)
        cells, name = [_code(piece) for piece in pieces], "a Databricks script"
    else:
        cells, name = _light(text), "a script"
    found = tuple(cell for cell in cells if cell.source.strip())
    if not found:
        raise Unreadable("is an empty script")
    return Draft(path, found, "script", (f"is {name}; it was read as a notebook",))


def read_markdown(path: str, text: str) -> Draft:
    """The cells of a notebook kept as Markdown: fenced Python is code.

    Raises:
        Unreadable: if there is no Python in it.
    """
    found = tuple(markdown_cells(_YAML.sub("", clean_text(text))))
    if not any(cell.kind == "code" for cell in found):
        raise Unreadable("is a text without Python cells")
    return Draft(path, found, "text", ("is a Markdown text; it was read as a notebook",))


def markdown_cells(text: str) -> list[DraftCell]:
    """The fenced Python of a Markdown text as code cells, what stands between as text."""
    lines = text.split("\n")
    cells, end = [], 0
    for first, last in _fenced(lines):
        cells.append(DraftCell("markdown", _between("\n".join(lines[end:first]))))
        opening = _FENCE_OPENS.fullmatch(lines[first])
        options = (opening["braces"] or "") + opening["options"] if opening else ""
        code = _CODE_OPTIONS.sub("", "".join(f"{line}\n" for line in lines[first + 1 : last]))
        cells.append(DraftCell("code", code.strip("\n"), *_ids(options)))
        end = last + 1
    cells.append(DraftCell("markdown", _between("\n".join(lines[end:]))))
    return [cell for cell in cells if cell.source.strip()]


def _between(text: str) -> str:
    return _DIVISION.sub("", text).strip("\n")


def _fenced(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and last line of each fenced block of Python; one that nothing closes is none."""
    longest = _longest_fences(lines)
    k = 0
    while k < len(lines):
        opening = _FENCE_OPENS.fullmatch(lines[k]) if len(lines[k]) <= LONGEST_FENCE else None
        k += 1
        if opening is None or longest[k].get(opening["fence"][0], 0) < len(opening["fence"]):
            continue
        first = k - 1
        while not _closes(lines[k], opening["fence"]):
            k += 1
        yield first, k
        k += 1


def _longest_fences(lines: Sequence[str]) -> list[dict[str, int]]:
    """For each line the longest fence, of each sign, that closes a block there or further down."""
    longest: list[dict[str, int]] = [{}]
    for line in reversed(lines):
        here = longest[-1]
        if (match := _FENCE.fullmatch(line)) and len(match[1]) > here.get(match[1][0], 0):
            here = here | {match[1][0]: len(match[1])}
        longest.append(here)
    return longest[::-1]


def _closes(line: str, fence: str) -> bool:
    match = _FENCE.fullmatch(line)
    return match is not None and match[1][0] == fence[0] and len(match[1]) >= len(fence)


def _ids(options: str) -> tuple[str, str]:
    grade_id, cell_id = _GRADE_ID.search(options), _CELL_ID.search(options)
    return (
        json.loads(grade_id[1], strict=False) if grade_id else "",
        cell_id[1] if cell_id else "",
    )


def _code(text: str) -> DraftCell:
    """A cell of code, or of text where it is nothing but a string or a Markdown magic."""
    text = text.strip("\n")
    if text.startswith("# MAGIC %md"):
        lines = [re.sub(r"^# MAGIC ?", "", line) for line in text.split("\n")]
        return DraftCell("markdown", "\n".join(lines).removeprefix("%md").strip("\n "))
    quoted = _QUOTED.fullmatch(text)
    if quoted and quoted[1] not in quoted[2]:
        return DraftCell("markdown", quoted[2].strip("\n"))
    return DraftCell("code", text)


def _text(commented: str) -> str:
    return "\n".join(re.sub(r"^# ?", "", line) for line in commented.strip("\n").split("\n"))


def _percent(text: str) -> list[DraftCell]:
    matches = list(_PERCENT.finditer(text))
    cells = [_code(text[: matches[0].start()])]
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        body = text[match.end() : following.start() if following else len(text)].strip("\n")
        options = match["options"]
        grade_id, cell_id = _ids(options)
        if re.search(r"\[(markdown|md)\]", options):
            quoted = re.fullmatch(r'r?("""|\'\'\')\n?(.*?)\n?\1', body, re.DOTALL)
            source = quoted[2] if quoted else _text(body)
            cells.append(DraftCell("markdown", source, grade_id, cell_id))
        elif "[raw]" in options:
            cells.append(DraftCell("raw", _text(body), grade_id, cell_id))
        else:
            cells.append(dataclasses.replace(_code(body), grade_id=grade_id, cell_id=cell_id))
    return cells


def _nbconvert(text: str) -> list[DraftCell]:
    """Cells between `# In[1]:` lines; comments set off by blank lines after them are Markdown."""
    first, *pieces = _PROMPT.split(text)
    cells = [DraftCell("markdown", _text(block)) for block in _blocks(first)]
    for piece in pieces:
        lines = piece.strip("\n").split("\n")
        starts = list(_block_starts(lines))
        after = len(starts)  # the comments at the end begin with this block
        ends = [*starts[1:], len(lines)]
        while after > 1 and _is_comment(lines[starts[after - 1] : ends[after - 1]]):
            after -= 1
        code_end = starts[after] if after < len(starts) else len(lines)
        cells.append(_code("\n".join(lines[:code_end])))
        cells += [
            DraftCell("markdown", _text("\n".join(lines[start:end])))
            for start, end in zip(starts[after:], ends[after:], strict=True)
        ]
    return cells


def _is_comment(lines: Sequence[str]) -> bool:
    return all(line.startswith("#") for line in lines if line.strip())


def _blocks(text: str) -> list[str]:
    """The parts between blank lines that a line without indentation follows."""
    lines = text.split("\n")
    bounds = [*_block_starts(lines), len(lines)]
    return ["\n".join(lines[start:end]).rstrip() for start, end in itertools.pairwise(bounds)]


def _block_starts(lines: Sequence[str]) -> Iterator[int]:
    after_blank, any_yet = True, False
    for k, line in enumerate(lines):
        if not line.strip():
            after_blank = True
        elif after_blank:
            if not any_yet or not line[0].isspace():
                yield k
            after_blank, any_yet = False, True


def _light(text: str) -> list[DraftCell]:
    """Cells between `# +` and `# -`; outside of these, paragraphs that start at the margin."""
    cells: list[DraftCell] = []
    matches = list(_LIGHT.finditer(text))
    end = 0
    for n, match in enumerate(matches):
        cells += _paragraphs(text[end : match.start()])
        limit = matches[n + 1].start() if n + 1 < len(matches) else len(text)
        stop = _LIGHT_END.search(text, match.end(), limit)
        close, end = stop.span() if stop else (limit, limit)
        grade_id, cell_id = _ids(match["options"])
        body = text[match.end() : close].strip("\n")
        if re.search(r"\[(markdown|md)\]", match["options"]):
            cells.append(DraftCell("markdown", _text(body), grade_id, cell_id))
        else:
            cells.append(DraftCell("code", body, grade_id, cell_id))
    return cells + _paragraphs(text[end:])


def _paragraphs(text: str) -> list[DraftCell]:
    blocks: list[str] = []
    end = 0
    for match in _STANDING_TEXT.finditer(text):  # as Colab writes its texts
        blocks += [*_blocks(text[end : match.start()]), match[0]]
        end = match.end()
    blocks += _blocks(text[end:])
    blocks = [block.strip("\n") for block in blocks if block.strip()]
    return [
        DraftCell("markdown", _text(block)) if _is_comment(block.split("\n")) else _code(block)
        for block in blocks
    ]
