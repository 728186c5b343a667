"""What each cell of a draft is to one notebook: copy, changed copy, stub, answer, or its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.repair.matching.links import LinkedDraft
from autograder.repair.matching.source_map import SourceMap, Spot
from autograder.repair.reading.draft import DraftCell
from autograder.repair.reading.python_text import PythonText


@dataclass(frozen=True)
class View:
    """A draft as it is read for one notebook. Its cells are named by their positions."""

    linked: LinkedDraft
    notebook: str
    sources: SourceMap

    @property
    def cells(self) -> tuple[DraftCell, ...]:
        return self.linked.draft.cells

    @property
    def python(self) -> tuple[PythonText, ...]:
        return self.linked.python

    @property
    def spots(self) -> tuple[Spot, ...]:
        return self.sources.notebooks[self.notebook]

    @property
    def answers(self) -> list[Spot]:
        return self.sources.answers(self.notebook)

    def is_inside(self, k: int) -> bool:
        """Whether the cell belongs to this notebook and not to another one in the same file."""
        return self.linked.home[k] == self.notebook


@dataclass
class Roles:
    """The draft's cells by their roles; each list is in order and by the source cell's id.

    Attributes:
        claims: cells with an answer.
        stubs: answer cells that hold nothing of the student's.
        copies: unchanged locked cells.
        changed: of a locked cell of which there is no copy, the one that was changed.
        duplicates: locked cells of which there were several.
        settled: the cells that are no answer and no own cell: copies, changed cells and stubs.
    """

    claims: dict[str, list[int]] = field(default_factory=dict)
    stubs: dict[str, list[int]] = field(default_factory=dict)
    copies: dict[str, list[int]] = field(default_factory=dict)
    changed: dict[str, list[int]] = field(default_factory=dict)
    duplicates: list[Spot] = field(default_factory=list)
    settled: set[int] = field(default_factory=set)

    def locked(self, spot: Spot) -> list[int]:
        """The cells that stand for a locked cell."""
        return self.copies.get(spot.id) or self.changed.get(spot.id, [])


def roles_of(view: View) -> Roles:
    """Sort the cells by what their links say."""
    roles = Roles()
    for k, link in enumerate(view.linked.links):
        if not link or not view.is_inside(k):
            continue
        spot = link.spot
        if not spot.is_answer:
            (roles.copies if link.exact else roles.changed).setdefault(spot.id, []).append(k)
        elif link.exact or not view.cells[k].source.strip() or _is_stub(view.python[k], spot):
            roles.stubs.setdefault(spot.id, []).append(k)
            roles.settled.add(k)
        elif not _answers_another_task(view, k, spot):
            roles.claims.setdefault(spot.id, []).append(k)
    for spot in view.spots:
        if not spot.is_answer:
            _settle(roles, spot)
    return roles


def _is_stub(text: PythonText, spot: Spot) -> bool:
    """Whether a cell that claims to be the answer only defines what is still to be done."""
    if not spot.functions or not text.parses or set(spot.functions) & text.defines:
        return False
    return set(spot.functions) <= text.stubs and not text.defines


def _answers_another_task(view: View, k: int, spot: Spot) -> bool:
    """Whether a cell with the answer's id holds another task's function and not this one's."""
    if not spot.is_code:
        return False
    text = view.python[k]
    if set(spot.functions) & (text.functions | text.stubs | text.defines):
        return False
    return any(
        other.id != spot.id and other.functions and set(other.functions) <= text.functions
        for other in view.answers
    )


def _settle(roles: Roles, spot: Spot) -> None:
    """Of several cells that are the locked cell, the first is; the others are copies to try out."""
    copies, changed = roles.copies.get(spot.id, []), roles.changed.pop(spot.id, [])
    roles.settled.update(copies)
    if len(copies) + len(changed) > 1:
        roles.duplicates.append(spot)
    if changed and not copies:
        roles.changed[spot.id] = changed[:1]
        roles.settled.add(changed[0])
