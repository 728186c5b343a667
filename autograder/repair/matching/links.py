"""Which source cell each cell of a draft claims to be, or is a copy of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from autograder.repair.matching.mend import mend
from autograder.repair.matching.source_map import SourceMap, Spot, plain
from autograder.repair.reading.draft import Draft, DraftCell
from autograder.repair.reading.python_text import PythonText, python_text, without_fence


@dataclass(frozen=True)
class Link:
    """A draft cell's tie to a source cell.

    Attributes:
        spot: the source cell.
        how: "grade_id", "cell_id" or "text".
        exact: its text is the released text: nothing in it is the student's.
    """

    spot: Spot
    how: str
    exact: bool


@dataclass(frozen=True)
class LinkedDraft:
    """A draft with what was found out about each of its cells.

    Attributes:
        links: one each, None for cells of the student's own.
        python: the cell's text as Python; for cells that are not code, the text of the only fenced
            block if there is nothing else.
        home: the notebook that each cell belongs to, by itself or by its neighbours.
    """

    draft: Draft
    links: tuple[Link | None, ...]
    python: tuple[PythonText, ...]
    home: tuple[str, ...]

    def evidence(self, notebook: str) -> int:
        """How many cells speak for the notebook."""
        return sum(name == notebook for name in self.home)


def link(draft: Draft, sources: SourceMap) -> LinkedDraft | None:
    """Tie a draft to the exercise; None if nothing in it has to do with the exercise."""
    draft = mend(draft, sources)
    python = tuple(
        python_text(cell.source if cell.kind == "code" else without_fence(cell.source))
        for cell in draft.cells
    )
    candidates = [_candidates(cell, sources) for cell in draft.cells]
    notebooks = [
        _only_notebook(spots) or _defined(text, cell.kind, sources)
        for (spots, _, _), text, cell in zip(candidates, python, draft.cells, strict=True)
    ]
    if not any(notebooks):
        if not any(spots for spots, _, _ in candidates):
            return None
        # Nothing but cells that several notebooks have: the first of these will do.
        first = next(spots for spots, _, _ in candidates if spots)[0].notebook
        notebooks[0] = first
    votes = Counter(filter(None, notebooks))
    home = _spread(notebooks, votes, [len(spots) > 1 for spots, _, _ in candidates])
    links = []
    for (spots, how, exact), notebook in zip(candidates, home, strict=True):
        spot = next((spot for spot in spots if spot.notebook == notebook), None)
        links.append(Link(spot, how, exact) if spot else None)
    return LinkedDraft(draft, tuple(links), python, tuple(home))


def _candidates(cell: DraftCell, sources: SourceMap) -> tuple[list[Spot], str, bool]:
    text = plain(cell.source)
    copies = sources.by_text.get(text, []) if text else []
    claimed = sources.by_id.get(cell.grade_id, []) if cell.grade_id else []
    if claimed:
        both = [spot for spot in claimed if spot in copies]
        if both:
            return both, "grade_id", True
        if copies:  # a copy of one cell that carries the id of another is still that copy
            return copies, "text", True
        return claimed, "grade_id", False
    claimed = sources.by_id.get(cell.cell_id, []) if cell.cell_id else []
    if copies:
        return [spot for spot in claimed if spot in copies] or copies, "text", True
    return claimed, "cell_id", False


def _only_notebook(spots: list[Spot]) -> str:
    names = {spot.notebook for spot in spots}
    return names.pop() if len(names) == 1 else ""


def _defined(text: PythonText, kind: str, sources: SourceMap) -> str:
    """The notebook of the functions that a cell defines."""
    if kind == "raw":
        return ""
    names = {sources.by_function[f].notebook for f in text.functions if f in sources.by_function}
    if not names and not text.parses:
        names = {
            spot.notebook
            for function, spot in sources.by_function.items()
            if text.begins_definition_of([function])
        }
    return names.pop() if len(names) == 1 else ""


def _spread(notebooks: list[str], votes: Counter[str], shared: list[bool]) -> list[str]:
    """Give every cell a notebook: that of the one before, at the start that of the one after.

    A notebook with one cell only among many of another is a stray, not a second notebook. What two
    notebooks have in common, such as imports, belongs to what follows it.
    """
    total = sum(votes.values())
    kept = {name for name, count in votes.items() if count > 1 or count * 10 >= total}
    home, current = [], next(name for name in notebooks if name in kept)
    for name in notebooks:
        current = name if name in kept else current
        home.append(current)
    for k in range(len(home) - 2, -1, -1):
        if shared[k] and not notebooks[k]:
            home[k] = home[k + 1]
    return home
