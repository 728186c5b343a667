"""Who needs a look by a person, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.exercise.source_notebooks import Exercise
from autograder.report.entries import Entry
from autograder.report.items import Item
from autograder.report.pseudonyms import without_names
from autograder.result import Remark

URGENCY = {3: "before the grades go out", 2: "soon", 1: "when there is time"}
KINDS = {
    "repaired": "repaired",
    "unusable": "not usable",
    "stopped": "stopped",
    "noticed": "noticed",
}


@dataclass(frozen=True)
class Look:
    """One student who needs a look, with the reasons, most urgent first."""

    student: str
    urgency: int
    remarks: tuple[Remark, ...]


def looks_of(
    entries: Sequence[Entry],
    exercise: Exercise,
    items: Sequence[Item],
    names: Mapping[str, str] | None = None,
) -> list[Look]:
    """Who needs a look, most urgent first. With pseudonyms, remarks lose what could be a name."""
    harmless = {item.name for item in items} | {item.cell for item in items}
    harmless |= set(exercise.notebooks) | {f"{name}.ipynb" for name in exercise.notebooks}
    order = list(KINDS)
    looks = []
    for entry in entries:
        remarks = [remark for remark in entry.result.remarks if remark.urgency > 0]
        if not entry.result.gradeable:
            sentence = "nothing that was handed in could be graded: a person has to"
            remarks.append(Remark("unusable", sentence, urgency=3))
        if not remarks:
            continue
        remarks.sort(
            key=lambda one: (-one.urgency, order.index(one.kind) if one.kind in order else 9)
        )
        if names is not None:
            remarks = [_anonymous(remark, names, harmless) for remark in remarks]
        looks.append(Look(entry.student, remarks[0].urgency, tuple(dict.fromkeys(remarks))))
    looks.sort(key=lambda look: (-look.urgency, -len(look.remarks)))
    return looks


def _anonymous(remark: Remark, names: Mapping[str, str], harmless: set[str]) -> Remark:
    sentence = without_names(remark.sentence, names, harmless)
    return Remark(
        remark.kind, sentence, remark.notebook, remark.task, remark.points, remark.urgency
    )
