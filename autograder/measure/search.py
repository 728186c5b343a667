"""A search for wrong programs that the hidden tests take for right.

Mutants of the reference are small changes to one program. Students write others. So programs are
made in more ways: changes to right answers in other styles, two changes to the reference at once,
and answers that are right up to some size and make a known mistake beyond it. Each is shown to the
judge. Some get full points. Which of these are wrong is seen on foreign calls, which no hidden test
makes: calls of other seeds, with arguments repeated, cut, reordered, rescaled or set to zero.

A cast changes no digit that counts, so it may not make a wrong answer better either: every known
mistake is judged once more with its result in single precision, and with its arguments.
"""

from __future__ import annotations

import signal
import types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from autograder.exercise.calls import Call, Function, Reply
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import Exercise, SourceNotebook
from autograder.exercise.tasks import Criterion
from autograder.grading.grade import examiner_of
from autograder.judge import SEED
from autograder.judge.compare import (
    DOUBLE,
    Perturbation,
    Precision,
    agrees,
    numbers,
    perturbation_of,
)
from autograder.measure.mutants import mutants

OF_VARIANTS, OF_MUTANTS, WITH_THRESHOLDS = 150, 100, 60
"""How many programs of each kind are tried for a task."""

THRESHOLDS = (2, 4, 8, 10, 16, 20, 30, 32, 50, 60, 64, 100, 120, 128)

FOREIGN_CALLS = 240
FOREIGN_SEEDS = range(1000, 1006)

WELL_CONDITIONED = Precision("well-conditioned", 1e-11, 1e-12, DOUBLE.rounding)
"""What rounding may change in a foreign call: beyond that, right answers differ, too."""

SECONDS = 2.0
"""A changed loop may never end."""


@dataclass(frozen=True)
class Found:
    """What the search found for one task.

    Attributes:
        tried: how many programs were made.
        seen: how many lost points.
        same: how many got full points and give what the reference gives on foreign calls.
        survivors: names of those that got full points and are wrong.
        casts: how many mistakes were judged with a cast.
        raised: names of mistakes that got more points by a cast.
    """

    tried: int
    seen: int
    same: int
    survivors: tuple[str, ...]
    casts: int
    raised: tuple[str, ...]


def search(exercise: Exercise, task: str, seed: int = SEED) -> Found:
    """Look for wrong programs with full points, and for casts that give more points."""
    name = exercise.notebook_of(task)
    notebook, examiner = exercise.notebooks[name], examiner_of(exercise, name, seed)
    whole = exercise.tasks[name][task].points
    foreign = ForeignCalls(exercise, task)
    tried = seen = 0
    survivors: list[str] = []
    for answer in programs(exercise, task):
        tried += 1
        # Where the time runs out, the block ends: so would the answer in the sandbox.
        seen += 1
        with in_time():
            if examiner.points(task, notebook.functions_with(answer)) < whole:
                continue
            if not foreign.agree(notebook, answer):
                survivors.append(answer.name)
            seen -= 1
    casts = 0
    raised: list[str] = []
    for mistake in exercise.mistakes(task):
        if len(mistake.parts) > 1:
            continue
        for cast, copied in with_casts(mistake, exercise.tasks[name][task].functions):
            casts += 1
            plain = examiner.points(task, notebook.functions_with(copied))
            if examiner.points(task, notebook.functions_with(cast)) > plain:
                raised.append(cast.name)
    same = tried - seen - len(survivors)
    return Found(tried, seen, same, tuple(survivors), casts, tuple(raised))


# --- programs -----------------------------------------------------------------------------------


def programs(exercise: Exercise, task: str) -> Iterator[Answer]:
    """The programs that are tried, the same ones every time."""
    rng = np.random.default_rng(9)
    notebook = exercise.notebooks[exercise.notebook_of(task)]
    made_before = {notebook.by_id[task].solved}
    for made, most in (
        (_of_variants(exercise, task), OF_VARIANTS),
        (_of_mutants(notebook.by_id[task].solved), OF_MUTANTS),
        (_with_thresholds(exercise, task), WITH_THRESHOLDS),
    ):
        different = {text: name for name, text in made if text not in made_before}
        made_before |= different.keys()
        texts = list(different)
        for index in sorted(rng.permutation(len(texts))[:most]):
            yield Answer(task, different[texts[index]], (texts[index],))


def _of_variants(exercise: Exercise, task: str) -> Iterator[tuple[str, str]]:
    for variant in exercise.variants(task):
        if _in_single(variant):
            continue  # what they round away, foreign calls would take for wrong
        for mutant in mutants("\n\n".join(variant.cells)):
            yield f"{variant.name}, {mutant.name}", mutant.source


def _in_single(variant: Answer) -> bool:
    return any("float32" in cell for cell in variant.cells)


def _of_mutants(source: str) -> Iterator[tuple[str, str]]:
    for first in mutants(source):
        for second in mutants(first.source):
            yield f"{first.name}; {second.name}", second.source


def _with_thresholds(exercise: Exercise, task: str) -> Iterator[tuple[str, str]]:
    """A right answer up to some size, and a known mistake beyond it or below it."""
    notebook = exercise.notebooks[exercise.notebook_of(task)]
    functions = exercise.tasks[notebook.name][task].functions
    right = notebook.by_id[task].solved
    for mistake in exercise.mistakes(task):
        if len(mistake.parts) > 1:
            continue
        for threshold in THRESHOLDS:
            wrong = "\n\n".join(mistake.cells)
            either = "\n\n".join(
                f"def {name}(*args):\n"
                f"    size = max([np.size(a) for a in args if np.ndim(a)] or [args[0]])\n"
                f"    return (_wrong_{name} if size > {threshold} else _right_{name})(*args)"
                for name in functions
            )
            kept = [
                "\n".join(f"_{kind}_{name} = {name}" for name in functions)
                for kind in ("wrong", "right")
            ]
            text = "\n\n".join([wrong, kept[0], right, kept[1], either])
            yield f"{mistake.name} beyond {threshold} numbers", text


def with_casts(mistake: Answer, functions: Sequence[str]) -> Iterator[tuple[Answer, Answer]]:
    """The mistake with its results in single precision, and with its arguments.

    With each comes what it is compared with: the same with a copy in place of the cast.
    """
    for what, after in (
        ("result", "{}(wrong(*args))"),
        ("arguments", "wrong(*map({}, args))"),
        ("result as double", "_double({}(wrong(*args)))"),
    ):
        pair = []
        for change in ("_cast", "_copied"):
            made = "\n\n".join(
                f"def _casting(wrong):\n    return lambda *args: {after.format(change)}\n"
                f"{name} = _casting({name})"
                for name in functions
            )
            cells = (*mistake.cells, _CASTS, made)
            pair.append(Answer(mistake.task, f"{mistake.name}, {what} cast", cells))
        yield pair[0], pair[1]


_CASTS = """
def _cast(value, kind=np.float32):
    if isinstance(value, tuple):
        return tuple(_cast(item, kind) for item in value)
    floats = isinstance(value, np.ndarray | np.floating) and value.dtype.kind == "f"
    return value.astype(kind) if floats else _copied(value)


def _double(value):
    return _cast(value, float)


def _copied(value):
    if isinstance(value, tuple):
        return tuple(map(_copied, value))
    return value.copy() if isinstance(value, np.ndarray) else value
"""


# --- whether a program is wrong -----------------------------------------------------------------


class ForeignCalls:
    """Calls of a task's functions that no hidden test makes, with what the reference gives."""

    def __init__(self, exercise: Exercise, task: str):
        notebook = exercise.notebooks[exercise.notebook_of(task)]
        self._reference = notebook.reference()
        self._asked: list[tuple[Call, Criterion, Reply, Perturbation]] = []
        rng = np.random.default_rng(99)
        criteria = exercise.tasks[notebook.name][task].criteria
        seeds = [(one, seed) for seed in FOREIGN_SEEDS for one in criteria]
        known = [
            (one, call) for one, seed in seeds for call in one.calls(np.random.default_rng(seed))
        ]
        for number in range(FOREIGN_CALLS):
            criterion, call = known[rng.integers(len(known))]
            if number % 4:
                call = Call(call.function, _changed_together(call.args, rng))
            self._add(criterion, call)
        # Where right answers differ, the call is one that the task does not allow.
        for variant in exercise.variants(task):
            if not _in_single(variant):
                right = self._agreeing(notebook, variant)
                self._asked = [
                    asked for asked, agrees_ in zip(self._asked, right, strict=True) if agrees_
                ]

    def _add(self, criterion: Criterion, call: Call) -> None:
        expected = self._reference.ask([call])[0]
        perturbation = perturbation_of(self._value, call)
        if expected.returned and criterion.check is None:
            # What rounding decides says nothing, nor does what the task does not allow.
            values = expected.value if isinstance(expected.value, tuple) else (expected.value,)
            arrays = list(map(numbers, values))
            if not all(array is not None and np.isfinite(array).all() for array in arrays):
                return
            if not agrees(perturbation(DOUBLE), expected.value, WELL_CONDITIONED):
                return
        if criterion.check is not None and criterion.check(call, expected, expected):
            return
        self._asked.append((call, criterion, expected, perturbation))

    def _value(self, call: Call) -> object:
        reply = self._reference.ask([call])[0]
        return reply.value if reply.returned else None

    def agree(self, notebook: SourceNotebook, answer: Answer) -> bool:
        """Whether an answer gives what the reference gives on all of them."""
        return all(self._agreeing(notebook, answer))

    def _agreeing(self, notebook: SourceNotebook, answer: Answer) -> list[bool]:
        replies = notebook.functions_with(answer).ask([call for call, *_ in self._asked])
        return [
            self._agrees(reply, *asked) for reply, asked in zip(replies, self._asked, strict=True)
        ]

    def _agrees(
        self,
        reply: Reply,
        call: Call,
        criterion: Criterion,
        expected: Reply,
        perturbation: Perturbation,
    ) -> bool:
        if any(check(call, reply, expected) for check in criterion.also):
            return False
        if criterion.check is not None:
            return criterion.check(call, reply, expected) is None
        if expected.raised is not None:
            # What the task says nothing of may end in any error.
            return reply.raised is not None
        return reply.returned and agrees(reply.value, expected.value, DOUBLE, perturbation)


def _changed_together(args: tuple[object, ...], rng: np.random.Generator) -> tuple[object, ...]:
    """Arguments with some of them changed. Sizes alone stay in proportion: D is never below K."""
    sizes = [arg for arg in args if isinstance(arg, int)]
    if len(sizes) == len(args):
        factor = int(rng.integers(1, 4))
        return tuple(size * factor for size in sizes)
    return tuple(_changed(arg, rng) for arg in args)


def _changed(value: object, rng: np.random.Generator) -> object:
    """An argument with one thing about it changed, or left as it is."""
    if isinstance(value, bool | Function) or rng.random() < 0.3:
        return value
    if isinstance(value, int):
        return int(value + rng.integers(-2, 4))
    if isinstance(value, float):
        return float(rng.choice([value * 1.7, -value, 0.5 * value, round(value), 0.0]))
    if not isinstance(value, np.ndarray) or not value.size:
        return value
    rows = np.arange(len(value))
    array = np.array(value)
    match rng.integers(9):
        case 0:
            return np.concatenate([array] * int(rng.integers(2, 5)))
        case 1:
            return array[: int(rng.integers(1, len(array) + 1))]
        case 2:
            return array[rng.permutation(rows)]
        case 3:
            return array[rng.integers(0, len(array), len(array))]
        case 4:
            return array * rng.choice([1e-3, 0.37, 7.5])
        case 5:
            return array + rng.choice([-1.0, 0.5, 3.0]) * np.abs(array).max()
        case 6:
            return np.where(rng.random(array.shape) < 0.3, 0, array)
        case 7:
            return np.round(array).astype(int)
        case _:
            return array + rng.normal(size=array.shape) * np.abs(array).max()


@contextmanager
def in_time() -> Iterator[None]:
    """Ends the block in silence when the time is up."""

    def end(number: int, frame: types.FrameType | None) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    except _TimeIsUp:
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class _TimeIsUp(BaseException):
    """Not an exception that a program under test would catch."""
