"""Cells put right before anything is looked for: conflicts, cells merged, cells split."""

from __future__ import annotations

import dataclasses
import re

from autograder.repair.draft import Draft, DraftCell
from autograder.repair.python_text import PythonText
from autograder.repair.source_map import SourceMap, plain

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
        part for cell in draft.cells for part in _taken_apart(_without_conflict(cell), sources)
    ]
    return dataclasses.replace(draft, cells=tuple(_put_together(cells, sources)))


def _without_conflict(cell: DraftCell) -> DraftCell:
    """Code with the first side of its merge conflicts that is Python; unchanged if neither is."""
    if cell.kind != "code" or "<<<<<<<" not in cell.source or not CONFLICT.search(cell.source):
        return cell
    for side in ("ours", "theirs"):
        source = CONFLICT.sub(lambda match, side=side: match[side], cell.source + "\n")
        if PythonText(source).parses:
            return dataclasses.replace(cell, source=source.rstrip("\n"))
    return cell


def _taken_apart(cell: DraftCell, sources: SourceMap) -> list[DraftCell]:
    """The cell, in parts where a cell of the exercise was merged with the student's own."""
    text = plain(cell.source)
    if len(text) <= MIN_MERGED or text in sources.by_text:
        return [cell]
    for known, spots in sources.by_text.items():
        if len(known) < MIN_MERGED or len(known) >= len(text) or known not in text:
            continue
        if spots[0].is_answer or spots[0].cell.cell_type != cell.kind:
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
                parts.append(DraftCell(cell.kind, known))
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
        cell, pieces = _completed(cells, k, sources)
        kept.append(cell)
        k += pieces
    return kept


def _completed(cells: list[DraftCell], k: int, sources: SourceMap) -> tuple[DraftCell, int]:
    """The cell at k with those after it that complete it, and how many cells that are."""
    cell, count = cells[k], 1
    if not _is_code(cell, sources) or _is_of_the_exercise(cell, sources):
        return cell, 1
    source, answer = cell.source, _is_answer(cell, sources)
    for n, piece in enumerate(cells[k + 1 : k + MAX_PIECES], start=2):
        if not _is_code(piece, sources) or piece.grade_id not in ("", cell.grade_id):
            break
        if _is_of_the_exercise(piece, sources) or _stands_alone(piece, answer):
            break
        source += "\n" + piece.source
        if PythonText(source).parses:
            cell, count = dataclasses.replace(cell, source=source, pieces=n), n
    return cell, count


def _is_code(cell: DraftCell, sources: SourceMap) -> bool:
    """Whether it is a code cell, or has the id of one."""
    claimed = sources.by_id.get(cell.grade_id, ())
    return cell.kind == "code" or any(spot.is_answer and spot.is_code for spot in claimed)


def _stands_alone(piece: DraftCell, after_answer: bool) -> bool:
    """Whether a cell is complete by itself; IPython also runs one that is indented as a whole."""
    text = PythonText(piece.source)
    if text.is_indented and after_answer:
        return False
    return text.compiles or piece.source.lstrip().startswith("%%")


def _is_answer(cell: DraftCell, sources: SourceMap) -> bool:
    """Whether a cell is, or begins, an answer to a task."""
    if any(spot.is_answer for spot in sources.by_id.get(cell.grade_id or cell.cell_id, ())):
        return True
    return PythonText(cell.source).begins_definition_of(sources.by_function)


def _is_of_the_exercise(cell: DraftCell, sources: SourceMap) -> bool:
    if plain(cell.source) in sources.by_text:
        return True
    return any(not spot.is_answer for spot in sources.by_id.get(cell.grade_id, ()))
