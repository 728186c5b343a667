"""Several cells that claim one answer: pieces of it, versions of it, or copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.repair.reading.python_text import PythonText

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


def put_together(pieces: Sequence[Piece], functions: Sequence[str]) -> Choice:
    """The answer that these cells make up.

    Args:
        pieces: the cells that claim to be the answer, in the draft's order.
        functions: what the answer has to define.

    Returns:
        The last definition of each function stands; what defines none of them goes with it, since
        it was cut off from it; earlier versions and what is no Python are left to be own cells.
    """
    choice = Choice()
    kept = _without_repeats(pieces, choice)
    missing = set(functions)
    standing: list[Piece] = []
    for piece in reversed(kept):
        here = missing & piece.text.defines
        if here:
            missing -= here
            standing.append(piece)
    rest = [piece for piece in kept if piece not in standing]
    if standing or all(piece.text.parses for piece in rest):
        for piece in rest:
            own = not piece.text.parses or set(functions) & (piece.text.defines | piece.text.stubs)
            if own or len(pieces) > MAX_PIECES:
                choice.superseded.append(piece.cell)
            else:
                standing.append(piece)
    else:
        # Nothing that defines the function is Python: the last attempt is shown to the student,
        # with its SyntaxError.
        broken = [piece for piece in rest if not piece.text.parses]
        standing = broken[-1:]
        choice.superseded += [piece.cell for piece in rest if piece not in standing]
    standing.sort(key=lambda piece: piece.cell)
    choice.used = [piece.cell for piece in standing]
    sources = [piece.text.source for piece in standing]
    choice.source = sources[0] if len(sources) == 1 else _joined(sources)
    choice.parses = all(piece.text.parses for piece in standing)
    choice.defines = frozenset().union(*(piece.text.defines for piece in standing))
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
