"""Classes of made-up students: known answers as they stand, or changed so that no two are alike.

The same number always gives the same student, so a class can be made while it is read.
"""

from __future__ import annotations

import ast
import builtins
import random
from collections.abc import Iterator

from autograder.exercise.filled_in import fill_in
from autograder.exercise.source_notebooks import Exercise

Students = dict[str, dict[str, str]]
"""For each student the texts of the notebooks, by name."""

KINDS = ("right", "few", "many", "unfinished")
SHARES = (35, 35, 15, 15)
WRONG = {"right": 0.0, "few": 0.2, "many": 0.6, "unfinished": 0.1}
"""How many of the answers of each kind of student are wrong."""

STEP = 2.0**-52

REMARKS = (
    "first try was with a loop",
    "see lecture 9",
    "checked by hand for a small case",
    "shapes: see above",
    "there is surely a shorter way",
)


def class_of(exercise: Exercise, size: int, unseen: bool = False, first: int = 0) -> Students:
    """So many students, from number `first` on."""
    return {
        f"student{number:05}": student(exercise, number, unseen)
        for number in range(first, first + size)
    }


def student(exercise: Exercise, number: int, unseen: bool = False) -> dict[str, str]:
    """A student of four kinds: right throughout, a few mistakes, many mistakes, unfinished.

    Args:
        exercise: the exercise.
        number: which student.
        unseen: give each answer names, comments, a layout and a constant of its own, so that
            neither its text nor its values are those of another student. Right answers stay right:
            their values are off by a few rounding steps.
    """
    rng = random.Random(number)
    kind = rng.choices(KINDS, SHARES)[0]
    every = {name: task for tasks in exercise.tasks.values() for name, task in tasks.items()}
    # What later answers build on is the reference's: two right answers need not fit each other.
    built_on = {function for task in every.values() for function in task.uses}
    own = random.Random(-1 - number)  # so that both classes hold the same answers
    notebooks = {}
    for name, tasks in exercise.tasks.items():
        answers = {}
        for task in tasks:
            variants = () if built_on & set(every[task].functions) else exercise.variants(task)
            is_wrong = rng.random() < WRONG[kind]
            known = exercise.mistakes(task) if is_wrong else variants
            cells = (exercise.notebooks[name].by_id[task].source,)
            cells = rng.choice(known).cells if known else cells
            if unseen:
                factor = 1 + (own.uniform(-0.3, 0.3) if is_wrong else own.randint(1, 999) * STEP)
                cells = tuple(in_other_words(cell, own, factor) for cell in cells)
            answers[task] = cells
        if kind == "unfinished":
            answers = dict(list(answers.items())[: rng.randrange(len(answers))])
        notebooks[name] = fill_in(exercise, name, answers)
    return notebooks


def in_other_words(source: str, rng: random.Random, factor: float) -> str:
    """A cell whose functions have local names, comments and a layout of their own.

    The floating-point numbers that they return are multiplied by `factor`.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    suffix = f"_{rng.randrange(10_000)}"
    scaled = f"scaled{suffix}"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            _rename(node, suffix)
            for returned in _returns(node.body):
                returned.value = ast.Call(ast.Name(scaled), [returned.value], [])
    lines = [
        f"# {rng.choice(REMARKS)} ({rng.randrange(100_000)})",
        *SCALED.format(name=scaled, factor=factor).splitlines(),
        *ast.unparse(ast.fix_missing_locations(tree)).splitlines(),
        *[""] * rng.randrange(3),
        f"# {rng.choice(REMARKS)}",
    ]
    return "\n".join(lines)


SCALED = """
def {name}(value):
    if isinstance(value, (tuple, list)):
        return type(value)(map({name}, value))
    number = isinstance(value, float) or getattr(value, "dtype", None) == float
    return value * {factor!r} if number else value

"""


def _rename(function: ast.FunctionDef, suffix: str) -> None:
    """Give what the function assigns other names, unless something else has these as well."""
    stored = {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    names = stored - set(vars(builtins)) - set(_other_names(function))
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in names:
            node.id += suffix


def _other_names(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.arg | ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Global | ast.Nonlocal):
            yield from node.names
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name


def _returns(body: list[ast.stmt]) -> Iterator[ast.Return]:
    """The returns of a function with a value, without those of functions in it."""
    waiting: list[ast.AST] = [*body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
