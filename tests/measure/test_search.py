"""The search for wrong programs with full points: it finds one that is there, and only such."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.exercise.calls import Call
from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import Exercise, load_exercise
from autograder.exercise.tasks import Criterion, Task
from autograder.measure.measure import Measured, MutantCount, faults, markdown_table
from autograder.measure.search import ForeignCalls, Found, in_time, programs, search, with_casts

EXERCISE = load_exercise("exercise09", Path(__file__).parents[2] / "source")


def with_few_cases() -> Exercise:
    """Exercise 9 with a test of convolve that sees neither long signals nor kernels with a flip."""
    calls = [Call("convolve", (np.array([1.0, 2.5, 4.0]), np.array([3.0, 3.0])))]
    task = Task("convolve", Criterion("one small example is right", 2, lambda rng: calls))
    return replace(
        EXERCISE,
        tasks=EXERCISE.tasks | {"convolution": EXERCISE.tasks["convolution"] | {"convolve": task}},
    )


def test_a_test_with_few_cases_lets_wrong_programs_through_and_they_are_found():
    weak = with_few_cases()
    foreign = ForeignCalls(EXERCISE, "convolve")
    notebook = EXERCISE.notebooks["convolution"]
    unseen = Answer("convolve", "no flip", ("def convolve(x, h):\n    return np.correlate(x, h)",))

    found = search(weak, "convolve")

    assert not foreign.agree(notebook, unseen)
    assert any("beyond" in name for name in found.survivors)
    assert found.tried == found.seen + found.same + len(found.survivors)


@pytest.mark.parametrize("task", ["batch_norm", "convolution_matrix", "equivalent_weight"])
def test_right_answers_agree_on_all_foreign_calls(task):
    foreign = ForeignCalls(EXERCISE, task)
    notebook = EXERCISE.notebooks[EXERCISE.notebook_of(task)]

    for variant in EXERCISE.variants(task):
        if not any("float32" in cell for cell in variant.cells):
            assert foreign.agree(notebook, variant), variant.name
    wrong = [m for m in EXERCISE.mistakes(task) if len(m.parts) == 1]
    seen = [not foreign.agree(notebook, mistake) for mistake in wrong]
    assert sum(seen) > 0.8 * len(wrong)


def test_the_programs_are_the_same_every_time_and_of_every_kind():
    names = [one.name for one in programs(EXERCISE, "count_parameters")]

    assert names == [one.name for one in programs(EXERCISE, "count_parameters")]
    assert any(" beyond " in name for name in names)
    assert any("; " in name for name in names)
    assert any(name.startswith("multiplied_out, ") for name in names)


def test_a_cast_changes_the_type_and_the_copy_beside_it_nothing():
    mistake = Answer("f", "half", ("def f(x):\n    return x / 3",))
    notebook = EXERCISE.notebooks["convolution"]
    call = Call("f", (np.ones(2),))
    types = [
        [notebook.functions_with(one).ask([call])[0].value.dtype.str for one in pair]
        for pair in with_casts(mistake, ("f",))
    ]

    assert types == [["<f4", "<f8"], ["<f4", "<f8"], ["<f8", "<f8"]]


def test_a_program_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr("autograder.measure.search.SECONDS", 0.1)
    started = time.process_time()

    with in_time():
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue

    assert time.process_time() - started < 5


def test_what_the_search_finds_is_a_fault_and_stands_in_the_table():
    found = {"task": Found(9, 5, 2, ("x beyond 64 numbers", "y"), 12, ("z, result cast",))}
    measured = Measured((), {"task": MutantCount(3, 0, ())}, found)

    assert faults(measured) == [
        "task, x beyond 64 numbers: wrong, but got full points",
        "task, y: wrong, but got full points",
        "task, z, result cast: gets more points than without",
    ]
    assert "| task | 9 | 5 | 2 | 2 | 12 | 1 |" in markdown_table(measured).splitlines()
