"""The hidden tests against every known answer, by plain calls, on other seeds.

`autograder measure` runs the same answers through the whole way of a submission, on the seed that
grades.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.exercise.calls import LocalFunctions
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.grading.grade import examiner_of
from autograder.judge.compare import DOUBLE, agrees
from autograder.judge.examiner import SEED
from autograder.measure.measure import equivalent_mutants, known_answers
from autograder.measure.mutants import mutants

REPOSITORY = Path(__file__).parents[2]
EXERCISE = load_exercise("exercise09", REPOSITORY / "source")
TASKS = [task for tasks in EXERCISE.tasks.values() for task in tasks]
BIG = ("convolution_matrix", "standardize", "batch_norm")


def judge(task: str, functions: LocalFunctions, seed: int = SEED):
    return examiner_of(EXERCISE, EXERCISE.notebook_of(task), seed).judge(task, functions)


def functions_with(answer: Answer) -> LocalFunctions:
    return EXERCISE.notebooks[EXERCISE.notebook_of(answer.task)].functions_with(answer)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("seed", [1, 2024])
def test_on_other_seeds_every_answer_is_judged_rightly_and_every_mistake_named(task, seed):
    for answer in EXERCISE.variants(task):
        result = judge(task, functions_with(answer), seed)
        assert result.points == result.max_points, answer.name
    for number, answer in enumerate(EXERCISE.mistakes(task)):
        if number % 2 == seed % 2:
            continue  # each on one of the seeds: a seed more is a minute more
        result = judge(task, functions_with(answer), seed)
        assert result.points < result.max_points, answer.name
        assert result.mistakes == (answer.name,)


@pytest.mark.parametrize("task", TASKS)
def test_there_are_enough_known_answers(task):
    single = [answer for answer in EXERCISE.mistakes(task) if len(answer.parts) == 1]

    assert len(single) >= (12 if task in BIG else 8)
    assert len(EXERCISE.variants(task)) >= 8


@pytest.mark.parametrize("task", TASKS)
def test_every_hint_is_one_or_two_sentences_without_code_and_no_two_are_alike(task):
    hints = {a.name: a.hints[0] for a in EXERCISE.mistakes(task) if len(a.parts) == 1}

    assert len(set(hints.values())) == len(hints)
    for name, hint in hints.items():
        assert 20 < len(hint) < 400, name
        assert not any(code in hint for code in ("def ", "lambda ", "= np.", "[::-1]", "ddof=1")), (
            name
        )


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize(
    "body",
    ["0", "0.0", "1", "None", "()", "args[0]", "np.zeros(3)", "np.zeros((3, 3))", "_raise()"],
)
def test_an_answer_without_thought_earns_nothing(task, body):
    source = "\n".join(
        f"def _raise():\n    raise ValueError()\ndef {function}(*args):\n    return {body}"
        for function in EXERCISE.tasks[EXERCISE.notebook_of(task)][task].functions
    )

    assert judge(task, functions_with(Answer(task, "without thought", (source,)))).points == 0


def listed() -> list[tuple[str, str]]:
    return [
        (task, name) for task, proofs in equivalent_mutants(EXERCISE).items() for name in proofs
    ]


@pytest.mark.parametrize(("task", "name"), listed())
def test_an_equivalent_mutant_gives_what_the_reference_gives_on_thousands_of_inputs(task, name):
    if task == "equivalent_weight":
        pytest.skip("right answers are not unique: its proof is the property that is checked")
    notebook = EXERCISE.notebooks[EXERCISE.notebook_of(task)]
    source = next(m.source for m in mutants(notebook.by_id[task].source) if m.name == name)
    mutant, reference = functions_with(Answer(task, name, (source,))), notebook.reference()
    criteria = EXERCISE.tasks[notebook.name][task].criteria

    compared = 0
    for seed in range(60):
        for criterion in criteria:
            calls = criterion.calls(np.random.default_rng(seed))
            for reply, expected in zip(mutant.ask(calls), reference.ask(calls), strict=True):
                compared += 1
                if expected.returned:
                    assert agrees(reply.value, expected.value, DOUBLE)
                else:
                    assert reply.raised.is_a(expected.raised.name)
    assert compared > 1000


def test_known_answers_are_those_of_all_tasks():
    assert {a.task for known in known_answers(EXERCISE).values() for a, _ in known} == set(TASKS)


def test_the_exercise_is_the_contract(exercise: Exercise = EXERCISE):
    points = {task: t.points for tasks in exercise.tasks.values() for task, t in tasks.items()}

    assert points == {
        "convolve": 2,
        "convolution_matrix": 4,
        "count_parameters": 2,
        "batch_statistics": 2,
        "standardize": 3,
        "batch_norm": 3,
        "recover_layer": 2,
        "network_standardized": 2,
        "network_batch_norm": 2,
        "equivalent_weight": 2,
    }
    assert exercise.points == 30
