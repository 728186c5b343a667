"""What the hidden cases of Exercise 9 see: answers that are wrong in corners, with their points.

Each answer is right but for one slip. It loses what the slip is worth, and never nothing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.exercise.known_answers import Answer
from autograder.exercise.source_notebooks import load_exercise
from autograder.grading.grade import examiner_of
from autograder.result import TaskResult

EXERCISE = load_exercise("exercise09", Path(__file__).parents[2] / "source")


def verdict(task: str, source: str, seed: int = 9) -> TaskResult:
    notebook = EXERCISE.notebook_of(task)
    functions = EXERCISE.notebooks[notebook].functions_with(Answer(task, "tried", (source,)))
    return examiner_of(EXERCISE, notebook, seed).judge(task, functions)


CONVOLVE = """
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("K > D")
    {}
"""
STATISTICS = """
def batch_statistics(H):
    {}
    return mu, sigma
"""
STANDARDIZE = """
{}
def standardize(H):
    {}
"""
NORM = """
def batch_norm(H, gamma, theta):
    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    {}
"""
NETWORK = """
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    {}
"""
RECOVER = """
def recover_layer(H):
    {}
"""


@pytest.mark.parametrize("seed", [9, 2024])
@pytest.mark.parametrize(
    ("task", "source", "points"),
    [
        (
            "batch_statistics",
            STATISTICS.format(
                "mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1 if len(H) < 100 else 0)"
            ),
            1.0,
        ),
        (
            "standardize",
            STANDARDIZE.format(
                "", "H = np.array(H, dtype=int)\n    return (H - H.mean(0)) / H.std(0, ddof=1)"
            ),
            0,
        ),
        ("batch_norm", NORM.format("return (gamma if np.any(gamma) else 1) * Z + theta"), 2.5),
        ("batch_norm", NORM.format("return np.where(gamma == 0, 1, gamma) * Z + theta"), 2.5),
        ("batch_norm", NORM.format("return gamma * Z + theta if np.any(theta) else Z"), 2.5),
        (
            "network_batch_norm",
            NETWORK.format(
                "h = w1 * np.asarray(x, float)\n    z = (h - h.mean()) / h.std(ddof=1)\n"
                "    return w2 * phi(gamma * z + theta if theta else z)"
            ),
            1.5,
        ),
        (
            "network_batch_norm",
            NETWORK.format(
                "h = np.zeros_like(x)\n    h[:] = w1 * x\n"
                "    return w2 * phi(gamma * (h - h.mean()) / h.std(ddof=1) + theta)"
            ),
            1.5,
        ),
        (
            "recover_layer",
            RECOVER.format(
                "Z = standardize(H)\n    gamma = (H[0] - H[1]) / (Z[0] - Z[1])\n"
                "    return gamma, H[0] - gamma * Z[0]"
            ),
            1.5,
        ),
        ("convolve", CONVOLVE.format("return np.convolve(np.trim_zeros(x, 'f'), h, 'valid')"), 0),
        (
            "convolve",
            CONVOLVE.format(
                "n = 1024\n    y = np.fft.irfft(np.fft.rfft(x, n) * np.fft.rfft(h, n), n)\n"
                "    return y[len(h) - 1 : len(x)]"
            ),
            1.5,
        ),
    ],
)
def test_a_slip_in_a_corner_costs_what_it_is_worth(task, source, points, seed):
    assert verdict(task, source, seed).points == points


COUNT = """
def count_dense_parameters(D, K):
    {}

def count_convolution_parameters(D, K):
    return K
"""
MATRIX = """
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("K > D")
    W = np.zeros((D - len(h) + 1, D))
    {}
    for k in range(len(W)):
        W[k, k : k + len(h)] = h[::-1]
    {}
    return W
"""


@pytest.mark.parametrize(
    ("task", "source", "points"),
    [
        ("convolve", CONVOLVE.format("return np.convolve(x, h, 'valid').clip(-1e4, 1e4)"), 1.5),
        ("convolve", CONVOLVE.format("return np.convolve(x, h, 'valid').round(12)"), 1.5),
        (
            "convolve",
            CONVOLVE.format(
                "h = h if sum(h) else np.zeros(len(h))\n    return np.convolve(x, h, 'valid')"
            ),
            1.5,
        ),
        (
            "convolve",
            CONVOLVE.format(
                "if x.dtype == h.dtype == int:\n"
                "        x, h = x.astype(np.int32), h.astype(np.int32)\n"
                "    return np.convolve(x, h, 'valid')"
            ),
            1.5,
        ),
        ("convolution_matrix", MATRIX.format("", "W[64:] = 0"), 3.5),
        ("convolution_matrix", MATRIX.format("h = h if D <= 256 else h[::-1]", ""), 3.5),
        ("convolution_matrix", MATRIX.format("", "W[abs(W) < 1e-8] = 0"), 3.5),
        (
            "convolution_matrix",
            MATRIX.format("h = h.astype(np.int32) if h.dtype == int else h", ""),
            3.5,
        ),
        ("count_parameters", COUNT.format("return min(D * (D - K + 1), 10**6)"), 1),
        (
            "count_parameters",
            "seen = {}" + COUNT.format("return seen.setdefault(D, D * (D - K + 1))"),
            1,
        ),
        (
            "batch_statistics",
            STATISTICS.format("X = H[:1024]\n    mu, sigma = X.mean(0), X.std(0, ddof=1)"),
            1.5,
        ),
        (
            "batch_statistics",
            STATISTICS.format(
                "mu, sigma = H.mean(0), H.std(0, ddof=1)\n"
                "    sigma = np.append(sigma[:64], mu[64:])"
            ),
            1.5,
        ),
        (
            "standardize",
            STANDARDIZE.format("", "return ((H - H.mean(0)) / H.std(0, ddof=1)).clip(-10, 10)"),
            2.5,
        ),
        (
            "standardize",
            STANDARDIZE.format(
                "",
                "Z = (H - H.mean(0)) / H.std(0, ddof=1)\n    return np.where(abs(Z) < 1e-5, 0, Z)",
            ),
            2.5,
        ),
        ("batch_norm", NORM.format("return np.clip(gamma, -100, 100) * Z + theta"), 2.5),
        (
            "network_batch_norm",
            NETWORK.format(
                "z = standardize((w1 * x)[:, None])[:, 0]\n"
                "    return w2 * phi(np.clip(gamma, -3, 3) * z + theta)"
            ),
            1.5,
        ),
        (
            "network_batch_norm",
            NETWORK.format(
                "z = standardize((w1 * x)[:, None])[:, 0]\n"
                "    return (w2 or 1) * phi(gamma * z + theta)"
            ),
            1.5,
        ),
        (
            "equivalent_weight",
            "def equivalent_weight(w1):\n    return max(-10.0, min(10.0, 2 * w1))",
            1.5,
        ),
    ],
)
def test_a_bound_on_sizes_or_values_is_within_reach_of_the_cases(task, source, points):
    assert verdict(task, source).points == points


@pytest.mark.parametrize("given_back", ["K / 1", "np.float32(K)", "float(K)"])
def test_a_count_that_is_a_float_fails_the_visible_check_and_gets_half(given_back):
    answer = COUNT.format("return D * (D - K + 1)").replace("return K\n", f"return {given_back}\n")
    result = verdict("count_parameters", answer)

    assert result.points == 1
    assert result.mistakes == ("float_for_a_whole_number",)


def test_an_epsilon_that_the_visible_check_shows_gives_half_at_most():
    """np.allclose, as the visible check calls it, sees sigma = 3 off by 0.00017."""
    answer = STATISTICS.format("mu, sigma = H.mean(0), np.sqrt(H.var(0, ddof=1) + 1e-3)")

    assert verdict("batch_statistics", answer).points == 1


@pytest.mark.parametrize("task", ["batch_norm", "network_batch_norm"])
def test_random_noise_is_no_rounding_because_equal_calls_differ(task):
    noise = "(1 + 1e-6 * np.random.default_rng().normal())"
    answer = {
        "batch_norm": NORM.format(f"return gamma * Z * {noise} + theta"),
        "network_batch_norm": NETWORK.format(
            f"z = standardize((w1 * x)[:, None])[:, 0] * {noise}\n"
            "    return w2 * phi(gamma * z + theta)"
        ),
    }[task]

    assert all(verdict(task, answer).points < (3, 2)[task[0] == "n"] for _ in range(4))


@pytest.mark.parametrize(
    "key",
    [
        "H.shape",
        "float(H.sum())",
        "(H.shape, float(H.sum()))",
        "(H.shape, float(H[0, 0]))",
        "H.tobytes()",
        "str(H)",
        "tuple(sorted(H.ravel()))",
        "(tuple(H[0]), tuple(H[-1]))",
    ],
)
def test_a_cache_with_a_key_that_tells_too_little_is_seen(key):
    answer = f"""
seen = {{}}
def standardize(H):
    key = {key}
    if key not in seen:
        seen[key] = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    return seen[key].copy()
"""
    assert verdict("standardize", answer).points < 3


def test_a_cache_with_a_whole_key_is_right():
    answer = """
seen = {}
def standardize(H):
    key = H.tobytes(), H.shape, H.dtype.str
    if key not in seen:
        seen[key] = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    return seen[key].copy()
"""
    assert verdict("standardize", answer).points == 3


@pytest.mark.parametrize(
    "answer",
    [
        "def standardize(H):\n    Z = (H - H.mean(0)) / H.std(0, ddof=1)\n"
        "    return Z * (1 + 1e-6 * np.random.randn())",
        "calls = []\ndef standardize(H):\n    calls.append(1)\n"
        "    Z = (H - H.mean(0)) / H.std(0, ddof=1)\n    return Z if len(calls) < 6 else Z + 1e-3",
    ],
    ids=["noise", "another value later"],
)
def test_values_that_change_from_call_to_call_are_seen(answer):
    assert verdict("standardize", answer).points < 3


def test_an_answer_that_fails_the_visible_example_gets_at_most_half_and_reads_why():
    """An epsilon of 1 hides behind numbers in the thousands, and the visible check shows it."""
    result = verdict(
        "batch_statistics",
        STATISTICS.format("mu, sigma = H.mean(0), np.sqrt(H.var(0, ddof=1) + 1.0)"),
    )

    assert result.criteria[0].holds
    assert result.points == 1
    assert "at most half of the points" in next(c.claim for c in result.criteria if not c.points)


def test_an_epsilon_that_the_visible_check_does_not_show_costs_its_criterion_only():
    answer = "def standardize(H):\n    return (H - H.mean(0)) / (H.std(0, ddof=1) + 1e-8)"

    assert verdict("standardize", answer).points == 2.5


def test_no_case_has_the_sizes_of_a_visible_example_which_an_answer_may_remember():
    """What is remembered before grading would be another value than the known mistake's."""
    examiner = examiner_of(EXERCISE, "convolution", 9)

    convolutions = [call.args for calls in examiner.rounds("convolve") for call in calls]
    matrices = [call.args for calls in examiner.rounds("convolution_matrix") for call in calls]
    assert (5, 3) not in {(np.size(x), np.size(h)) for x, h in convolutions if np.ndim(x) == 1}
    assert (3, 5) not in {(np.size(h), D) for h, D in matrices if np.ndim(h) == 1}
