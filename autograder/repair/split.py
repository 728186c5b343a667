"""Several cells that claim one answer: pieces of it, versions of it, or copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from autograder.repair.python_text import PythonText

MAX_PIECES = 12
"""An answer that was split into more cells is not put together."""


@dataclass(frozen=True)
class Piece:
    """A cell that claims to be an answer, or a part of one."""

    cell: int
    text: PythonText


@dataclass
class Choice:
    """What stands as the answer.

    Attributes:
        source: its text.
        used: the cells in it.
        repeated: cells that say the same as another.
        superseded: cells with an earlier version.
        defines: the functions that it defines.
        parses: whether it is Python.
    """

    source: str = ""
    used: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    defines: frozenset[str] = frozenset()
    parses: bool = True


@dataclass
class _Chunk:
    cells: list[int]
    text: PythonText


def put_together(
    pieces: Sequence[Piece],
    functions: Sequence[str],
    follower: Callable[[int], int | None],
    piece_of: Callable[[int], Piece],
) -> Choice:
    """The answer that these cells make up.

    Args:
        pieces: the cells that claim to be the answer, in the draft's order.
        functions: what the answer has to define.
        follower: the cell that may hold what was cut off after a cell.
        piece_of: the piece that a cell is.

    Returns:
        The last definition of each function stands; what defines none of them goes with it, since
        it was cut off from it; earlier versions and what is no Python are left to be own cells.
    """
    choice = Choice()
    chunks = _chunks(_without_repeats(pieces, choice), follower, piece_of)
    missing = set(functions)
    standing: list[_Chunk] = []
    for chunk in reversed(chunks):
        here = missing & chunk.text.defines
        if here:
            missing -= here
            standing.append(chunk)
    rest = [chunk for chunk in chunks if chunk not in standing]
    if standing or all(chunk.text.parses for chunk in rest):
        for chunk in rest:
            own = not chunk.text.parses or set(functions) & (chunk.text.defines | chunk.text.stubs)
            if own or len(pieces) > MAX_PIECES:
                choice.superseded += chunk.cells
            else:
                standing.append(chunk)
    else:
        # Nothing that defines the function is Python: the last attempt is shown to the student,
        # with its SyntaxError.
        broken = [chunk for chunk in rest if not chunk.text.parses]
        standing = broken[-1:]
        choice.superseded += [k for chunk in rest if chunk not in standing for k in chunk.cells]
    standing.sort(key=lambda chunk: chunk.cells[0])
    choice.used = [k for chunk in standing for k in chunk.cells]
    sources = [chunk.text.source for chunk in standing]
    choice.source = sources[0] if len(sources) == 1 else _joined(sources)
    choice.parses = all(chunk.text.parses for chunk in standing)
    choice.defines = frozenset().union(*(chunk.text.defines for chunk in standing))
    return choice


def _joined(sources: list[str]) -> str:
    return "\n\n\n".join(source.strip("\n") for source in sources)


def _without_repeats(pieces: Sequence[Piece], choice: Choice) -> list[Piece]:
    kept: list[Piece] = []
    for piece in pieces:
        if kept and kept[-1].text.source.strip() == piece.text.source.strip():
            choice.repeated.append(piece.cell)
        else:
            kept.append(piece)
    return kept


def _chunks(
    pieces: list[Piece],
    follower: Callable[[int], int | None],
    piece_of: Callable[[int], Piece],
) -> list[_Chunk]:
    """The pieces, each with the cells after it that complete it."""
    chunks: list[_Chunk] = []
    used: set[int] = set()
    for piece in pieces:
        if piece.cell in used:
            continue
        chunk = _Chunk([piece.cell], piece.text)
        if len(pieces) <= MAX_PIECES:
            chunk = _grown(chunk, follower, piece_of)
        used.update(chunk.cells)
        chunks.append(chunk)
    return chunks


def _grown(
    chunk: _Chunk, follower: Callable[[int], int | None], piece_of: Callable[[int], Piece]
) -> _Chunk:
    """The chunk with the cells after it that are no Python by themselves but are with it."""
    cells, source = list(chunk.cells), chunk.text.source
    for _ in range(MAX_PIECES):
        following = follower(cells[-1])
        if following is None:
            break
        piece = piece_of(following)
        if piece.text.parses:
            break
        cells.append(following)
        source += "\n" + piece.text.source
        whole = PythonText(source)
        if whole.parses:
            chunk = _Chunk(list(cells), whole)
    return chunk
