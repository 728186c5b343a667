"""One draft read as one notebook of the exercise: the answers, the own cells, their places.

Answers are found by grade_id, then by cell id, then by the functions that a cell defines, then by
position; never from text that only quotes them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from autograder.repair.matching.links import LinkedDraft
from autograder.repair.matching.order import longest_increasing
from autograder.repair.matching.source_map import SourceMap, Spot, plain
from autograder.repair.matching.split import Piece, put_together
from autograder.repair.reading.draft import DraftCell
from autograder.repair.reading.notebook_json import nbgrader_settings
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
    changed: list[Spot] = field(default_factory=list)
    duplicates: list[Spot] = field(default_factory=list)
    superseded: list[Spot] = field(default_factory=list)
    missing: list[Spot] = field(default_factory=list)
    retagged: bool = False
    resettled: list[Spot] = field(default_factory=list)
    reordered: bool = False
    recoded: bool = False


def resolve(linked: LinkedDraft, notebook: str, sources: SourceMap) -> Resolution:
    """Sort out a draft for one notebook of the exercise."""
    return _Resolver(linked, notebook, sources).run()


class _Resolver:
    def __init__(self, linked: LinkedDraft, notebook: str, sources: SourceMap):
        self.linked, self.notebook, self.sources = linked, notebook, sources
        self.cells, self.python = linked.draft.cells, linked.python
        self.spots = sources.notebooks[notebook]
        self.inside = [home == notebook for home in linked.home]
        self.claims: dict[str, list[int]] = {}  # answer cells, stubs left out
        self.stubs: dict[str, list[int]] = {}
        self.copies: dict[str, list[int]] = {}  # unchanged locked cells
        self.changed: dict[str, list[int]] = {}
        self.taken: set[int] = set()  # draft cells that are used up: answers, copies, stubs
        self.result = Resolution(linked, notebook, {}, {})

    def run(self) -> Resolution:
        self._sort_links()
        self._settle_locked_cells()
        for spot in self.sources.answers(self.notebook):
            answer = self._code_answer(spot) if spot.is_code else self._claimed_text(spot)
            if answer:
                self._take(spot, answer)
        self._find_by_position()
        self._place()
        return self.result

    # What the links say

    def _sort_links(self) -> None:
        for k, link in enumerate(self.linked.links):
            if not link or not self.inside[k]:
                continue
            spot = link.spot
            if not spot.is_answer:
                (self.copies if link.exact else self.changed).setdefault(spot.id, []).append(k)
            elif link.exact or not self.cells[k].source.strip() or self._is_stub(k, spot):
                self.stubs.setdefault(spot.id, []).append(k)
                self.taken.add(k)
            elif not self._answers_another_task(k, spot):
                self.claims.setdefault(spot.id, []).append(k)

    def _is_stub(self, k: int, spot: Spot) -> bool:
        """Whether a cell that claims to be the answer only defines what is still to be done."""
        text = self.python[k]
        if not spot.is_code or not text.parses or set(spot.functions) & text.defines:
            return False
        return set(spot.functions) <= text.stubs and not text.defines

    def _answers_another_task(self, k: int, spot: Spot) -> bool:
        """Whether a cell with the answer's id holds another task's function and not this one's."""
        if not spot.is_code:
            return False
        defined = self.python[k].functions
        if set(spot.functions) & (defined | self.python[k].stubs | self.python[k].defines):
            return False
        return any(
            other.id != spot.id and other.functions and set(other.functions) <= defined
            for other in self.sources.answers(self.notebook)
        )

    def _settle_locked_cells(self) -> None:
        for spot in self.spots:
            if spot.is_answer:
                continue
            copies, changed = self.copies.get(spot.id, []), self.changed.get(spot.id, [])
            self.taken.update(copies)
            if len(copies) > 1 or (copies and changed):
                self.result.duplicates.append(spot)
            if changed and not copies:
                # The first is the changed cell; what else has its id was copied from it to try
                # something, and is the student's own.
                self.changed[spot.id] = changed[:1]
                self.taken.add(changed[0])
                self.result.changed.append(spot)
                if len(changed) > 1:
                    self.result.duplicates.append(spot)
            else:
                self.changed.pop(spot.id, None)

    # Answers in code

    def _code_answer(self, spot: Spot) -> FoundAnswer | None:
        claims = [k for k in self.claims.get(spot.id, []) if k not in self.taken]
        how = self._how(claims)
        if len(claims) > MAX_CLAIMS:
            claims = claims[-MAX_CLAIMS:]
        choice = put_together([self._piece(k) for k in claims], spot.functions)
        if choice.superseded:
            self.result.superseded.append(spot)
        if choice.repeated:
            self.result.duplicates.append(spot)
            self.taken.update(choice.repeated)
        parts, used = [choice.source] if choice.used else [], list(choice.used)
        missing = [f for f in spot.functions if f not in choice.defines]
        if missing:
            more, cells = self._definitions(missing, spot, set(used))
            if more and not choice.parses:
                # What does not parse is replaced by what does, and stays as a cell of its own.
                parts, used = [], []
            parts, used = parts + more, used + cells
            if more and not choice.used:
                how = "definition"
        if not parts:
            return None
        return FoundAnswer(
            source="\n\n\n".join(part.strip("\n") for part in parts)
            if len(parts) > 1
            else parts[0],
            cells=tuple(used),
            how=how,
            joined=len(used) > 1 or any(self.cells[k].pieces > 1 for k in used),
            converted=any(self.cells[k].kind != "code" for k in used),
        )

    def _piece(self, k: int) -> Piece:
        text = self.python[k]
        if self.cells[k].kind != "code" and not text.parses:
            text = python_text(self.cells[k].source)
        return Piece(k, text)

    def _how(self, claims: list[int]) -> str:
        links = [self.linked.links[k] for k in claims]
        return "grade_id" if any(one and one.how == "grade_id" for one in links) else "cell_id"

    def _definitions(
        self, functions: list[str], spot: Spot, used: set[int]
    ) -> tuple[list[str], list[int]]:
        """Text that defines the functions, from wherever in the draft it stands, last one first.

        Returns:
            (texts, draft cells used).
        """
        texts: list[str] = []
        cells: list[int] = []
        wanted = list(functions)
        while wanted:
            k = self._last_definition(wanted[0], used | set(cells))
            if k is None:
                wanted.pop(0)
                continue
            here = [f for f in wanted if f in self.python[k].functions]
            link = self.linked.links[k]
            whole = k not in self.taken and link is None and self.inside[k]
            others = set(self.sources.by_function) - set(here)
            text = self.python[k]
            texts.append(text.source if whole else text.extract(here, leave_out=others))
            cells.append(k)
            wanted = [f for f in wanted if f not in here]
        order = sorted(range(len(cells)), key=lambda n: cells[n])
        return [texts[n] for n in order], [cells[n] for n in order]

    def _last_definition(self, function: str, used: set[int]) -> int | None:
        """The last cell that defines the function; code cells before others."""
        for kinds in (("code",), ("markdown", "raw")):
            for k in range(len(self.cells) - 1, -1, -1):
                if k in used or self.cells[k].kind not in kinds:
                    continue
                text = self.python[k]
                if function not in text.functions or not text.parses:
                    continue
                link = self.linked.links[k]
                if not (link and link.exact):
                    return k
        return None

    # Written answers

    def _claimed_text(self, spot: Spot) -> FoundAnswer | None:
        claims = [k for k in self.claims.get(spot.id, []) if k not in self.taken]
        if not claims:
            return None
        if len(claims) > MAX_CLAIMS:
            claims = claims[-MAX_CLAIMS:]
        kept: list[int] = []
        for k in claims:
            if any(plain(self.cells[k].source) == plain(self.cells[j].source) for j in kept):
                self.taken.add(k)
                self.result.duplicates.append(spot)
            else:
                kept.append(k)
        answer = self._written(kept, self._how(kept))
        return answer

    def _written(self, cells: list[int], how: str) -> FoundAnswer:
        attachments: dict[str, dict[str, str]] = {}
        for k in cells:
            attachments |= self.cells[k].attachments
        sources = [
            (cell.kind == "code" and words_in_code(cell.source)) or cell.source
            for cell in (self.cells[k] for k in cells)
        ]
        return FoundAnswer(
            "\n\n".join(sources) if len(sources) > 1 else sources[0],
            tuple(cells),
            how,
            attachments=attachments,
            joined=len(cells) > 1,
            converted=any(self.cells[k].kind != "markdown" for k in cells),
        )

    # By position

    def _find_by_position(self) -> None:
        for spot in self.sources.answers(self.notebook):
            if spot.id in self.result.answers:
                continue
            answer = self._code_here(spot) if spot.is_code else self._text_here(spot)
            if answer:
                self._take(spot, answer)

    def _gap(self, spot: Spot) -> range:
        """The draft cells between the neighbours of the answer's place."""
        anchors = self._anchors()
        before = [k for k, index in anchors.items() if index < spot.index]
        after = [k for k, index in anchors.items() if index > spot.index]
        return range(max(before, default=-1) + 1, min(after, default=len(self.cells)))

    def _free(self, k: int) -> bool:
        return (
            k not in self.taken
            and self.inside[k]
            and bool(self.cells[k].source.strip())
            and self._is_unclaimed(k)
        )

    def _is_unclaimed(self, k: int) -> bool:
        """Whether a cell is tied to no source cell, or wrongly to one that is there besides."""
        link = self.linked.links[k]
        if link is None:
            return True
        if link.spot.is_answer:
            return link.spot.is_code and self.cells[k].kind == "markdown"
        return link.spot.id in self.copies

    def _code_here(self, spot: Spot) -> FoundAnswer | None:
        if self.stubs.get(spot.id):
            near = []
        else:
            near = [k for k in self._gap(spot) if self._free(k) and self.cells[k].kind == "code"]
            near = near if all(map(self._may_be_answer, near)) else []
        begun = [
            k
            for k in range(len(self.cells))
            if k not in self.taken
            and self.cells[k].kind == "code"
            and self.linked.links[k] is None
            and not self.python[k].parses
            and self.python[k].begins_definition_of(spot.functions)
        ]
        cells = begun[-1:] or (near if len(near) == 1 else [])
        if not cells:
            return None
        return FoundAnswer(self.cells[cells[0]].source, (cells[0],), "position")

    def _may_be_answer(self, k: int) -> bool:
        """Whether a cell could be meant as an answer: a function of another name, or no Python."""
        text = self.python[k]
        return bool(text.functions) or not text.parses

    def _text_here(self, spot: Spot) -> FoundAnswer | None:
        gap = [k for k in self._gap(spot) if self._free(k)]
        in_prompt = self._text_in_prompt(spot)
        cells = [k for k in gap if self.cells[k].kind == "markdown"]
        if not cells and not in_prompt:
            cells = [k for k in gap if self._says_something(k)]
        if not cells:
            return in_prompt
        below = self._written(cells, "position")
        if in_prompt:
            below.source = f"{in_prompt.source}\n\n{below.source}"
            below.cells = in_prompt.cells + below.cells
        return below

    def _says_something(self, k: int) -> bool:
        """Whether a cell that is no Markdown holds words, and no code that does anything."""
        cell, text = self.cells[k], self.python[k]
        if cell.kind == "raw" or words_in_code(cell.source):
            return True
        return not text.parses and not text.is_in_another_language

    def _text_in_prompt(self, spot: Spot) -> FoundAnswer | None:
        """What a student added to the question, where the answer itself is empty."""
        if spot.index == 0:
            return None
        prompt = self.spots[spot.index - 1]
        changed = self.changed.get(prompt.id)
        if not changed or prompt.is_code:
            return None
        asked = {line.strip() for line in prompt.cell.released.split("\n")}
        lines = self.cells[changed[0]].source.split("\n")
        added = "\n".join(line for line in lines if line.strip() not in asked).strip()
        if len(added) < 20:
            return None
        return FoundAnswer(added, (changed[0],), "position")

    # Places

    def _take(self, spot: Spot, answer: FoundAnswer) -> None:
        self.result.answers[spot.id] = answer
        self.taken.update(answer.cells)

    def _anchors(self) -> dict[int, int]:
        """Draft cells that stand where they should, with the index of their source cell."""
        pairs, placed = [], set()
        for spot in self.spots:
            if not spot.is_answer:
                cells = self.copies.get(spot.id) or self.changed.get(spot.id, [])
            elif spot.id in self.result.answers:
                cells = [
                    k
                    for k in self.result.answers[spot.id].cells[:1]
                    if self.inside[k] and k not in placed and self._is_at_home(k, spot)
                ]
                placed.update(cells)
            else:
                cells = self.stubs.get(spot.id, [])
            pairs += [(k, spot.index) for k in cells]
        return dict(longest_increasing(sorted(pairs)))

    def _is_at_home(self, k: int, spot: Spot) -> bool:
        """Whether a cell is this answer's own and not one that it was only extracted from."""
        link = self.linked.links[k]
        return link is None or link.spot == spot

    def _place(self) -> None:
        anchors = self._anchors()
        found = set(anchors.values())
        answers = self.result.answers
        for spot in self.spots:
            there = self.copies.get(spot.id) or self.changed.get(spot.id)
            there = there or self.stubs.get(spot.id)
            if not there and spot.id not in answers:
                self.result.missing.append(spot)
            elif spot.index not in found:
                answer = answers.get(spot.id)
                self.result.reordered |= not answer or answer.how in ("grade_id", "cell_id")
        bucket = -1
        places: dict[int, int] = {}
        for k in range(len(self.cells)):
            bucket = anchors.get(k, bucket)
            if self.inside[k] and k not in self.taken:
                places[k] = bucket
        kept = self._saved_from_changed_cells(places)
        kept |= self._helpers_in_text(places)
        self._bring_along(places, anchors)
        self._fill(places, kept)
        self._look_at_tags()

    def _saved_from_changed_cells(self, places: dict[int, int]) -> dict[int, str]:
        """Imports and definitions that a student added to a locked cell, where they are used."""
        changed = [
            (k, spot)
            for spot in self.spots
            if spot.is_code and not spot.is_answer
            for k in self.changed.get(spot.id, [])
        ]
        if not changed:
            return {}
        used = set().union(
            *(python_text(answer.source).uses for answer in self.result.answers.values()),
            *(self.python[k].uses for k in places),
        )
        saved = {}
        for k, spot in changed:
            released = python_text(spot.cell.released)
            new = self.python[k].defines - released.defines - set(self.sources.by_function)
            if spot.cell.is_graded:
                new &= self.python[k].functions | _imported(self.python[k])
            if wanted := new & used:
                saved[k] = self.python[k].extract(
                    sorted(wanted), leave_out=released.defines | set(self.sources.by_function)
                )
                places[k] = spot.index
        return saved

    def _helpers_in_text(self, places: dict[int, int]) -> dict[int, str]:
        """Cells that define what answers need, turned into something else than code."""
        texts = [
            k
            for k in places
            if self.cells[k].kind != "code" and self.python[k].parses and self.python[k].functions
        ]
        if not texts:
            return {}
        used = set().union(
            *(python_text(answer.source).uses for answer in self.result.answers.values())
        )
        known = set().union(
            self.sources.by_function,
            *(self.python[k].defines for k in self._own_code(places)),
            *(python_text(answer.source).defines for answer in self.result.answers.values()),
        )
        found = [k for k in texts if self.python[k].functions & used - known]
        self.result.recoded = bool(found)
        return {k: self.python[k].source for k in found}

    def _bring_along(self, places: dict[int, int], anchors: dict[int, int]) -> None:
        """Put own cells that a moved answer needs before it, as they were in the draft."""
        for spot in self.sources.answers(self.notebook):
            answer = self.result.answers.get(spot.id)
            if not answer or all(k in anchors for k in answer.cells):
                continue
            needed = set(python_text(answer.source).uses)
            for k in sorted((k for k in self._own_code(places)), reverse=True):
                if k < max(answer.cells) and self.python[k].defines & needed:
                    needed |= self.python[k].uses
                    if places.get(k, len(self.spots)) >= spot.index:
                        places[k] = spot.index - 1
        self._bring_from_other_notebook(places)

    def _own_code(self, places: dict[int, int]) -> list[int]:
        return [k for k in places if self.cells[k].kind == "code"]

    def _bring_from_other_notebook(self, places: dict[int, int]) -> None:
        """In a file with several notebooks, own cells before this one that it uses."""
        if all(self.inside):
            return
        needed = set().union(
            *(python_text(answer.source).uses for answer in self.result.answers.values()),
            *(self.python[k].uses for k in places),
        )
        known = set().union(*(self.python[k].defines for k in places), self.sources.by_function)
        for k in range(len(self.cells) - 1, -1, -1):
            if self.inside[k] or self.linked.links[k] or self.cells[k].kind != "code":
                continue
            if k in self.taken or not (self.python[k].defines - known) & needed:
                continue
            needed |= self.python[k].uses
            places[k] = -1

    def _fill(self, places: dict[int, int], kept: dict[int, str]) -> None:
        for k in sorted(places):
            cell = self.cells[k]
            if k in kept:
                cell = DraftCell("code", kept[k])
            self.result.own.setdefault(places[k], []).append(cell)

    def _look_at_tags(self) -> None:
        for k, link in enumerate(self.linked.links):
            if link and self.inside[k] and set(self.cells[k].tags) - set(link.spot.cell.tags):
                self.result.retagged = True
            if link and self.inside[k] and self.linked.draft.form == "notebook":
                self._look_at_settings(self.cells[k], link.spot)

    def _look_at_settings(self, cell: DraftCell, spot: Spot) -> None:
        """Notice what nbgrader's or the notebook's own metadata no longer say as handed out."""
        settings = cell.settings is not None and bool(spot.cell.nbgrader)
        changed = (
            (cell.kind != spot.cell.cell_type and not spot.is_answer)
            or (settings and cell.settings != nbgrader_settings(spot.cell.nbgrader))
            or (settings and bool(spot.cell.nbgrader.get("grade_id")) and cell.grade_id != spot.id)
            or (bool(cell.cell_id) and cell.cell_id != spot.cell.id)
        )
        if changed and spot not in self.result.resettled:
            self.result.resettled.append(spot)


def _imported(text: PythonText) -> frozenset[str]:
    body = text.tree.body if text.tree else ()
    return frozenset(
        (alias.asname or alias.name).split(".")[0]
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )
