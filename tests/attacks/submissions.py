"""Attacks as whole submissions: a notebook with honest answers and the attack in its place.

In the honest part the answer to `convolve` is wrong or missing, so that there is something to win.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from pathlib import Path

from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.submission.files import SubmittedFile

from .attacks import Attack

SOURCE = Path(__file__).parents[2] / "source"
NOTEBOOK, TASK = "convolution", "convolve"
PLACES = ("answer", "before", "after")


@functools.cache
def exercise() -> Exercise:
    """The exercise with the one notebook that the attacks are in."""
    whole = load_exercise("exercise09", SOURCE)
    return dataclasses.replace(
        whole,
        notebooks={NOTEBOOK: whole.notebooks[NOTEBOOK]},
        tasks={NOTEBOOK: whole.tasks[NOTEBOOK]},
    )


def solutions() -> dict[str, tuple[str, ...]]:
    source = exercise().notebooks[NOTEBOOK]
    return {task: (source.by_id[task].source,) for task in exercise().tasks[NOTEBOOK]}


@functools.cache
def _text(answer: str) -> str:
    answers = solutions()
    if answer == "wrong":
        answers[TASK] = exercise().mistakes(TASK)[0].cells
    elif answer == "missing":
        del answers[TASK]
    return fill_in(exercise(), NOTEBOOK, answers)


def notebook(answer: str = "right") -> dict:
    """The notebook with all answers right, but `convolve` as it is told: right, wrong, missing."""
    content = json.loads(_text(answer))
    for cell in content["cells"]:
        cell["source"] = "".join(cell["source"])
    return content


def own_cell(source: str, kind: str = "code") -> dict:
    cell = {"cell_type": kind, "metadata": {}, "source": source}
    return cell | {"outputs": [], "execution_count": None} if kind == "code" else cell


def cell_of(content: dict, grade_id: str) -> dict:
    return content["cells"][place_of(content, grade_id)]


def place_of(content: dict, grade_id: str) -> int:
    for place, cell in enumerate(content["cells"]):
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            return place
    raise KeyError(grade_id)


def places(attack: Attack) -> tuple[str, ...]:
    """Where an attack can stand: one that defines `convolve` is the answer to it.

    Those that only take or look need something to come after them, which they have in both places.
    """
    if _defining(attack) is not None:
        return ("answer",)
    takes = attack.name.startswith(("reading/", "resources/", "network/"))
    return ("before",) if takes else ("before", "after")


def with_attack(attack: Attack, place: str) -> dict:
    """A notebook that holds an attack as the answer to `convolve`, or as own cells around it."""
    if place != "answer":
        content = notebook("wrong")
        at = place_of(content, TASK) + (place == "after")
        content["cells"][at:at] = [own_cell(source) for source in attack.cells]
        return content
    content = notebook("missing")
    at, defining = place_of(content, TASK), _defining(attack)
    content["cells"][at]["source"] = attack.cells[defining]
    content["cells"][at + 1 : at + 1] = [own_cell(one) for one in attack.cells[defining + 1 :]]
    content["cells"][at:at] = [own_cell(one) for one in attack.cells[:defining]]
    return content


def honest_part(place: str) -> dict:
    """The same notebook without the attack."""
    return notebook("missing" if place == "answer" else "wrong")


def _defining(attack: Attack) -> int | None:
    for place, source in enumerate(attack.cells):
        if re.search(rf"^def {TASK}\(", source, re.MULTILINE):
            return place
    return None


def submitted(content: dict) -> tuple[SubmittedFile, ...]:
    """The notebook as the grader reads it."""
    data = json.dumps(content).encode("utf-8", "surrogatepass")
    return (SubmittedFile(f"{NOTEBOOK}.ipynb", len(data), data),)
