"""A class made up for the report: plausible answers, points, mistakes and remarks."""

from __future__ import annotations

import copy
import random
from pathlib import Path

from autograder.report import Entry
from autograder.result import (
    CriterionResult,
    NotebookResult,
    Remark,
    SubmissionResult,
    TaskResult,
)

ROOT = Path(__file__).parents[2]


def task_result(task, share=1.0, mistakes=(), hints=(), unanswered=False) -> TaskResult:
    """A verdict: all criteria hold, the first one fails, or (0 < share < 1) only the last one."""
    criteria = []
    for number, criterion in enumerate(task.criteria):
        if share >= 1:
            holds = True
        elif share > 0:
            holds = number < len(task.criteria) - 1
        else:
            holds = False if number == 0 else None
        criteria.append(
            CriterionResult(
                criterion.claim,
                criterion.points,
                criterion.points if holds else 0.0,
                holds,
                wrong="" if holds else "the values differ",
            )
        )
    earned = sum(criterion.earned for criterion in criteria)
    return TaskResult(
        task.name, earned, task.points, tuple(criteria), mistakes, hints, unanswered=unanswered
    )


def submission(exercise, tasks, answers=None, written=None, remarks=(), gradeable=True):
    """A result from verdicts by task, with answers by cell put into the released notebooks."""
    books = []
    for name, source in exercise.notebooks.items():
        content = copy.deepcopy(source.content)
        for cell in content["cells"]:
            cell["source"] = (answers or {}).get(cell["id"], source.by_id[cell["id"]].released)
        texts = {cell.id: (written or {}).get(cell.id, False) for cell in source.written_answers}
        results = tuple(tasks[task] for task in exercise.tasks[name] if task in tasks)
        books.append(NotebookResult(name, content, results, texts))
    return SubmissionResult(
        tuple(books),
        remarks=tuple(remarks),
        sandbox="Run behind bubblewrap 0.11",
        versions={"python": "3.11.7", "numpy": "2.4.6"},
        gradeable=gradeable,
    )


REMARKS = (
    Remark("repaired", "the answer cell convolve had been split; its parts were joined", urgency=1),
    Remark("stopped", "the cell that begins with 'while True:' took longer than 30 s", urgency=2),
    Remark("stopped", "tried to open a connection to another machine and was stopped", urgency=2),
    Remark("unusable", "batch_norm.ipynb was not handed in", "batch_norm", urgency=1),
    Remark("repaired", "two cells claim to be batch_norm; the later one was graded", urgency=2),
    Remark("unusable", "Ada_notes.ipynb is no notebook of this exercise", urgency=3),
    Remark("repaired", "the notebook was not valid JSON: a comma was missing", urgency=0),
)

WORDS = ["kernel", "weights", "output", "shared", "same", "entries", "matrix", "batch", "mean"]


def made_up_class(exercise, size: int, seed: int = 0) -> list[Entry]:
    random_ = random.Random(seed)
    hardness = {
        task: random_.uniform(-1.8, 0.9) for tasks in exercise.tasks.values() for task in tasks
    }
    known = {task: exercise.mistakes(task) for task in hardness}
    variants = {task: exercise.variants(task) for task in hardness}
    entries = []
    for number in range(size):
        ability = random_.gauss(0.3, 1)
        tasks, answers, written, by_hand = {}, {}, {}, {}
        for book, of_book in exercise.tasks.items():
            source = exercise.notebooks[book]
            for name, task in of_book.items():
                chance = ability - hardness[name] + random_.gauss(0, 1.2)
                if chance < -1.9:
                    tasks[name] = task_result(task, 0.0, unanswered=True)
                    continue
                right = [
                    source.by_id[name].source,
                    *("\n\n".join(one.cells) for one in variants[name]),
                ]
                answers[name] = _personal(random_.choice(right), random_)
                if chance > 0.4:
                    tasks[name] = task_result(task)
                elif known[name] and random_.random() < 0.8:
                    wrong = known[name][min(int(random_.expovariate(0.35)), len(known[name]) - 1)]
                    answers[name] = _personal("\n\n".join(wrong.cells), random_)
                    share = 0.5 if chance > -0.3 else 0.0
                    tasks[name] = task_result(task, share, (wrong.name,), wrong.hints)
                else:
                    tasks[name] = task_result(task, 0.5 if chance > -0.3 else 0.0)
            for cell in source.written_answers:
                written[cell.id] = ability + random_.gauss(0, 1) > -1.2
                if written[cell.id]:
                    answers[cell.id] = " ".join(random_.choices(WORDS, k=25)) + "."
                    by_hand[cell.id] = random_.choice([0.0, 1.0, 1.5, 2.0])
        remarks = [remark for remark in REMARKS if random_.random() < 0.012]
        if number == 1:
            remarks = list(REMARKS[1:3])
        entries.append(
            Entry(
                f"student{number:04}",
                submission(exercise, tasks, answers, written, remarks),
                by_hand,
                seconds=random_.lognormvariate(-0.6, 0.5) + (31 if REMARKS[1] in remarks else 0),
            )
        )
    return entries


def _personal(source: str, random_: random.Random) -> str:
    """An answer in somebody's own hand: a comment and a helper value that nobody else has."""
    lines = [line for line in source.split("\n") if "### " not in line]
    for at, line in enumerate(lines):
        if line.startswith("def "):
            note = " ".join(random_.choices(WORDS, k=4))
            name = f"{random_.choice(WORDS)}_{random_.randrange(10**6)}"
            lines.insert(at + 1, f"    {name} = {random_.randrange(10**6)} * [{note!r}]")
            break
    return "\n".join(lines)
