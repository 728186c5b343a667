"""Repair: from whatever was handed in to the notebooks that are graded, with a receipt.

No honest submission is lost. The graded notebook is built from the *source* notebook's released
view; from the submission come the answers and the student's own cells, in their places.

    read_files   bytes -> drafts, with decode, unpack, notebook_json, scripts, ...
    links        a draft -> what each of its cells claims to be, with source_map, python_text
    resolve      a draft -> answers and own cells of one notebook, with split, order
    choose       drafts -> which one is graded as which notebook
    renamed      answers -> answers that define what is asked for under that name
    assemble     answers and own cells -> the notebook, with checksum
    remarks      what happened -> sentences; receipt: sentences -> Markdown
"""

from __future__ import annotations

import hashlib
import itertools
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.exercise.source_notebooks import Exercise
from autograder.repair import remarks as say
from autograder.repair.assemble import assemble
from autograder.repair.beside import cell_with, files_used
from autograder.repair.choose import Chosen, choose
from autograder.repair.matching.answers import FoundAnswer
from autograder.repair.matching.links import LinkedDraft, link
from autograder.repair.matching.renamed import under_their_names
from autograder.repair.matching.resolve import Resolution
from autograder.repair.matching.source_map import SourceMap
from autograder.repair.reading.draft import DraftCell
from autograder.repair.reading.python_text import python_text
from autograder.repair.reading.read_files import ReadFile, not_read, read_files
from autograder.result import ReceivedFile, Remark
from autograder.submission.files import SubmittedFile

__all__ = ["Repaired", "repair"]

MAX_DRAFT_CELLS = 5_000
"""A notebook with more cells is read up to here."""


@dataclass(frozen=True)
class Repaired:
    """A submission as it is graded.

    Attributes:
        notebooks: every notebook of the exercise by name, nbformat 4.5. The student's own cells
            have `metadata.autograder.own`; there are no outputs.
        received: the files handed in, in order; for archives also what is in them.
        remarks: what was repaired, could not be used or was noticed. Empty where nothing was amiss.
        answers: for each notebook the answer cells that were answered in some way.
    """

    notebooks: dict[str, dict[str, Any]]
    received: tuple[ReceivedFile, ...]
    remarks: tuple[Remark, ...]
    answers: dict[str, frozenset[str]]


def repair(files: Sequence[SubmittedFile], exercise: Exercise) -> Repaired:
    """Build the notebooks to be graded. Never raises for what the files hold.

    The result is a pure function of the files and the exercise; repairing the notebooks that it
    gives once more changes nothing.
    """
    sources = SourceMap(exercise)
    read = read_files(files)
    linked, remarks = _link_all(read, sources)
    notebooks: dict[str, dict[str, Any]] = {}
    answers: dict[str, frozenset[str]] = {}
    used: dict[str, set[str]] = {}
    chosen_by_name = {name: choose(linked, name, sources) for name in exercise.notebooks}
    of_exercise = {draft.draft.path for draft in linked}
    problems = _problems(read, of_exercise)
    for name, chosen in chosen_by_name.items():
        own = {}
        found = {}
        if chosen.base:
            own = {index: list(cells) for index, cells in chosen.base.own.items()}
            found = dict(chosen.base.answers)
            for id, (reading, answer) in chosen.borrowed.items():
                found[id] = answer
                _borrow_needed_cells(reading, answer, own)
                used.setdefault(reading.linked.draft.path, set()).add(name)
            used.setdefault(chosen.base.linked.draft.path, set()).add(name)
            remarks += say.of_notebook(name, sources.notebooks[name], chosen, chosen.base)
            folder = posixpath.dirname(chosen.base.linked.draft.path)
            remarks += _lay_files_beside(name, read, folder, found, own)
            found, said = under_their_names(
                sources.notebooks[name], found, itertools.chain.from_iterable(own.values())
            )
            remarks += said
        else:
            mine = [one for one in problems if name in one.file.path] or problems
            mine = mine or [
                one
                for one in not_read(read, of_exercise)
                if name in one.file.path or not of_exercise
            ]
            remarks.append(say.of_missing_notebook(name, exercise.notebooks[name].points, mine))
        notebooks[name], refused = assemble(
            exercise.notebooks[name], sources.notebooks[name], found, own
        )
        answers[name] = frozenset(found)
        if refused:
            sentence = f"{refused} cells of your own were left out: there are too many of them."
            remarks.append(Remark("unusable", sentence, name, urgency=2))
    remarks += _about_unused(read, chosen_by_name, used, problems)
    received = tuple(_received(one, used) for one in read)
    return Repaired(notebooks, received, tuple(remarks), answers)


def _link_all(read: list[ReadFile], sources: SourceMap) -> tuple[list[LinkedDraft], list[Remark]]:
    linked, remarks = [], []
    for one in read:
        for draft in one.drafts:
            if len(draft.cells) > MAX_DRAFT_CELLS:
                sentence = (
                    f"{say.shown(draft.path)} has {len(draft.cells)} cells; only the first "
                    f"{MAX_DRAFT_CELLS} were read."
                )
                remarks.append(Remark("unusable", sentence, urgency=2))
                draft = draft.shortened(MAX_DRAFT_CELLS)
            found = link(draft, sources)
            if found:
                linked.append(found)
    return linked, remarks


def _problems(read: list[ReadFile], linked: set[str]) -> list[ReadFile]:
    """The files that were meant to be graded and cannot be."""
    found = []
    for one in read:
        if one.problem:
            found.append(one)
        elif one.expected and one.file.path not in linked:
            reason = "has nothing to do with this exercise"
            found.append(ReadFile(one.file, problem=reason, expected=True))
    return [one for one in found if one.expected] or found


def _borrow_needed_cells(
    reading: Resolution, answer: FoundAnswer, own: dict[int, list[DraftCell]]
) -> None:
    """Put the own cells of another draft that a borrowed answer needs before everything else."""
    needed = set(python_text(answer.source).uses)
    present = {cell.source for cells in own.values() for cell in cells}
    more: list[DraftCell] = []
    cells = [cell for _, group in sorted(reading.own.items()) for cell in group]
    for cell in reversed(cells):
        text = python_text(cell.source)
        if cell.kind == "code" and text.defines & needed and cell.source not in present:
            needed |= text.uses
            present.add(cell.source)
            more.insert(0, cell)
    if more:
        own[-1] = more + own.get(-1, [])


def _lay_files_beside(
    notebook: str,
    read: list[ReadFile],
    folder: str,
    found: dict[str, FoundAnswer],
    own: dict[int, list[DraftCell]],
) -> list[Remark]:
    """Put the files that a notebook uses in front of it."""
    texts = [answer.source for answer in found.values()]
    texts += [cell.source for cells in own.values() for cell in cells if cell.kind == "code"]
    beside = files_used(read, texts, folder)
    remarks = []
    if beside.files:
        cells = [cell_with(path, content) for path, content in beside.files.items()]
        own[-1] = cells + own.get(-1, [])
        names = say.listed(beside.files)
        sentence = f"The notebook uses {names}, handed in beside it; so it was laid there."
        remarks.append(Remark("repaired", sentence, notebook))
    if beside.too_large:
        names = say.listed(map(say.shown, beside.too_large))
        sentence = f"The notebook uses {names}, handed in beside it, and there was no room for it."
        remarks.append(Remark("unusable", sentence, notebook, urgency=2))
    return remarks


def _about_unused(
    read: list[ReadFile],
    chosen: dict[str, Chosen],
    used: dict[str, set[str]],
    problems: list[ReadFile],
) -> list[Remark]:
    rivals = {rival.path for one in chosen.values() for rival in one.rivals}
    said = rivals | set(used)
    remarks = []
    if all(one.base for one in chosen.values()):
        # Where a notebook is missing, the problems are named with it.
        for one in problems:
            if one.file.path in said or not (one.expected or one.problem):
                continue
            sentence = f"{say.shown(one.file.path)} was not used: it {one.problem}."
            remarks.append(Remark("unusable", sentence, urgency=1 if one.expected else 0))
            said.add(one.file.path)
    for one in read:
        path = one.file.path
        if one.expected and one.drafts and path not in said and not one.drafts[0].is_checkpoint:
            if any(problem.file.path == path for problem in problems):
                continue
            sentence = f"{say.shown(path)} was not used: it holds no further answers."
            remarks.append(Remark("noticed", sentence))
    if not any(one.base for one in chosen.values()):
        sentence = (
            "Nothing in this submission could be graded; a person has to look at it."
            if read
            else "Nothing was handed in."
        )
        remarks.append(Remark("unusable", sentence, urgency=3))
    return remarks


def _received(one: ReadFile, used: dict[str, set[str]]) -> ReceivedFile:
    content = one.file.content
    digest = hashlib.sha256(content).hexdigest() if content is not None else ""
    used_as = ", ".join(sorted(used.get(one.file.path, ())))
    return ReceivedFile(one.file.path, one.file.size, digest, used_as)
