"""What was repaired, in sentences for the receipt.

File names are shown as they are, without control characters; whoever prints a sentence escapes it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol

from autograder.repair.choose import Chosen
from autograder.repair.matching.resolve import Resolution
from autograder.repair.matching.source_map import Spot
from autograder.repair.reading.read_files import ReadFile
from autograder.result import Remark


def shown(name: str) -> str:
    """A file name without what could mislead the eye, at most 80 characters."""
    clean = "".join(
        "�" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char
        for char in name
    )
    return clean if len(clean) <= 80 else clean[:40] + "…" + clean[-39:]


def listed(names: Iterable[str], most: int = 5) -> str:
    """a, b and c."""
    names = list(dict.fromkeys(names))
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


class _Say(Protocol):
    def __call__(
        self, kind: str, sentence: str, urgency: int = 0, spot: Spot | None = None
    ) -> None: ...


def of_notebook(
    notebook: str, spots: Sequence[Spot], chosen: Chosen, base: Resolution
) -> list[Remark]:
    """What to say about a notebook that could be built from a draft, `chosen.base`."""
    draft = base.linked.draft
    remarks = []

    def say(kind: str, sentence: str, urgency: int = 0, spot: Spot | None = None) -> None:
        task, points = (spot.id, spot.points) if spot else ("", None)
        remarks.append(Remark(kind, sentence, notebook, task, points, urgency))

    if draft.path != f"{notebook}.ipynb":
        say("repaired", f"{shown(draft.path)} was graded as {notebook}.ipynb, by what is in it.")
    for repair in draft.repairs:
        say("repaired", f"{shown(draft.path)} {repair}.", urgency=2 if draft.partial else 0)
    for path in dict.fromkeys(rival.path for rival in chosen.rivals):
        say(
            "noticed",
            f"{shown(path)} holds other answers to {notebook}; {shown(draft.path)} was graded, "
            "since it has the most answers, or the newest name of those that have.",
            urgency=2,
        )
    answers = {spot.id: spot for spot in spots if spot.is_answer}
    for id, (reading, _) in chosen.borrowed.items():
        path = shown(reading.linked.draft.path)
        where = "the other side of the conflict" if reading.linked.draft.side else path
        say("repaired", f"The answer to {id} was taken from {where}.", 1, answers[id])
    _say_how_answers_were_found(say, base, answers)
    _say_what_code_held(say, base)
    if base.recoded:
        say("repaired", "Text that answers need as code was turned back into code cells.")
    if base.superseded:
        say(
            "repaired",
            f"There were several answers to {_ids(base.superseded)}; the last one that defines "
            "it stands, the others were kept as cells of your own.",
            urgency=1,
        )
    if base.duplicates:
        say(
            "repaired",
            f"{_cells(base.duplicates, 'that stood twice')} taken once: {_ids(base.duplicates)}.",
        )
    if base.changed:
        urgency = 1 if any(spot.cell.is_graded for spot in base.changed) else 0
        say(
            "noticed",
            f"The text of {_some(base.changed, 'locked cell')} was changed; what was handed out "
            f"counts: {_ids(base.changed)}.",
            urgency=urgency,
        )
    if any(cell.added for cell in base.linked.draft.cells):
        say("noticed", "What was added to locked cells was kept as cells of your own.")
    if base.resettled:
        say(
            "repaired",
            "The type, name, points or locks of cells of the exercise had been changed; those of "
            f"the exercise count: {_ids(base.resettled)}.",
        )
    if base.retagged:
        say("repaired", "Tags that were put on cells of the exercise were taken off.")
    if base.reordered:
        say("repaired", "Cells of the exercise that had been moved were put back in order.")
    _say_what_is_missing(say, chosen, base)
    return remarks


def _say_how_answers_were_found(say: _Say, base: Resolution, answers: dict[str, Spot]) -> None:
    for id, answer in base.answers.items():
        spot = answers[id]
        if answer.how == "position":
            say(
                "repaired",
                f"The answer to {id} was found by its place; please check that it is the right "
                "cell.",
                2,
                spot,
            )
        elif answer.joined:
            say("repaired", f"The answer to {id} was put together from several cells.", 0, spot)
        if answer.converted:
            kind = "code" if spot.is_code else "text"
            say("repaired", f"The answer to {id} was turned back into a {kind} cell.", 0, spot)
    for how, by in (
        ("cell_id", "the names of their cells"),
        ("definition", "the functions that they define"),
    ):
        found = [id for id, answer in base.answers.items() if answer.how == how]
        if found:
            say("repaired", f"Answers were found by {by}: {listed(found)}.")


def _say_what_code_held(say: _Say, base: Resolution) -> None:
    """What had to be taken out of code, by note, with the tasks whose answers held it."""
    where: dict[str, list[str]] = {}
    for k, cell in enumerate(base.linked.draft.cells):
        for note in cell.notes:
            here = [id for id, answer in base.answers.items() if k in answer.cells]
            where.setdefault(note, []).extend(here or ["a cell of your own"])
    for note, places in where.items():
        say(
            "repaired",
            f"The code of {listed(places)} held {note}; that was put right.",
        )


def _say_what_is_missing(say: _Say, chosen: Chosen, base: Resolution) -> None:
    missing = [spot for spot in base.missing if spot.id not in chosen.borrowed]
    locked = [spot for spot in missing if not spot.is_answer]
    if locked:
        say("repaired", f"Missing from the exercise and put back: {_ids(locked)}.")
    for spot in missing:
        if not spot.is_answer:
            continue
        if base.linked.draft.partial:
            sentence = f"The answer to {spot.id} is not in what could be read of the file."
            say("unusable", sentence, 3, spot)
        else:
            sentence = f"There is no cell with an answer to {spot.id}; it counts as unanswered."
            say("noticed", sentence, 1, spot)


def of_missing_notebook(notebook: str, points: float, problems: list[ReadFile]) -> Remark:
    """What to say about a notebook for which no file could be used."""
    if not problems:
        sentence = f"{notebook}.ipynb was not handed in."
        return Remark("unusable", sentence, notebook, "", points, 1)
    reasons = "; ".join(f"{shown(one.file.path)} {one.problem}" for one in problems[:3])
    sentence = f"There is no {notebook}.ipynb that could be graded: {reasons}."
    return Remark("unusable", sentence, notebook, "", points, 3)


def _some(spots: Sequence[Spot], what: str) -> str:
    """a locked cell, locked cells."""
    return f"a {what}" if len(set(spots)) == 1 else f"{what}s"


def _cells(spots: Sequence[Spot], which: str) -> str:
    return f"A cell {which} was" if len(set(spots)) == 1 else f"Cells {which} were"


def _ids(spots: Iterable[Spot]) -> str:
    return listed(spot.id for spot in spots)
