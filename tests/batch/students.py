"""A class of any size: honest students, a tenth with damaged files, a tenth hostile.

Every student comes with the points that are right. They are known without grading the submission:
a right answer is worth its task's points, a known mistake what the judge gives it by itself, a
missing one nothing; damage takes what cannot be read any more; an attack earns nothing beyond the
honest part. The same class comes on every call.
"""

from __future__ import annotations

import functools
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.exercise.filled_in import fill_in
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.judge import Examiner

TESTS = Path(__file__).parents[1]
if str(TESTS) not in sys.path:
    sys.path.insert(0, str(TESTS))

from attacks.attacks import load_attacks  # noqa: E402
from attacks.forgeries import FORGERIES  # noqa: E402
from attacks.submissions import SOURCE, with_attack  # noqa: E402
from attacks.submissions import exercise as one_notebook  # noqa: E402
from attacks.submissions import notebook as with_convolve  # noqa: E402
from attacks.submissions import places as places_of  # noqa: E402
from repair.damaged import all_damages  # noqa: E402

NAMES = [
    "ada",
    "blaise",
    "carl",
    "david",
    "emmy",
    "felix",
    "grace",
    "henri",
    "ida",
    "john",
    "kurt",
    "lise",
    "max",
    "nora",
    "otto",
    "paul",
    "ruth",
    "sofia",
    "turing",
    "ulam",
    "vera",
    "wilhelm",
    "xenia",
    "yuri",
    "zoe",
]
ATTACKED = ("convolution", "convolve")


@dataclass(frozen=True)
class Student:
    """One student's submission and the points that are right for it.

    Attributes:
        name: the student.
        kind: "honest", "damaged" or "hostile", and what exactly.
        files: content by path.
        least, most: between which the automatic points must lie; the same but for the hostile,
            whose attack may cost them what it destroys.
    """

    name: str
    kind: str
    files: dict[str, bytes]
    least: float
    most: float

    def is_right(self, points: float | None) -> bool:
        return points is not None and self.least <= points <= self.most


@functools.cache
def exercise() -> Exercise:
    return load_exercise("exercise09", SOURCE)


def class_of(size: int, seed: int = 9) -> list[Student]:
    """A class with a tenth damaged and a tenth hostile, in a mixed order."""
    draw = random.Random(seed)
    tenth = size // 10
    kinds = ["damaged"] * tenth + ["hostile"] * tenth + ["honest"] * (size - 2 * tenth)
    draw.shuffle(kinds)
    damages = _spread([d for d in all_damages().values() if _can_be_written(d)], tenth, draw)
    hostile = _spread(_hostile_kinds(), tenth, draw)
    students = []
    for number, kind in enumerate(kinds):
        name = f"{NAMES[number % len(NAMES)]}-{number:03}"
        if kind == "hostile":
            students.append(_hostile(name, hostile.pop()))
            continue
        answers, points = _answers(draw)
        files = {f"{n}.ipynb": _filled(n, answers) for n in exercise().notebooks}
        if kind == "damaged":
            students.append(_damaged(name, damages.pop()))
        else:
            students.append(Student(name, "honest", files, points, points))
    return students


def hand_in(course: Path, students: list[Student]) -> None:
    for student in students:
        for path, content in student.files.items():
            target = course / "submitted" / student.name / "exercise09" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _spread(kinds: list, count: int, draw: random.Random) -> list:
    """So many of the kinds, no one twice before every one has been there."""
    found = []
    while len(found) < count:
        found += draw.sample(kinds, min(len(kinds), count - len(found)))
    return found


def _filled(notebook: str, answers: dict[str, tuple[str, ...]]) -> bytes:
    return fill_in(exercise(), notebook, answers).encode()


@functools.cache
def _solutions() -> dict[str, tuple[str, ...]]:
    return {
        task: (exercise().notebooks[notebook].by_id[task].source,)
        for notebook, tasks in exercise().tasks.items()
        for task in tasks
    }


@functools.cache
def _worth() -> dict[str, float]:
    return {name: t.points for tasks in exercise().tasks.values() for name, t in tasks.items()}


@functools.cache
def _examiner(notebook: str) -> Examiner:
    book = exercise().notebooks[notebook]
    return Examiner(book, exercise().tasks[notebook], exercise().mistakes)


def _worth_of(answer: Answer) -> float:
    """What the judge gives an answer among reference solutions, in this process."""
    notebook = exercise().notebook_of(answer.task)
    functions = exercise().notebooks[notebook].functions_with(answer)
    return _examiner(notebook).judge(answer.task, functions, set()).points


def _answers(draw: random.Random) -> tuple[dict[str, tuple[str, ...]], float]:
    """An honest student's answers: right ones, with a mistake in one task or some missing."""
    worth, answers = _worth(), dict(_solutions())
    points = sum(worth.values())
    shape = draw.choice(["solutions", "variant", "mistake", "mistake", "mistake", "begun"])
    if shape == "solutions":
        return answers, points
    if shape == "begun":
        for tasks in exercise().tasks.values():
            for task in list(tasks)[draw.randint(0, len(tasks)) :]:
                del answers[task]
        return answers, sum(worth[task] for task in answers)
    # What later answers build on keeps its reference's details, so that they still fit.
    used = {f for tasks in exercise().tasks.values() for t in tasks.values() for f in t.uses}
    if shape == "variant":
        for tasks in exercise().tasks.values():
            for name, task in tasks.items():
                if not used & set(task.functions):
                    answers[name] = draw.choice(exercise().variants(name)).cells
        return answers, points
    task = draw.choice(list(worth))
    mistake = draw.choice(exercise().mistakes(task))
    answers[task] = mistake.cells
    return answers, points - worth[task] + _worth_of(mistake)


def _can_be_written(damage) -> bool:
    """Whether the damaged files are files: the others are folders, links and hundreds of MB."""
    return None not in damage.apply(_undamaged()).values()


def _undamaged() -> dict[str, bytes | None]:
    return {f"{name}.ipynb": _filled(name, _solutions()) for name in exercise().notebooks}


def _damaged(name: str, damage) -> Student:
    """A student who handed in all solutions, damaged: what is not lost has its points."""
    worth = _worth()
    points = sum(points for task, points in worth.items() if task not in damage.lost)
    files = damage.apply(_undamaged())
    return Student(name, f"damaged: {damage.name}", files, points, points)


def _hostile_kinds() -> list:
    attacks = [(attack, place) for attack in load_attacks() for place in places_of(attack)]
    return [*attacks, *FORGERIES]


def _hostile(name: str, kind) -> Student:
    """A student with an attack in one notebook and all solutions in the other."""
    worth, (attacked, task) = _worth(), ATTACKED
    others = {
        f"{other}.ipynb": _filled(other, _solutions())
        for other in exercise().notebooks
        if other != attacked
    }
    if isinstance(kind, str):
        content, what = with_convolve("wrong"), kind
        FORGERIES[kind](content)
        earned = _worth_of(one_notebook().mistakes(task)[0])
    else:
        attack, place = kind
        content, what = with_attack(attack, place), f"{attack.name}, {place}"
        earned = 0.0 if place == "answer" else _worth_of(one_notebook().mistakes(task)[0])
    most = sum(worth.values()) - worth[task] + earned
    # A forgery has no code that could cost an answer, and an attack reaches its own notebook only.
    own = sum(worth[one] for one in exercise().tasks[attacked])
    least = most if isinstance(kind, str) else sum(worth.values()) - own
    files = {f"{attacked}.ipynb": json.dumps(content).encode("utf-8", "surrogatepass")} | others
    return Student(name, f"hostile: {what}", files, least, most)
