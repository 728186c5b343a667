"""The measured grader: how often it is wrong about answers that are known to be right or wrong.

Every right answer (variant) and every wrong one (mistake) is put into a notebook. This is graded in
the same way as a submission: repair, sandbox, judge. Every mutant of the reference solutions is
shown to the judge, and so are the programs of a wider search (see `autograder.measure.search`). The
result is the grader's error: right answers that are rejected, wrong ones that are accepted, and
mistakes that get another name.
"""

from __future__ import annotations

import importlib
import itertools
import math
import multiprocessing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from autograder.batch.outcome import Graded
from autograder.batch.pool import Submitted, grade_all, processes
from autograder.batch.progress import progress
from autograder.course.settings import HowToGrade
from autograder.errors import ExerciseError
from autograder.exercise.calls import Call, Functions, Reply
from autograder.exercise.filled_in import fill_in
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import Exercise
from autograder.grading.grade import examiner_of
from autograder.grading.worker import Setup, exercise_of, setup_for
from autograder.judge import SEED
from autograder.measure.mutants import mutants
from autograder.measure.search import Found, search
from autograder.submission.files import SubmittedFile

Grade = Callable[[Iterable[Submitted]], Iterator[Graded]]

BEGIN, END = "<!-- measured grader -->", "<!-- end of measured grader -->"

LEAST_MARGIN = 100
"""By how many tolerances every mistake has to be off, so that none is taken for rounding."""

LEAST_SINGLE_MARGIN = 3
"""The same for an answer in single precision."""


@dataclass(frozen=True)
class AnswerOutcome:
    """What grading made of one known answer.

    Attributes:
        answer: the answer.
        right: whether it is a right one.
        points: what it earned.
        max_points: what its task is worth.
        named: the mistakes that the feedback names.
        margin: by how many tolerances it missed, at its worst.
        single_margin: the same, if it had computed in single precision.
        failed: why it could not be graded at all, or "".
    """

    answer: Answer
    right: bool
    points: float = 0.0
    max_points: float = 0.0
    named: tuple[str, ...] = ()
    margin: float = math.inf
    single_margin: float = math.inf
    failed: str = ""

    @property
    def accepted(self) -> bool:
        return not self.failed and self.points == self.max_points

    @property
    def named_rightly(self) -> bool:
        return {part for name in self.named for part in _parts(name)} == set(self.answer.parts)

    @property
    def fault(self) -> str:
        """What the grader did wrong here, as a sentence; "" if nothing."""
        name = f"{self.answer.task}, {self.answer.name}"
        if self.failed:
            return f"{name}: could not be graded: {self.failed}"
        if self.right:
            return "" if self.accepted else f"{name}: right, but got {self.points:g} points"
        if self.accepted:
            return f"{name}: wrong, but got full points"
        if not self.named_rightly:
            return f"{name}: named {' and '.join(self.named) or 'not at all'}"
        if not self.answer.hints:
            return f"{name}: has no hint that a student could read"
        if self.margin < LEAST_MARGIN:
            return f"{name}: misses by only {self.margin:.3g} tolerances"
        if self.single_margin < LEAST_SINGLE_MARGIN:
            return (
                f"{name}: in single precision, misses by only {self.single_margin:.3g} tolerances"
            )
        return ""


@dataclass(frozen=True)
class MutantCount:
    """What became of the mutants of one task's reference solution.

    Attributes:
        seen: how many lost points.
        equivalent: how many are listed as equivalent, with a proof.
        survivors: names of those that are neither.
        outdated: names that are listed, but are seen or do not exist.
    """

    seen: int
    equivalent: int
    survivors: tuple[str, ...]
    outdated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """The grader's error on one exercise."""

    outcomes: tuple[AnswerOutcome, ...]
    mutants: dict[str, MutantCount]
    found: dict[str, Found] = field(default_factory=dict)


def measure(
    exercise: Exercise, how: HowToGrade, seed: int | None, jobs: int, terminal: Console
) -> Measured:
    """Grade every known answer, show every mutant to the judge, and show how far that is.

    Args:
        exercise: the exercise.
        how: limits and settings.
        seed: where the hidden cases are drawn from; None for the seed that grades.
        jobs: how many submissions are graded at once.
        terminal: where progress is shown.
    """
    seed = SEED if seed is None else seed
    settings = replace(how.settings, seed=seed)
    setup = setup_for(exercise, how.limits, how.sandboxed, settings, how.wall)

    def grade(submissions: Iterable[Submitted]) -> Iterator[Graded]:
        workers = processes(setup, jobs)
        try:
            yield from grade_all(submissions, setup, lambda: workers)
        finally:
            workers.close()

    number = sum(map(len, known_answers(exercise).values()))
    outcomes = []
    with progress(terminal, number, "known answers") as shown:
        for outcome in measure_answers(exercise, grade, seed):
            outcomes.append(outcome)
            shown.advance(worth_a_look=bool(outcome.fault))
    tasks = [task for tasks in exercise.tasks.values() for task in tasks]
    with (
        progress(terminal, len(tasks), "tasks searched") as shown,
        ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool,
    ):
        searched = {task: pool.submit(_search, setup, task, seed) for task in tasks}
        for done in as_completed(searched.values()):
            found = done.result()[1]
            shown.advance(worth_a_look=bool(found.survivors or found.raised))
    return Measured(
        tuple(sorted(outcomes, key=lambda one: (tasks.index(one.answer.task), one.answer.name))),
        {task: searched[task].result()[0] for task in tasks},
        {task: searched[task].result()[1] for task in tasks},
    )


def _search(setup: Setup, task: str, seed: int) -> tuple[MutantCount, Found]:
    """What a process of its own does for one task."""
    exercise = exercise_of(setup)
    return measure_mutants(exercise, task, seed), search(exercise, task, seed)


def known_answers(exercise: Exercise) -> dict[str, list[tuple[Answer, bool]]]:
    """For each notebook its known answers, with whether they are right."""
    return {
        notebook: [
            (answer, right)
            for task in tasks
            for right, answers in (
                (True, exercise.variants(task)),
                (False, exercise.mistakes(task)),
            )
            for answer in answers
        ]
        for notebook, tasks in exercise.tasks.items()
    }


def measure_answers(exercise: Exercise, grade: Grade, seed: int = SEED) -> Iterator[AnswerOutcome]:
    """Grade every known answer, each in a notebook whose other answers are the reference's.

    Args:
        exercise: the exercise.
        grade: grades named submissions, in any order.
        seed: where the hidden cases are drawn from, for the margins in single precision.
    """
    # A submission holds one known answer in each of its notebooks.
    together = [
        [known for known in one if known is not None]
        for one in itertools.zip_longest(*known_answers(exercise).values())
    ]
    submissions = (
        Submitted(
            str(number),
            tuple(
                file
                for answer, _ in known
                for file in files_with(exercise, answer, only_its_notebook=True)
            ),
        )
        for number, known in enumerate(together)
    )
    for graded in grade(submissions):
        for answer, right in together[int(graded.student)]:
            yield _outcome(exercise, answer, right, graded, seed)


def _outcome(
    exercise: Exercise, answer: Answer, right: bool, graded: Graded, seed: int
) -> AnswerOutcome:
    if graded.result is None:
        failed = f"{type(graded.error).__name__}: {graded.error}"
        return AnswerOutcome(answer, right, failed=failed)
    judged = next(
        task
        for notebook in graded.result.notebooks
        for task in notebook.tasks
        if task.task == answer.task
    )
    outcome = AnswerOutcome(
        answer,
        right,
        judged.points,
        judged.max_points,
        judged.mistakes,
        max((one.margin for one in judged.criteria if one.holds is False), default=0.0),
    )
    return outcome if right else replace(outcome, single_margin=_single(exercise, answer, seed))


def _single(exercise: Exercise, answer: Answer, seed: int) -> float:
    """By how many tolerances a mistake would miss if it computed in single precision."""
    notebook = exercise.notebook_of(answer.task)
    functions = _InSinglePrecision(exercise.notebooks[notebook].functions_with(answer))
    failures = examiner_of(exercise, notebook, seed).failures(answer.task, functions)
    return max((failure.margin for failure in failures if failure), default=0.0)


@dataclass(frozen=True)
class _InSinglePrecision:
    """Functions that get their arrays, and so compute and answer, in single precision."""

    functions: Functions

    def ask(self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}) -> list[Reply]:
        rounded = [Call(call.function, tuple(map(_rounded, call.args))) for call in calls]
        return [
            replace(
                reply,
                value=_rounded(reply.value, numbers_too=True),
                later=_rounded(reply.later, numbers_too=True),
                # Rounding an argument is not what the answer did to it.
                arguments=reply.arguments
                and tuple(
                    after if _differs(before, after) else original
                    for original, before, after in zip(
                        call.args, one.args, reply.arguments, strict=True
                    )
                ),
            )
            for call, one, reply in zip(
                calls, rounded, self.functions.ask(rounded, stand_ins), strict=True
            )
        ]


def _rounded(value: Any, numbers_too: bool = False) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(_rounded(item, numbers_too) for item in value)
    if isinstance(value, np.ndarray) or (numbers_too and isinstance(value, float | np.floating)):
        array = np.asarray(value)
        with np.errstate(all="ignore"):
            return array.astype(np.float32) if array.dtype.kind == "f" else value
    return value


def _differs(before: Any, after: Any) -> bool:
    return isinstance(before, np.ndarray) and not np.array_equal(before, after, equal_nan=True)


def measure_mutants(exercise: Exercise, task: str, seed: int = SEED) -> MutantCount:
    """Show every mutant of a task's reference solution to the judge."""
    name = exercise.notebook_of(task)
    notebook = exercise.notebooks[name]
    listed = equivalent_mutants(exercise).get(task, {})
    examiner = examiner_of(exercise, name, seed)
    survivors, seen = [], 0
    for mutant in mutants(notebook.by_id[task].source):
        answer = Answer(task, mutant.name, (mutant.source,))
        if any(examiner.failures(task, notebook.functions_with(answer))):
            seen += 1
        else:
            survivors.append(mutant.name)
    return MutantCount(
        seen=seen,
        equivalent=sum(name in listed for name in survivors),
        survivors=tuple(name for name in survivors if name not in listed),
        outdated=tuple(name for name in listed if name not in survivors),
    )


def equivalent_mutants(exercise: Exercise) -> dict[str, dict[str, str]]:
    """For each task the mutants that change nothing: name to proof."""
    try:
        module = importlib.import_module(f"autograder.{exercise.name}.equivalent_mutants")
    except ModuleNotFoundError:
        return {}
    try:
        proofs: dict[str, dict[str, str]] = module.PROOFS
    except AttributeError:
        raise ExerciseError(
            f"autograder/{exercise.name}/equivalent_mutants.py has no PROOFS, the proofs by task "
            "and mutant: write PROOFS = {} if there are none"
        ) from None
    return proofs


def faults(measured: Measured) -> list[str]:
    """Everything that the grader did wrong, a sentence each."""
    found = [outcome.fault for outcome in measured.outcomes if outcome.fault]
    for task, count in measured.mutants.items():
        found += [f"{task}, mutant {name}: not seen" for name in count.survivors]
        found += [
            f"{task}, mutant {name}: listed as equivalent, but is seen" for name in count.outdated
        ]
    for task, one in measured.found.items():
        found += [f"{task}, {name}: wrong, but got full points" for name in one.survivors]
        found += [f"{task}, {name}: gets more points than without" for name in one.raised]
    return found


def markdown_table(measured: Measured) -> str:
    """The grader's error as tables, each with a row for each task and one for all."""
    answers = [
        "| task | right: accepted | rejected | wrong: rejected | accepted "
        "| named rightly | wrongly | not |",
        "| --- |" + " ---: |" * 7,
    ]
    mutants = [
        "| task | mutants: seen | equivalent | missed | smallest margin | in single precision |",
        "| --- |" + " ---: |" * 5,
    ]
    for task, count in measured.mutants.items():
        outcomes = [one for one in measured.outcomes if one.answer.task == task]
        answers.append(_row(task, _answer_figures(outcomes)))
        mutants.append(_row(task, _mutant_figures(outcomes, [count])))
    answers.append(_row("**all**", _answer_figures(measured.outcomes)))
    counts = list(measured.mutants.values())
    mutants.append(_row("**all**", _mutant_figures(measured.outcomes, counts)))
    tables = [*answers, "", *mutants]
    if measured.found:
        tables += ["", *_search_table(measured.found)]
    return "\n".join(tables)


def _search_table(found: Mapping[str, Found]) -> list[str]:
    def figures(some: Collection[Found]) -> list[int]:
        return [
            sum(one.tried for one in some),
            sum(one.seen for one in some),
            sum(one.same for one in some),
            sum(len(one.survivors) for one in some),
            sum(one.casts for one in some),
            sum(len(one.raised) for one in some),
        ]

    return [
        "| task | programs tried | seen | right | missed | casts of mistakes | worth more |",
        "| --- |" + " ---: |" * 6,
        *(_row(task, figures([one])) for task, one in found.items()),
        _row("**all**", figures(found.values())),
    ]


def closing_line(measured: Measured) -> str:
    """How many answers were tried, and how many of them were made from others."""
    wrong = [one.answer for one in measured.outcomes if not one.right]
    made = sum(len(answer.parts) > 1 for answer in wrong)
    return f"{len(wrong)} wrong answers, {made} of them combinations of two or three mistakes."


def write_table(path: Path, table: str) -> None:
    """Put the table into a Markdown file, between the lines BEGIN and END.

    Raises:
        ExerciseError: if the file does not have these lines.
    """
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ExerciseError(f"{path} has no lines {BEGIN!r} and {END!r} to put the table between")
    path.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def _row(task: str, figures: Iterable[object]) -> str:
    return f"| {task} | " + " | ".join(map(str, figures)) + " |"


def _answer_figures(outcomes: Sequence[AnswerOutcome]) -> list[int]:
    right = [one for one in outcomes if one.right]
    wrong = [one for one in outcomes if not one.right]
    rejected = [one for one in wrong if not one.accepted]
    return [
        sum(one.accepted for one in right),
        sum(not one.accepted for one in right),
        len(rejected),
        sum(one.accepted for one in wrong),
        sum(one.named_rightly for one in rejected),
        sum(bool(one.named) and not one.named_rightly for one in rejected),
        sum(not one.named for one in rejected),
    ]


def _mutant_figures(
    outcomes: Sequence[AnswerOutcome], counts: Sequence[MutantCount]
) -> list[int | str]:
    wrong = [one for one in outcomes if not one.right]
    return [
        sum(count.seen for count in counts),
        sum(count.equivalent for count in counts),
        sum(len(count.survivors) for count in counts),
        _power(min((one.margin for one in wrong), default=math.inf)),
        _power(min((one.single_margin for one in wrong), default=math.inf)),
    ]


def _power(margin: float) -> str:
    """A margin as the power of ten below it: it is the size that matters, and that it stays.

    A dash where wrong answers are told by something else than by how far numbers are off.
    """
    if math.isinf(margin):
        return "–"
    return f"{10 ** math.floor(math.log10(margin)):,.0f}" if margin >= 1 else "0"


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in name.split("+"))


def files_with(
    exercise: Exercise, answer: Answer, only_its_notebook: bool = False
) -> tuple[SubmittedFile, ...]:
    """A submission in which one task has a known answer and all others have the reference's."""
    files = []
    for name, tasks in exercise.tasks.items():
        if only_its_notebook and answer.task not in tasks:
            continue
        source = exercise.notebooks[name]
        answers: dict[str, tuple[str, ...]] = {task: (source.by_id[task].solved,) for task in tasks}
        if answer.task in tasks:
            answers[answer.task] = answer.cells
        content = fill_in(exercise, name, answers).encode()
        files.append(SubmittedFile(f"{name}.ipynb", len(content), content))
    return tuple(files)
