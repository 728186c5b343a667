"""When an answer is said to make a known mistake."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.exercise.calls import LocalFunctions
from autograder.exercise.source_notebooks import load_exercise
from autograder.grading.grade import examiner_of
from autograder.result import TaskResult

EXERCISE = load_exercise("exercise09", Path(__file__).parents[2] / "source")
CHECKED = """
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("K must be between 1 and D")
    K = len(h)
    {}
"""


def verdict(task: str, source: str) -> TaskResult:
    namespace = EXERCISE.notebooks[EXERCISE.notebook_of(task)].reference().namespace
    exec(source, namespace)
    return examiner_of(EXERCISE, EXERCISE.notebook_of(task)).judge(task, LocalFunctions(namespace))


@pytest.mark.parametrize(
    ("task", "source", "name"),
    [
        (
            "convolve",
            CHECKED.format(
                "x = [0] * (K - 1) + x\n"
                "    return [sum(x[k:k + K] * h[::-1]) for k in range(len(x) - K + 1)]"
            ),
            "zeros_as_a_list_added",
        ),
        (
            "convolve",
            CHECKED.format("return np.convolve(x, h)[K - 1 : -(K - 1)]"),
            "slice_ends_at_minus_zero",
        ),
        (
            "convolve",
            CHECKED.format("return np.around(np.convolve(x, h, 'valid'), 3)"),
            "rounded_to_three_decimals",
        ),
        (
            "convolve",
            CHECKED.replace("(x, h):", "(h, x):").format("return np.convolve(x, h, 'valid')"),
            "parameters_swapped",
        ),
        (
            "batch_statistics",
            "def batch_statistics(H):\n    return np.mean(H, dim=0), np.std(H, dim=0)",
            "dim_for_axis",
        ),
        (
            "batch_norm",
            "def batch_norm(H, *, gamma, theta):\n    return H",
            "keyword_only_parameters",
        ),
        (
            "standardize",
            "def standardize(H):\n    mu = H.mean(0)\n    s = H.std(0, ddof=1)\n"
            "    return (H - mu) / s, (H, mu, s, 'cache')",
            "statistics_returned_too",
        ),
        (
            "convolution_matrix",
            "def convolution_matrix(h, D):\n    W = np.full((D - len(h) + 1, D), float('-inf'))\n"
            "    if h.ndim != 1 or not 0 < len(h) <= D:\n        raise ValueError\n"
            "    for k, row in enumerate(W):\n        row[k:k + len(h)] = h[::-1]\n    return W",
            "filled_with_minus_infinity",
        ),
        (
            "count_parameters",
            "def count_dense_parameters(D, K, P=0, S=1):\n"
            "    return D * ((D - K + 2 * P) // (S + 1))\n"
            "def count_convolution_parameters(D, K):\n    return K",
            "dense_outputs_by_a_formula_for_strides",
        ),
    ],
)  # fmt: skip
def test_a_common_mistake_is_named_however_it_is_written(task, source, name):
    assert verdict(task, source).mistakes == (name,)


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError('to do')",
        "return (x * h[::-1]).sum()",
        "return np.concatenate([x, h.reshape(-1, 1)])",
        "return x.valid(h)",
        "return np.array([x[k + K] * h[k] for k in range(len(x))])",
        "return convolution(x, h)",
    ],
)
def test_an_error_of_the_same_class_is_not_the_same_mistake(body):
    """ValueError, AttributeError, IndexError and NameError have many causes."""
    assert verdict("convolve", CHECKED.format(body)).mistakes == ()


def test_what_an_answer_raises_itself_may_have_any_words():
    source = CHECKED.replace("<= len(x)", "< len(x)").format("return np.convolve(x, h, 'valid')")

    assert verdict("convolve", source).mistakes == ("kernel_as_long_as_the_signal_refused",)


def test_hints_have_no_blank_within_a_hyphenated_word():
    hints = [
        hint
        for tasks in EXERCISE.tasks.values()
        for task in tasks
        for mistake in EXERCISE.mistakes(task)
        for hint in mistake.hints
    ]

    assert any("-" in hint for hint in hints)
    assert not [
        hint for hint in hints if any(w[-1] == "-" and w[:-1].isalpha() for w in hint.split())
    ]


def test_values_are_compared_and_not_the_objects_that_hold_them():
    as_lists = "def standardize(H):\n    return ((H - H.mean(0)) / H.std(0)).tolist()"

    assert np.all([name == "divides_by_B" for name in verdict("standardize", as_lists).mistakes])
    assert verdict("standardize", as_lists).mistakes


STATISTICS = """
def batch_statistics(H):
    C = H - H.mean(axis=0)
    return H.mean(axis=0), {}
"""
NETWORK = """
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    return w2 * phi({})
"""


@pytest.mark.parametrize(
    ("task", "source"),
    [
        # Rounded values are near to what a cache gives where it is right, and fail elsewhere.
        ("convolve", CHECKED.format("return np.convolve(x, h, 'valid').round(6)")),
        (
            "convolution_matrix",
            "def convolution_matrix(h, D):\n"
            "    if np.ndim(h) != 1 or not 0 < len(h) <= D:\n        raise ValueError()\n"
            "    W = np.full((D - len(h) + 1, D), 1e-8)\n"
            "    for k in range(len(W)):\n        W[k, k : k + len(h)] = h[::-1]\n    return W",
        ),
        # For numbers in the thousands it is nearly what dividing by B gives.
        ("batch_statistics", STATISTICS.format("np.sqrt((C**2).sum(axis=0) / len(H) - 2)")),
        # The visible example alone equals that of another mistake.
        (
            "network_standardized",
            NETWORK.format("(h - h.mean()) * (len(h) - 1) / np.linalg.norm(h - h.mean())"),
        ),
        ("recover_layer", "def recover_layer(H):\n    return H.std(0).astype(int), H.mean(0)"),
    ],
)
def test_an_answer_that_a_mistake_equals_by_chance_is_not_said_to_make_it(task, source):
    result = verdict(task, source)

    assert result.points < result.max_points
    assert result.mistakes == ()
