"""Cells put right before anything is looked for: conflicts, cells merged, cells split."""

from __future__ import annotations

import ast
import dataclasses
import functools
import itertools
import re
import textwrap
from collections.abc import Callable

from autograder.repair.matching.source_map import SourceMap, Spot, plain
from autograder.repair.reading.conflicts import sides
from autograder.repair.reading.draft import Draft, DraftCell
from autograder.repair.reading.legible import (
    code_and_words,
    legible,
    readings,
    without_cell_magic,
)
from autograder.repair.reading.python_text import fenced_python, is_stub, python_text
from autograder.repair.reading.scripts import markdown_cells

MIN_MERGED = 60
"""A shorter text of the exercise is not looked for inside of other cells."""

MAX_PARTS = 100
"""A cell in which more cells were merged is taken apart up to here."""

MAX_PIECES = 12
"""A cell that was split into more pieces is not put together."""


def mend(draft: Draft, sources: SourceMap) -> Draft:
    """The draft with conflicts resolved, merged cells taken apart and split cells put together."""
    cells = [
        part
        for cell in _all_code(draft)
        for fenced in _unfenced(cell, sources)
        for part in _taken_apart(_without_conflict(_without_magic(fenced, sources)), sources)
    ]
    cells = _put_together([_legible(cell, sources) for cell in cells], sources)
    cells = [part for cell in cells for part in _without_words(_without_stub_below(cell), sources)]
    return dataclasses.replace(draft, cells=tuple(cells))


def _all_code(draft: Draft) -> tuple[DraftCell, ...]:
    """The cells; where there is not one with code, raw functions and fenced blocks as code."""
    if any(cell.kind == "code" for cell in draft.cells):
        return draft.cells
    cells: list[DraftCell] = []
    for cell in draft.cells:
        if cell.kind == "raw" and python_text(cell.source).functions:
            cells.append(dataclasses.replace(cell, kind="code"))
            continue
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


def _without_stub_below(cell: DraftCell) -> DraftCell:
    """A cell without the functions as handed out that stand below their answers."""
    text = python_text(cell.source)
    if cell.kind != "code" or text.tree is None or not text.stubs:
        return cell
    functions = [node for node in text.tree.body if isinstance(node, ast.FunctionDef)]
    written = {node.name for node in functions if not is_stub(node)}
    over = [node for node in functions if node.name in written & text.stubs and is_stub(node)]
    if not over:
        return cell
    lines = text.code.split("\n")
    for node in reversed(over):
        del lines[node.lineno - 1 : node.end_lineno]
    note = "the function as handed out once more"
    source = "\n".join(lines).rstrip("\n")
    return dataclasses.replace(cell, source=source, notes=(*cell.notes, note))


def _legible(cell: DraftCell, sources: SourceMap) -> DraftCell:
    """A cell of code put right, also where its type was changed."""
    if cell.kind == "code" or not _claims_code(cell, sources):
        return legible(cell)
    return dataclasses.replace(legible(dataclasses.replace(cell, kind="code")), kind=cell.kind)


def _without_words(cell: DraftCell, sources: SourceMap) -> list[DraftCell]:
    """A cell that defines what is asked for, and apart from it the words around that."""
    if cell.kind != "code" or python_text(cell.source).parses:
        return [cell]
    found = list(itertools.chain([(cell.source, [])], readings(cell.source)))
    asked = {
        name
        for source, _ in found
        for name in sources.by_function
        if python_text(source).begins_definition_of([name])
    }
    for source, notes in found if asked else ():
        code, words = code_and_words(source)
        if python_text(code).functions >= asked:
            notes = [*cell.notes, *notes, "lines that are no Python"]
            rest = DraftCell("markdown", words.strip("\n"))
            return [dataclasses.replace(cell, source=code.strip("\n"), notes=tuple(notes)), rest]
    return [cell]


def _without_conflict(cell: DraftCell) -> DraftCell:
    """Code with a side of its merge conflicts that is Python, the more finished one if both are."""
    both = sides(cell.source) if cell.kind == "code" else None
    if both is None:
        return cell
    readable = [text for side in both if python_text(text := side.rstrip("\n")).parses]
    if not readable:
        return cell
    chosen = min(readable, key=lambda source: source.count("raise NotImplementedError"))
    return dataclasses.replace(cell, source=chosen, notes=("both sides of a merge conflict",))


def _taken_apart(cell: DraftCell, sources: SourceMap) -> list[DraftCell]:
    """The cell, in parts where cells of the exercise were merged with the student's own."""
    waiting = [cell]
    parts: list[DraftCell] = []
    of_any_kind = functools.cache(
        lambda: cell.kind == "code" and not python_text(cell.source).parses
    )
    while waiting:
        one = waiting.pop()
        found = _of_the_exercise_in(one, sources, of_any_kind) if len(parts) < MAX_PARTS else None
        if found is None:
            parts.append(one)
            continue
        known, spot = found
        before, after = (part.strip("\n") for part in plain(one.source).split(known, 1))
        claimed = sources.by_id.get(one.grade_id or one.cell_id, [])
        is_answer = any(spot.is_answer for spot in claimed)
        rest = one if is_answer else DraftCell(one.kind, "", added=True)
        more = [
            dataclasses.replace(rest, source=part, attachments=one.attachments) if part else None
            for part in (before, after)
        ]
        middle = DraftCell(spot.cell.cell_type, known)
        waiting += [part for part in (more[1], middle, more[0]) if part]
    return parts


def _of_the_exercise_in(
    cell: DraftCell, sources: SourceMap, of_any_kind: Callable[[], bool]
) -> tuple[str, Spot] | None:
    """A text of the exercise that stands within a cell's, and its place in the exercise."""
    text = plain(cell.source)
    if len(text) <= MIN_MERGED or text in sources.by_text:
        return None
    for known, spots in sources.by_text.items():
        if len(known) < MIN_MERGED or len(known) >= len(text) or known not in text:
            continue
        if spots[0].is_answer or not (spots[0].cell.cell_type == cell.kind or of_any_kind()):
            continue
        if re.search(rf"(?:\A|\n){re.escape(known)}(?:\Z|\n)", text):
            return known, spots[0]
    return None


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
