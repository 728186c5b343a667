"""Whatever a student's function returns, the judge gives a verdict."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from autograder.exercise.calls import Call, Reply
from autograder.exercise.source_notebooks import load_exercise
from autograder.exercise.tasks import Criterion, Task
from autograder.grading.grade import examiner_of
from autograder.grading.run_notebook import execute_notebook
from autograder.judge import Examiner
from autograder.judge.report import report_html, report_text
from autograder.result import TaskResult
from autograder.sandbox import Limits, open_sandbox

EXERCISE = load_exercise("exercise09", Path(__file__).parents[2] / "source")
TASKS = [task for tasks in EXERCISE.tasks.values() for task in tasks]


class Returning:
    """Functions that all return one value."""

    def __init__(self, value: object):
        self.value = value
        self.later = copy.deepcopy(value)

    def ask(self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}) -> list[Reply]:
        return [Reply(self.value, arguments=call.args, later=self.later) for call in calls]


def verdict(task: str, value: object) -> TaskResult:
    result = examiner_of(EXERCISE, EXERCISE.notebook_of(task)).judge(task, Returning(value))
    report_html(result)
    report_text(result)
    return result


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize(
    "value",
    [
        [np.empty((2**47, 0))] * 15_000,
        (np.empty((2**47, 0)), np.empty((2**47, 0))),
        [np.empty((2**31, 0)), np.empty((2**31, 0))],
        10**4000,
        [10**400, -(10**400)],
        [[[[[]]]]],
        float("nan"),
        complex("nan+infj"),
        (np.full((3, 2), np.nan), np.full(2, np.inf)),
        {1: {2: np.zeros(3)}},
        (np.zeros((3, 2)), {"mu": np.zeros(2), "sigma": [np.zeros(2), None]}),
        [1.0, [2.0, [3.0]]],
        "\ud800",
        np.zeros((1,) * 32),
        np.float16(65504),
        (1.7e308, -1.7e308),
        np.array([True, False]),
    ],
    ids=lambda value: str(type(value).__name__),
)
def test_an_odd_value_gets_a_verdict_and_no_points(task, value):
    assert verdict(task, value).points == 0


NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True, allow_infinity=True),
    st.complex_numbers(),
    st.booleans(),
    st.none(),
    st.text(max_size=3),
)
ARRAYS = st.sampled_from(["f8", "f4", "f2", "i8", "u1", "b1", "c16"]).flatmap(
    lambda dtype: arrays(dtype, array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5))
)
VALUES = st.recursive(
    NUMBERS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("task", ["convolution_matrix", "batch_statistics", "equivalent_weight"])
@settings(max_examples=60, deadline=None)
@given(value=VALUES)
def test_every_plain_value_gets_a_verdict(task, value):
    assert (
        0 <= verdict(task, value).points < EXERCISE.tasks[EXERCISE.notebook_of(task)][task].points
    )


def test_a_task_whose_judging_fails_goes_to_a_person_and_costs_no_other_task():
    def fails(call: Call, reply: Reply, expected: Reply) -> None:
        raise ZeroDivisionError("a fault of the judge")

    source = EXERCISE.notebooks["convolution"]
    tasks = dict(EXERCISE.tasks["convolution"])
    calls = tasks["convolve"].criteria[0].calls
    tasks["convolve"] = Task("convolve", Criterion("cannot be checked", 2, calls, check=fails))
    with open_sandbox(Limits(), sandboxed=False) as factory:
        result = execute_notebook(source.content, source, Examiner(source, tasks), factory)

    points = {task.task: task.points for task in result.tasks}
    assert points == {"convolve": 0, "convolution_matrix": 4, "count_parameters": 2}
    assert [(r.task, r.urgency) for r in result.remarks if r.kind == "unusable"] == [
        ("convolve", 3)
    ]
    assert "an instructor has to look at it" in result.tasks[0].criteria[0].wrong
