"""Which cells of a draft are the answers: by what they claim, and by the functions they define."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.repair.matching.roles import Roles, View
from autograder.repair.matching.source_map import Spot, plain
from autograder.repair.matching.split import Piece, put_together
from autograder.repair.reading.python_text import PythonText, python_text
from autograder.repair.reading.words import words_in_code

MAX_CLAIMS = 200
"""More cells than these with one id are not compared one by one; the last ones count."""


@dataclass
class FoundAnswer:
    """A student's answer to one task.

    Attributes:
        source: its text.
        cells: the draft cells that it was taken from.
        how: "grade_id", "cell_id", "definition" or "position".
        joined: it was put together from several cells.
        converted: its cell had another type.
    """

    source: str
    cells: tuple[int, ...]
    how: str
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)
    joined: bool = False
    converted: bool = False


@dataclass
class Answers:
    """What was answered.

    Attributes:
        by_id: the answers by the answer cell's id. What is not in it is unanswered.
        taken: draft cells that are nobody's own cell any more.
        duplicates: answer cells of which there were several alike.
        superseded: answer cells of which an earlier version was kept as own cell.
    """

    by_id: dict[str, FoundAnswer] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    duplicates: list[Spot] = field(default_factory=list)
    superseded: list[Spot] = field(default_factory=list)

    def take(self, spot: Spot, answer: FoundAnswer | None) -> None:
        if answer:
            self.by_id[spot.id] = answer
            self.taken.update(answer.cells)

    @property
    def python(self) -> list[PythonText]:
        return [python_text(answer.source) for answer in self.by_id.values()]


def claimed_answers(view: View, roles: Roles) -> Answers:
    """The answers that say what they are, by an id or by the function that they define."""
    found = Answers(taken=set(roles.settled))
    for spot in view.answers:
        claims = [k for k in roles.claims.get(spot.id, []) if k not in found.taken]
        how = _how(view, claims)
        claims = claims[-MAX_CLAIMS:]
        if spot.is_code:
            found.take(spot, _code(view, found, spot, claims, how))
        elif claims:
            found.take(spot, written(view, _without_copies(view, found, spot, claims), how))
    return found


def _how(view: View, claims: Sequence[int]) -> str:
    links = [view.linked.links[k] for k in claims]
    return "grade_id" if any(one and one.how == "grade_id" for one in links) else "cell_id"


# Code.


def _code(
    view: View, found: Answers, spot: Spot, claims: Sequence[int], how: str
) -> FoundAnswer | None:
    choice = put_together([_piece(view, k) for k in claims], spot.functions)
    if choice.superseded:
        found.superseded.append(spot)
    if choice.repeated:
        found.duplicates.append(spot)
        found.taken.update(choice.repeated)
    parts, used = [choice.source] if choice.used else [], list(choice.used)
    missing = [f for f in spot.functions if f not in choice.defines]
    if missing:
        more, cells = _definitions(view, found, missing, set(used))
        if more and not choice.parses:
            # What does not parse is replaced by what does, and stays as a cell of its own.
            parts, used = [], []
        parts, used = parts + more, used + cells
        if more and not choice.used:
            how = "definition"
    if not parts:
        return None
    several = "\n\n\n".join(part.strip("\n") for part in parts)
    return FoundAnswer(
        source=several if len(parts) > 1 else parts[0],
        cells=tuple(used),
        how=how,
        joined=len(used) > 1 or any(view.cells[k].pieces > 1 for k in used),
        converted=any(view.cells[k].kind != "code" for k in used),
    )


def _piece(view: View, k: int) -> Piece:
    text = view.python[k]
    if view.cells[k].kind != "code" and not text.parses:
        text = python_text(view.cells[k].source)
    return Piece(k, text)


def _definitions(
    view: View, found: Answers, functions: Sequence[str], used: set[int]
) -> tuple[list[str], list[int]]:
    """Text that defines the functions, from wherever in the draft it stands, last one first.

    Returns:
        (texts, draft cells used).
    """
    texts: dict[int, str] = {}
    wanted = list(functions)
    while wanted:
        k = _last_definition(view, wanted[0], used | set(texts))
        if k is None:
            wanted.pop(0)
            continue
        text = view.python[k]
        here = [f for f in wanted if f in text.functions]
        whole = k not in found.taken and view.linked.links[k] is None and view.is_inside(k)
        others = set(view.sources.by_function) - set(here)
        texts[k] = text.source if whole else text.extract(here, leave_out=others)
        wanted = [f for f in wanted if f not in here]
    return [texts[k] for k in sorted(texts)], sorted(texts)


def _last_definition(view: View, function: str, used: set[int]) -> int | None:
    """The last cell that defines the function; code cells before others."""
    for kinds in (("code",), ("markdown", "raw")):
        for k in range(len(view.cells) - 1, -1, -1):
            if k in used or view.cells[k].kind not in kinds:
                continue
            text, link = view.python[k], view.linked.links[k]
            if function in text.functions and text.parses and not (link and link.exact):
                return k
    return None


# Words.


def _without_copies(view: View, found: Answers, spot: Spot, claims: Sequence[int]) -> list[int]:
    kept: dict[str, int] = {}
    for k in claims:
        if kept.setdefault(plain(view.cells[k].source), k) != k:
            found.taken.add(k)
            found.duplicates.append(spot)
    return list(kept.values())


def written(view: View, cells: Sequence[int], how: str) -> FoundAnswer:
    """The written answer that stands in these cells."""
    attachments: dict[str, dict[str, str]] = {}
    for k in cells:
        attachments |= view.cells[k].attachments
    sources = [
        (cell.kind == "code" and words_in_code(cell.source)) or cell.source
        for cell in (view.cells[k] for k in cells)
    ]
    return FoundAnswer(
        "\n\n".join(sources) if len(sources) > 1 else sources[0],
        tuple(cells),
        how,
        attachments=attachments,
        joined=len(cells) > 1,
        converted=any(view.cells[k].kind != "markdown" for k in cells),
    )
