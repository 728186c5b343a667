"""Answers that say nothing of what they are: found between the neighbours of their place."""

from __future__ import annotations

from autograder.repair.matching.answers import Answers, FoundAnswer, written
from autograder.repair.matching.order import longest_increasing
from autograder.repair.matching.roles import Roles, View
from autograder.repair.matching.source_map import Spot
from autograder.repair.reading.words import words_in_code

FEWEST_CHARACTERS = 20
"""What is shorter was not added to a question as its answer."""


def answers_by_position(view: View, roles: Roles, found: Answers) -> None:
    """Add the answers that stand where they should, in cells that are nothing else."""
    for spot in view.answers:
        if spot.id not in found.by_id:
            gap = _gap(view, roles, found, spot)
            find = _code_here if spot.is_code else _text_here
            found.take(spot, find(view, roles, found, spot, gap))


def anchors(view: View, roles: Roles, found: Answers) -> dict[int, int]:
    """Draft cells that stand where they should, with the index of their source cell."""
    pairs: list[tuple[int, int]] = []
    placed: set[int] = set()
    for spot in view.spots:
        if not spot.is_answer:
            cells = roles.locked(spot)
        elif answer := found.by_id.get(spot.id):
            cells = [
                k
                for k in answer.cells[:1]
                if view.is_inside(k) and k not in placed and _is_at_home(view, k, spot)
            ]
            placed.update(cells)
        else:
            cells = roles.stubs.get(spot.id, [])
        pairs += [(k, spot.index) for k in cells]
    return dict(longest_increasing(sorted(pairs)))


def _is_at_home(view: View, k: int, spot: Spot) -> bool:
    """Whether a cell is this answer's own and not one that it was only extracted from."""
    link = view.linked.links[k]
    return link is None or link.spot == spot


def _gap(view: View, roles: Roles, found: Answers, spot: Spot) -> list[int]:
    """The free cells between the neighbours of the answer's place."""
    standing = anchors(view, roles, found)
    before = [k for k, index in standing.items() if index < spot.index]
    after = [k for k, index in standing.items() if index > spot.index]
    between = range(max(before, default=-1) + 1, min(after, default=len(view.cells)))
    return [k for k in between if _is_free(view, roles, found, k)]


def _is_free(view: View, roles: Roles, found: Answers, k: int) -> bool:
    """Whether a cell holds something, and is tied to no source cell that is not there besides."""
    if k in found.taken or not view.is_inside(k) or not view.cells[k].source.strip():
        return False
    link = view.linked.links[k]
    if link is None:
        return True
    if link.spot.is_answer:
        return link.spot.is_code and view.cells[k].kind == "markdown"
    return link.spot.id in roles.copies


def _code_here(
    view: View, roles: Roles, found: Answers, spot: Spot, gap: list[int]
) -> FoundAnswer | None:
    begun = [
        k
        for k in range(len(view.cells))
        if k not in found.taken
        and view.cells[k].kind == "code"
        and view.linked.links[k] is None
        and not view.python[k].parses
        and view.python[k].begins_definition_of(spot.functions)
    ]
    near = [k for k in gap if view.cells[k].kind == "code"]
    if roles.stubs.get(spot.id) or not all(_may_be_answer(view, k) for k in near):
        near = []
    cells = begun[-1:] or (near if len(near) == 1 else [])
    return FoundAnswer(view.cells[cells[0]].source, (cells[0],), "position") if cells else None


def _may_be_answer(view: View, k: int) -> bool:
    """Whether a cell could be meant as an answer: a function of another name, or no Python."""
    text = view.python[k]
    return bool(text.functions) or not text.parses


def _text_here(
    view: View, roles: Roles, found: Answers, spot: Spot, gap: list[int]
) -> FoundAnswer | None:
    in_prompt = _text_in_prompt(view, roles, spot)
    cells = [k for k in gap if view.cells[k].kind == "markdown"]
    if not cells and not in_prompt:
        cells = [k for k in gap if _says_something(view, k)]
    if not cells:
        return in_prompt
    below = written(view, cells, "position")
    if in_prompt:
        below.source = f"{in_prompt.source}\n\n{below.source}"
        below.cells = in_prompt.cells + below.cells
    return below


def _says_something(view: View, k: int) -> bool:
    """Whether a cell that is no Markdown holds words, and no code that does anything."""
    cell, text = view.cells[k], view.python[k]
    if cell.kind == "raw" or words_in_code(cell.source):
        return True
    return not text.parses and not text.is_in_another_language


def _text_in_prompt(view: View, roles: Roles, spot: Spot) -> FoundAnswer | None:
    """What a student added to the question, where the answer itself is empty."""
    if spot.index == 0:
        return None
    prompt = view.spots[spot.index - 1]
    changed = roles.changed.get(prompt.id)
    if not changed or prompt.is_code:
        return None
    asked = {line.strip() for line in prompt.cell.released.split("\n")}
    lines = view.cells[changed[0]].source.split("\n")
    added = "\n".join(line for line in lines if line.strip() not in asked).strip()
    if len(added) < FEWEST_CHARACTERS:
        return None
    return FoundAnswer(added, (changed[0],), "position")
