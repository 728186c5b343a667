"""Cells put right before anything is looked for: conflicts, cells merged, cells split."""

from __future__ import annotations

import ast
import dataclasses
import re
import textwrap

from autograder.repair.matching.source_map import SourceMap, plain
from autograder.repair.reading.draft import Draft, DraftCell
from autograder.repair.reading.legible import legible, without_cell_magic
from autograder.repair.reading.python_text import fenced_python, python_text
from autograder.repair.reading.scripts import markdown_cells

MIN_MERGED = 60
"""A shorter text of the exercise is not looked for inside of other cells."""

MAX_PIECES = 12
"""A cell that was split into more pieces is not put together."""

CONFLICT = re.compile(
    r"^<{7}[^\n]*\n(?P<ours>.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}[^\n]*\n(?P<theirs>.*?)^>{7}[^\n]*\n?",
    re.MULTILINE | re.DOTALL,
)
"""What git leaves where two versions of a text did not fit together."""


def mend(draft: Draft, sources: SourceMap) -> Draft:
    """The draft with conflicts resolved, merged cells taken apart and split cells put together."""
    cells = [
        part
        for cell in _all_code(draft)
        for fenced in _unfenced(cell, sources)
        for part in _taken_apart(_without_conflict(_without_magic(fenced, sources)), sources)
    ]
    cells = [legible(cell) for cell in cells]
    return dataclasses.replace(draft, cells=tuple(_put_together(cells, sources)))


def _all_code(draft: Draft) -> tuple[DraftCell, ...]:
    """The cells; where there is not one with code, the fenced blocks of the texts as code."""
    if any(cell.kind == "code" for cell in draft.cells):
        return draft.cells
    cells: list[DraftCell] = []
    for cell in draft.cells:
        parts = markdown_cells(cell.source)
        alone = len(parts) < 2 or cell.grade_id or (cell.cell_id and len(draft.cells) > 1)
        cells += [cell] if alone else parts
    return tuple(cells)


def _unfenced(cell: DraftCell, sources: SourceMap) -> list[DraftCell]:
    """An answer's cell that was made a text, without what is written around its fenced code."""
    if cell.kind == "code" or not _claims_code(cell, sources):
        return [cell]
    code, rest = fenced_python(cell.source)
    if not code:
        return [cell]
    return [
        dataclasses.replace(cell, source=code),
        *([DraftCell("markdown", rest)] if rest else []),
    ]


def _without_magic(cell: DraftCell, sources: SourceMap) -> DraftCell:
    for spot in sources.by_id.get(cell.grade_id or cell.cell_id, ()):
        if spot.is_answer and spot.is_code:
            return without_cell_magic(cell, spot.functions)
    return cell


def _claims_code(cell: DraftCell, sources: SourceMap) -> bool:
    claimed = sources.by_id.get(cell.grade_id or cell.cell_id, ())
    return any(spot.is_answer and spot.is_code for spot in claimed)


def _without_conflict(cell: DraftCell) -> DraftCell:
    """Code with a side of its merge conflicts that is Python, the more finished one if both are."""
    if cell.kind != "code" or "<<<<<<<" not in cell.source or not CONFLICT.search(cell.source):
        return cell
    sides = [
        CONFLICT.sub(lambda match, side=side: match[side], cell.source + "\n").rstrip("\n")
        for side in ("ours", "theirs")
    ]
    readable = [source for source in sides if python_text(source).parses]
    if not readable:
        return cell
    chosen = min(readable, key=lambda source: source.count("raise NotImplementedError"))
    return dataclasses.replace(cell, source=chosen, notes=("both sides of a merge conflict",))


def _taken_apart(cell: DraftCell, sources: SourceMap) -> list[DraftCell]:
    """The cell, in parts where a cell of the exercise was merged with the student's own."""
    text = plain(cell.source)
    if len(text) <= MIN_MERGED or text in sources.by_text:
        return [cell]
    of_any_kind = cell.kind == "code" and not python_text(cell.source).parses
    for known, spots in sources.by_text.items():
        if len(known) < MIN_MERGED or len(known) >= len(text) or known not in text:
            continue
        if spots[0].is_answer or not (of_any_kind or spots[0].cell.cell_type == cell.kind):
            continue
        if not re.search(rf"(?:\A|\n){re.escape(known)}(?:\Z|\n)", text):
            continue
        before, after = (part.strip("\n") for part in text.split(known, 1))
        claimed = sources.by_id.get(cell.grade_id or cell.cell_id, [])
        is_answer = any(spot.is_answer for spot in claimed)
        rest = cell if is_answer else DraftCell(cell.kind, "", added=True)
        parts = []
        for part in (before, known, after):
            if part == known:
                parts.append(DraftCell(spots[0].cell.cell_type, known))
            elif part:
                more = dataclasses.replace(rest, source=part, attachments=cell.attachments)
                parts += _taken_apart(more, sources)
        return parts
    return [cell]


def _put_together(cells: list[DraftCell], sources: SourceMap) -> list[DraftCell]:
    """The cells, with those that are no Python by themselves put to the one that they complete."""
    kept: list[DraftCell] = []
    k = 0
    while k < len(cells):
        cell, between, pieces = _completed(cells, k, sources)
        kept += [cell, *between]
        k += pieces
    return kept


def _completed(
    cells: list[DraftCell], k: int, sources: SourceMap
) -> tuple[DraftCell, list[DraftCell], int]:
    """The cell at k with those after it that complete it, the notes between, how many all are."""
    cell, count = cells[k], 1
    if not _is_code(cell, sources) or _is_of_the_exercise(cell, sources):
        return cell, [], 1
    source, answer = cell.source, _is_answer(cell, sources)
    pieces, between, passed = 1, [], []
    for n, piece in enumerate(cells[k + 1 : k + MAX_PIECES], start=2):
        if _is_of_the_exercise(piece, sources) or piece.grade_id not in ("", cell.grade_id):
            break
        if not _is_code(piece, sources):
            passed.append(piece)
            continue
        if _stands_alone(piece, answer):
            break
        pieces += 1
        joined = f"{source}\n{piece.source}"
        if not python_text(joined).compiles and _lacks_return(source):
            body = textwrap.indent(piece.source, _last_indent(source))
            if python_text(f"{source}\n{body}").compiles:
                joined = f"{source}\n{body}"
        source = joined
        if python_text(source).parses:
            cell, count = dataclasses.replace(cell, source=source, pieces=pieces), n
            between += passed
            passed = []
    return cell, between, count


def _lacks_return(source: str) -> bool:
    """Whether the last function of a text is one that gives nothing back yet."""
    tree = python_text(source).tree
    if tree is None or not tree.body or not isinstance(tree.body[-1], ast.FunctionDef):
        return False
    return not any(isinstance(node, ast.Return) for node in ast.walk(tree.body[-1]))


def _last_indent(source: str) -> str:
    line = source.rstrip().split("\n")[-1]
    return line[: len(line) - len(line.lstrip())]


def _is_code(cell: DraftCell, sources: SourceMap) -> bool:
    """Whether it is a code cell, or has the id of one."""
    claimed = sources.by_id.get(cell.grade_id, ())
    return cell.kind == "code" or any(spot.is_answer and spot.is_code for spot in claimed)


def _stands_alone(piece: DraftCell, after_answer: bool) -> bool:
    """Whether a cell is complete by itself; IPython also runs one that is indented as a whole."""
    text = python_text(piece.source)
    if text.is_indented and after_answer:
        return False
    return text.compiles or piece.source.lstrip().startswith("%%")


def _is_answer(cell: DraftCell, sources: SourceMap) -> bool:
    """Whether a cell is, or begins, an answer to a task."""
    if any(spot.is_answer for spot in sources.by_id.get(cell.grade_id or cell.cell_id, ())):
        return True
    return python_text(cell.source).begins_definition_of(sources.by_function)


def _is_of_the_exercise(cell: DraftCell, sources: SourceMap) -> bool:
    if plain(cell.source) in sources.by_text:
        return True
    return any(not spot.is_answer for spot in sources.by_id.get(cell.grade_id, ()))
