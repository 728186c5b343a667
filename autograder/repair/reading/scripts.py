"""Notebooks as text: jupytext (percent, light, Markdown), nbconvert, Spyder, Databricks."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator

from autograder.repair.reading.draft import Draft, DraftCell, Unreadable, clean_text

_PREAMBLE = re.compile(r"\A(?:#![^\n]*\n|# (?:-\*- )?coding[^\n]*\n)+")
_HEADER = re.compile(r"\A# ---\n(?:#[^\n]*\n)*?# ---\n")
_PERCENT = re.compile(r"^# ?%%(?P<options>[^%\n]*)$", re.MULTILINE)
_PROMPT = re.compile(r"^# In ?\[[ \d*]*\]:[ ]*$", re.MULTILINE)
_LIGHT = re.compile(r"^# \+(?P<options>[^\n]*)$", re.MULTILINE)
_DATABRICKS = re.compile(r"^# COMMAND -+$", re.MULTILINE)
_GRADE_ID = re.compile(r'"grade_id"\s*:\s*("(?:[^"\\]|\\.)*")')
_CELL_ID = re.compile(r'\bid="([\w-]{1,64})"')
_FENCE_OPENS = re.compile(
    r"^(?P<fence>```+|~~~+)\s*(?:\{code-cell\}|\{python[^}]*\}|python3?|py)\b(?P<options>[^\n]*)\n",
    re.MULTILINE,
)
_BLANK = re.compile(r"\n\s*")
_QUOTED = re.compile(r'r?("""|\'\'\')(.*?)\1', re.DOTALL)
_STANDING_TEXT = re.compile(r'(?:(?<=\n\n)|\A)r?"""(?:(?!""").)*"""(?=\n\n|\n?\Z)', re.DOTALL)
_YAML = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def is_script(text: str) -> bool:
    """Whether a text is one of the script formats of notebooks."""
    text = clean_text(text)
    return any(
        pattern.search(text) for pattern in (_PERCENT, _PROMPT, _DATABRICKS)
    ) or text.startswith("# ---\n# jupyter:")


def read_script(path: str, text: str) -> Draft:
    """The cells of a script.

    Raises:
        Unreadable: if it is empty.
    """
    text = _HEADER.sub("", _PREAMBLE.sub("", clean_text(text)))
    if _PERCENT.search(text):
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
    cells, end = [], 0
    for opening, closing in _fences(text):
        cells.append(DraftCell("markdown", text[end : opening.start()].strip("\n")))
        code = text[opening.end() : closing.start()].removesuffix("\n")
        code = re.sub(r"\A(?:---\n.*?\n---\n|(?::[^\n]*\n)+)", "", code, flags=re.DOTALL)
        grade_id, cell_id = _ids(opening["options"])
        cells.append(DraftCell("code", code.strip("\n"), grade_id, cell_id))
        end = closing.end()
    cells.append(DraftCell("markdown", text[end:].strip("\n")))
    return [cell for cell in cells if cell.source.strip()]


def _fences(text: str) -> Iterator[tuple[re.Match, re.Match]]:
    """The lines that open and close each block; one that nothing closes is none."""
    at, unclosed = 0, set()
    while opening := _FENCE_OPENS.search(text, at):
        at, fence = opening.end(), opening["fence"]
        if fence in unclosed:
            continue
        closing = re.compile(rf"^{fence}[ ]*$", re.MULTILINE).search(text, at)
        if closing is None:
            unclosed.add(fence)
            continue
        yield opening, closing
        at = closing.end()


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
    pieces = _PROMPT.split(text)
    cells = [DraftCell("markdown", _text(block)) for block in _blocks(pieces[0])]
    for piece in pieces[1:]:
        blocks = re.split(r"\n\s*\n(?=\S)", piece.strip("\n"))
        texts: list[str] = []
        while len(blocks) > 1 and _is_comment(blocks[-1]):
            texts.insert(0, blocks.pop())
        code = piece.strip("\n")
        if texts:
            code = code[: code.rindex(texts[0])] if len(texts) == 1 else _before(code, texts)
        cells.append(_code(code))
        cells += [DraftCell("markdown", _text(block)) for block in texts]
    return cells


def _before(code: str, texts: list[str]) -> str:
    for block in reversed(texts):
        code = code[: code.rindex(block)].rstrip("\n")
    return code


def _is_comment(block: str) -> bool:
    return all(line.startswith("#") for line in block.strip("\n").split("\n"))


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text) if block.strip()]


def _light(text: str) -> list[DraftCell]:
    """Cells between `# +` and `# -`; outside of these, paragraphs that start at the margin."""
    cells: list[DraftCell] = []
    matches = list(_LIGHT.finditer(text))
    end = 0
    for n, match in enumerate(matches):
        cells += _paragraphs(text[end : match.start()])
        stop = re.compile(r"^# -[ ]*$", re.MULTILINE).search(text, match.end())
        limit = matches[n + 1].start() if n + 1 < len(matches) else len(text)
        close = stop.start() if stop and stop.start() < limit else limit
        end = stop.end() if stop and stop.start() < limit else limit
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
        DraftCell("markdown", _text(block)) if _is_comment(block) else _code(block)
        for block in blocks
    ]


def _blocks(text: str) -> Iterator[str]:
    """The parts between blank lines that a line without indentation follows."""
    at = 0
    for blank in _BLANK.finditer(text):
        if len(blank[0]) > 1 and blank[0].endswith("\n") and blank.end() < len(text):
            yield text[at : blank.start()]
            at = blank.end()
    yield text[at:]
