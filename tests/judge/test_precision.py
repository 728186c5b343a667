"""Single precision is right, and nothing else that is off in the seventh digit is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.exercise.calls import LocalFunctions
from autograder.exercise.source_notebooks import load_exercise
from autograder.grading.grade import examiner_of

EXERCISE = load_exercise("exercise09", Path(__file__).parents[2] / "source")

RIGHT = {
    "batch_statistics": """
def batch_statistics(H):
    return H.mean(axis=0), H.std(axis=0, ddof=1)
""",
    "standardize": """
def standardize(H):
    return (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
""",
    "convolve": """
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("K > D")
    return np.convolve(x, h, "valid")
""",
    "network_standardized": """
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    return w2 * phi((h - h.mean()) / h.std(ddof=1))
""",
}

IN_SINGLE_PRECISION = {
    "pairwise sums": """
def standardize(H):
    H = H.astype(np.float32)
    return (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
""",
    "loops": """
def standardize(H):
    H = H.astype(np.float32)
    B, d = H.shape
    Z = np.empty((B, d), np.float32)
    for j in range(d):
        mu = np.float32(0)
        for value in H[:, j]:
            mu += value
        mu /= np.float32(B)
        total = np.float32(0)
        for value in H[:, j]:
            total += (value - mu) ** 2
        Z[:, j] = (H[:, j] - mu) / np.sqrt(total / np.float32(B - 1))
    return Z
""",
    "given out as double": """
def standardize(H):
    H = H.astype(np.float32)
    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    return Z.astype(float)
""",
    "a list of numbers": """
def standardize(H):
    H = np.float32(H)
    return ((H - H.mean(axis=0)) / H.std(axis=0, ddof=1)).tolist()
""",
    "statistics in single, the rest in double": """
def standardize(H):
    small = H.astype(np.float32)
    mu, sigma = small.mean(axis=0), small.std(axis=0, ddof=1)
    return (small - mu).astype(float) / sigma.astype(float)
""",
    "only the result": """
def standardize(H):
    return ((H - H.mean(axis=0)) / H.std(axis=0, ddof=1)).astype(np.float32)
""",
    "an inverse first": """
def standardize(H):
    H = H.astype(np.float32)
    return (H - H.mean(axis=0)) * (1 / H.std(axis=0, ddof=1))
""",
}


def points(task: str, source: str, seed: int = 9) -> float:
    namespace = {"np": np}
    exec(source, namespace)
    examiner = examiner_of(EXERCISE, EXERCISE.notebook_of(task), seed)
    return examiner.judge(task, LocalFunctions(namespace)).points


def changed(task: str, change: str) -> str:
    """The right answer with every value that it returns changed."""
    return (
        RIGHT[task]
        + f"""
_right = {task}
def _changed(v):
    if isinstance(v, tuple):
        return tuple(map(_changed, v))
    return {change}
def {task}(*args):
    return _changed(_right(*args))
"""
    )


FULL = {"batch_statistics": 2, "standardize": 3, "convolve": 2, "network_standardized": 2}


@pytest.mark.parametrize("seed", [9, 1, 2024])
@pytest.mark.parametrize("style", IN_SINGLE_PRECISION)
def test_single_precision_gets_full_points_in_every_style(style, seed):
    assert points("standardize", IN_SINGLE_PRECISION[style], seed) == 3


@pytest.mark.parametrize("task", RIGHT)
@pytest.mark.parametrize(
    "change",
    [
        "np.round(v, 4)",
        "np.round(v, 5)",
        "np.round(v, 6)",
        "v * (1 + 9e-5)",
        "v * (1 + 1e-5)",
        "v * (1 - 1e-6)",
        "v + 1e-5 * np.abs(v).max()",
        "v + 1e-6 * np.abs(v).max()",
        "v * (1 + 1e-6 * np.random.randn())",
        "v * (1 + 1e-6 * np.random.randn(*np.shape(v)))",
        "np.array([float('%.5g' % n) for n in np.ravel(v)]).reshape(np.shape(v))",
    ],
)
def test_what_is_off_in_another_way_never_gets_full_points(task, change):
    """The same slip costs something in every task, also where the result is cast."""
    np.random.seed(0)

    assert points(task, changed(task, change)) < FULL[task]
    assert points(task, changed(task, f"({change}).astype(np.float32)")) < FULL[task]


def test_an_epsilon_in_the_count_costs_its_own_criterion_only():
    for task, root in (
        ("batch_statistics", "return mu, sigma"),
        ("standardize", "return (H - mu) / sigma"),
    ):
        answer = f"""
def {task}(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (len(H) - 1 + 1e-5))
    {root}
"""
        assert points(task, answer) == FULL[task] - 0.5


def test_a_cast_does_not_raise_the_score_of_digits_lost_in_double_precision():
    one_pass = """
def batch_statistics(H):
    B = len(H)
    mu = H.sum(axis=0) / B
    sigma = np.sqrt(np.maximum((H**2).sum(axis=0) - B * mu**2, 0) / (B - 1))
    return mu, sigma
"""
    cast = one_pass.replace("mu, sigma\n", "mu.astype(np.float32), sigma.astype(np.float32)\n")
    cast_first = one_pass.replace("B = len(H)", "B, H = len(H), H.astype(np.float32)")

    assert points("batch_statistics", one_pass) == 1.5
    assert points("batch_statistics", cast) <= 1.5
    assert points("batch_statistics", cast_first) <= 1.5


def test_one_part_in_single_precision_does_not_excuse_another():
    """mu is in single precision, sigma is 1e-5 too large."""
    answer = """
def batch_statistics(H):
    return H.astype(np.float32).mean(axis=0), H.std(axis=0, ddof=1) * (1 + 1e-5)
"""
    assert points("batch_statistics", answer) == 1.5


def test_a_cast_does_not_hide_what_the_visible_check_shows():
    answer = """
def batch_statistics(H):
    {}
    return H.mean(axis=0), np.sqrt(H.var(axis=0, ddof=1) + H.dtype.type(1e-3))
"""

    assert points("batch_statistics", answer.format("H = H.astype(float)")) == 1
    assert points("batch_statistics", answer.format("H = H.astype(np.float32)")) == 1
