"""One draft read as one notebook of the exercise: the answers, the own cells, their places.

Answers are found by grade_id, then by cell id, then by the functions that a cell defines, then by
position; never from text that only quotes them.

    roles        what each cell is by its links: copy, changed, stub, claim
    answers      claims and definitions -> answers, with split
    by_position  cells that are tied to nothing -> the answers that are still missing, with order
    places       what is left -> own cells and where they go
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.repair.matching.answers import FoundAnswer, claimed_answers
from autograder.repair.matching.by_position import anchors, answers_by_position
from autograder.repair.matching.links import LinkedDraft
from autograder.repair.matching.places import place
from autograder.repair.matching.roles import View, roles_of
from autograder.repair.matching.source_map import SourceMap, Spot
from autograder.repair.reading.draft import DraftCell
from autograder.repair.reading.notebook_json import nbgrader_settings


@dataclass(frozen=True)
class Resolution:
    """A draft, sorted out for one notebook.

    Attributes:
        answers: what was answered, by the answer cell's id. What is not in it is unanswered.
        own: the student's own cells, by the index of the source cell that they follow (-1: before
            all), in order.
        changed: locked cells whose text was changed.
        duplicates: source cells of which there were several.
        superseded: answer cells of which an earlier version was kept as own cell.
        missing: source cells that were not there.
        retagged: whether cells of the exercise carried tags that do not belong there.
        resettled: cells of the exercise whose type, id, points or locks had been changed.
        reordered: whether cells of the exercise stood in another order.
        recoded: whether own cells were turned back into code, since answers need them.
    """

    linked: LinkedDraft
    notebook: str
    answers: dict[str, FoundAnswer]
    own: dict[int, list[DraftCell]]
    changed: tuple[Spot, ...]
    duplicates: tuple[Spot, ...]
    superseded: tuple[Spot, ...]
    missing: tuple[Spot, ...]
    retagged: bool
    resettled: tuple[Spot, ...]
    reordered: bool
    recoded: bool


def resolve(linked: LinkedDraft, notebook: str, sources: SourceMap) -> Resolution:
    """Sort out a draft for one notebook of the exercise."""
    view = View(linked, notebook, sources)
    roles = roles_of(view)
    found = claimed_answers(view, roles)
    answers_by_position(view, roles, found)
    standing = anchors(view, roles, found)
    placed = place(view, roles, found, standing)
    there = {
        spot.id
        for spot in view.spots
        if roles.locked(spot) or spot.id in roles.stubs or spot.id in found.by_id
    }
    moved = [
        spot for spot in view.spots if spot.id in there and spot.index not in set(standing.values())
    ]
    return Resolution(
        linked,
        notebook,
        answers=found.by_id,
        own=placed.own,
        changed=tuple(spot for spot in view.spots if spot.id in roles.changed),
        duplicates=(*roles.duplicates, *found.duplicates),
        superseded=tuple(found.superseded),
        missing=tuple(spot for spot in view.spots if spot.id not in there),
        retagged=any(set(cell.tags) - set(spot.cell.tags) for cell, spot in _tied(view)),
        resettled=tuple(dict.fromkeys(_resettled(view))),
        reordered=any(
            spot.id not in found.by_id or found.by_id[spot.id].how in ("grade_id", "cell_id")
            for spot in moved
        ),
        recoded=placed.recoded,
    )


def _tied(view: View) -> Iterator[tuple[DraftCell, Spot]]:
    """The cells of the exercise, each with the source cell that it is."""
    for k, link in enumerate(view.linked.links):
        if link and view.is_inside(k):
            yield view.cells[k], link.spot


def _resettled(view: View) -> Iterator[Spot]:
    """Where nbgrader's or the notebook's own metadata no longer are as handed out."""
    if view.linked.draft.form != "notebook":
        return
    for cell, spot in _tied(view):
        settings = cell.settings is not None and bool(spot.cell.nbgrader)
        if (
            (cell.kind != spot.cell.cell_type and not spot.is_answer)
            or (settings and cell.settings != nbgrader_settings(spot.cell.nbgrader))
            or (settings and bool(spot.cell.nbgrader.get("grade_id")) and cell.grade_id != spot.id)
            or (bool(cell.cell_id) and cell.cell_id != spot.cell.id)
        ):
            yield spot
