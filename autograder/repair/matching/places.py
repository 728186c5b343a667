"""Where the student's own cells go: after the source cells that they stood behind."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.repair.matching.answers import Answers
from autograder.repair.matching.roles import Roles, View
from autograder.repair.reading.draft import DraftCell
from autograder.repair.reading.python_text import PythonText, python_text


@dataclass(frozen=True)
class Placed:
    """The student's own cells.

    Attributes:
        own: by the index of the source cell that they follow (-1: before all), in order.
        recoded: whether some were turned back into code, since answers need them.
    """

    own: dict[int, list[DraftCell]]
    recoded: bool


def place(view: View, roles: Roles, found: Answers, anchors: dict[int, int]) -> Placed:
    """Give each cell that is left its place.

    Args:
        anchors: the draft cells that stand where they should, with the index of the source cell.
    """
    places: dict[int, int] = {}
    index = -1
    for k in range(len(view.cells)):
        index = anchors.get(k, index)
        if view.is_inside(k) and k not in found.taken:
            places[k] = index
    texts = _saved_from_changed_cells(view, roles, found, places)
    helpers = _helpers_in_text(view, found, places)
    texts |= helpers
    _bring_along(view, found, places, anchors)
    _bring_from_other_notebook(view, found, places)
    own: dict[int, list[DraftCell]] = {}
    for k in sorted(places):
        cell = DraftCell("code", texts[k]) if k in texts else view.cells[k]
        own.setdefault(places[k], []).append(cell)
    return Placed(own, bool(helpers))


def _saved_from_changed_cells(
    view: View, roles: Roles, found: Answers, places: dict[int, int]
) -> dict[int, str]:
    """Imports and definitions that a student added to a locked cell, where they are used."""
    changed = [
        (k, spot)
        for spot in view.spots
        if spot.is_code and not spot.is_answer
        for k in roles.changed.get(spot.id, [])
    ]
    if not changed:
        return {}
    used = _uses([*found.python, *(view.python[k] for k in places)])
    saved = {}
    for k, spot in changed:
        released = python_text(spot.cell.released)
        known = released.defines | set(view.sources.by_function)
        new = view.python[k].defines - known
        if spot.cell.is_graded:
            new &= view.python[k].functions | _imported(view.python[k])
        if wanted := new & used:
            saved[k] = view.python[k].extract(sorted(wanted), leave_out=known)
            places[k] = spot.index
    return saved


def _helpers_in_text(view: View, found: Answers, places: dict[int, int]) -> dict[int, str]:
    """Cells that define what answers need, turned into something else than code."""
    texts = [
        k
        for k in places
        if view.cells[k].kind != "code" and view.python[k].parses and view.python[k].functions
    ]
    if not texts:
        return {}
    own = [view.python[k] for k in _own_code(view, places)]
    known = _defines([*found.python, *own]) | set(view.sources.by_function)
    needed = _uses(found.python) - known
    return {k: view.python[k].source for k in texts if view.python[k].functions & needed}


def _bring_along(
    view: View, found: Answers, places: dict[int, int], anchors: dict[int, int]
) -> None:
    """Put own cells that a moved answer needs before it, as they were in the draft."""
    for spot in view.answers:
        answer = found.by_id.get(spot.id)
        if not answer or all(k in anchors for k in answer.cells):
            continue
        needed = set(python_text(answer.source).uses)
        for k in sorted(_own_code(view, places), reverse=True):
            if k < max(answer.cells) and view.python[k].defines & needed:
                needed |= view.python[k].uses
                if places.get(k, len(view.spots)) >= spot.index:
                    places[k] = spot.index - 1


def _bring_from_other_notebook(view: View, found: Answers, places: dict[int, int]) -> None:
    """In a file with several notebooks, own cells before this one that it uses."""
    if all(home == view.notebook for home in view.linked.home):
        return
    own = [view.python[k] for k in places]
    needed = _uses([*found.python, *own])
    known = _defines(own) | set(view.sources.by_function)
    for k in range(len(view.cells) - 1, -1, -1):
        if view.is_inside(k) or view.linked.links[k] or view.cells[k].kind != "code":
            continue
        if k in found.taken or not (view.python[k].defines - known) & needed:
            continue
        needed |= view.python[k].uses
        places[k] = -1


def _own_code(view: View, places: dict[int, int]) -> list[int]:
    return [k for k in places if view.cells[k].kind == "code"]


def _uses(texts: Iterable[PythonText]) -> set[str]:
    return {name for text in texts for name in text.uses}


def _defines(texts: Iterable[PythonText]) -> set[str]:
    return {name for text in texts for name in text.defines}


def _imported(text: PythonText) -> frozenset[str]:
    body = text.tree.body if text.tree else ()
    return frozenset(
        (alias.asname or alias.name).split(".")[0]
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )
