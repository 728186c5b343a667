"""Hidden tests of the notebook `convolution`: Problem 1, convolutions as dense operations.

The shapes (D, K) of a criterion's cases differ from each other, but for those that look whether an
answer remembers an earlier call. Kernels are never symmetric, so that a missing flip shows; some
hold zeros or a value twice, so that an answer that looks entries up by value shows.
"""

import numpy as np

from autograder.exercise.tasks import Call, Criterion, Task
from autograder.judge.checks import lasts, leaves_arguments_alone


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


LONG = 1030
"""Longer than any power of two, length of a transform or threshold that people write."""


# convolve -----------------------------------------------------------------------------------------


def signals_and_kernels(rng):
    def drawn(D, K, scale=1.0):
        return Call("convolve", (scale * rng.normal(size=D), rng.normal(size=K)))

    return [
        Call("convolve", (array(1, 2, 4), array(1, 3))),
        Call("convolve", (array(1, -2, 3, 5), array(2, 1, -1))),
        Call("convolve", (array(0, 2, 1, 1, 3), array(0, 3))),
        Call("convolve", (array(3, 0, 1, -4, 2, 6), array(1, 0, 0, 2))),
        Call("convolve", (array(-1, -3, -2, -5, -4, -1, -2), array(-2, -2, -5))),
        drawn(6, 3),
        drawn(9, 7),
        drawn(8, 2, scale=1e-3),
        drawn(11, 5, scale=1e3),
        drawn(12, 4),
        drawn(50, 6),
    ]


def signals_or_kernels_that_do_not_fit(rng):
    return [
        Call("convolve", (array(1, 2), array(1, 3, 2))),
        Call("convolve", (array(1, 2), array(2, 1, 4, 3))),
        Call("convolve", (rng.normal(size=3), rng.normal(size=8))),
        Call("convolve", (rng.normal(size=131), rng.normal(size=132))),
        Call("convolve", (rng.normal(size=(140, 2)), rng.normal(size=3))),
        Call("convolve", (rng.normal(size=(140, 1)), rng.normal(size=(9, 1)))),
        Call("convolve", (rng.normal(size=(1, 140)), array(2))),
        Call("convolve", (array(1, 2, 4), array())),
        Call("convolve", (rng.normal(size=140), array())),
        Call("convolve", (array(), array(2, 1))),
        Call("convolve", (array(), array())),
        Call("convolve", (array(1, 2, 4, 3, 5, 7).reshape(3, 2), array(1, 3))),
        Call("convolve", (array(1, 2, 4, 3).reshape(1, 4), array(2))),
        Call("convolve", (array(1, 2, 4, 3).reshape(4, 1), array(1, 3))),
        Call("convolve", (array(1, 2, 4, 3).reshape(4, 1), array(2))),
        Call("convolve", (array(1, 2, 4, 3), array(2).reshape(1, 1))),
        Call("convolve", (array(1, 2, 4, 3), array(1, 3).reshape(1, 2))),
        Call("convolve", (array(1, 2, 4, 3), array(1, 3, 2, 5).reshape(2, 2))),
        Call("convolve", (array(1, 2, 4, 3), array(1, 3).reshape(2, 1))),
    ]


def shortest_longest_and_repeated(rng):
    x, other = rng.integers(-9, 10, (2, 10)) * 1.5
    h, second = array(2, -1, 4), array(3, 1, -2)
    long = rng.normal(size=LONG)
    same_ends = long.copy()
    same_ends[LONG // 2] += 1.0  # the text of an array shows its first and its last three entries
    return [
        Call("convolve", (array(3), array(2))),
        Call("convolve", (array(2, -1, 3), array(4))),
        Call("convolve", (array(1, 2, 4), array(1, 3, -5))),
        Call("convolve", (np.array([1, 2, 4, 3]), np.array([3, 1]))),
        Call("convolve", (np.array([1, 2, 4, 3, 5, 7, 9, 8]), array(0.5, 0.3, 0.8))),
        Call("convolve", (array(0.5, 0.3, 1.2, 0.7, 0.4), np.array([3, 1, 2, 5]))),
        Call("convolve", (x, h)),
        Call("convolve", (other, second)),
        Call("convolve", (x, second)),
        Call("convolve", (x, h)),
        # The sums stay.
        Call("convolve", (x[::-1].copy(), h)),
        Call("convolve", (x, h[::-1].copy())),
        Call("convolve", (x, array(0, 2, 1))),
        Call("convolve", (array(0, 0, 0, 2, 0), array(0, 1))),
        Call("convolve", (array(1, 2, 4, 3, 0), array(0, 0))),
        Call("convolve", (rng.normal(size=140), rng.normal(size=131))),
        Call("convolve", (rng.normal(size=140), array(-2))),
        Call("convolve", (rng.integers(-9, 10, 140) * (rng.random(140) < 0.5), array(0, 0.5, -2))),
        Call("convolve", (long, array(1, 3, -2, 0.5))),
        Call("convolve", (same_ends, array(1, 3, -2, 0.5))),
        Call("convolve", (x, h)),
    ]


convolve = Task(
    "convolve",
    Criterion(
        "the sum is right for signals and kernels of every length and sign", 1, signals_and_kernels
    ),
    Criterion(
        "ValueError where K > D, or where x or h is empty or not one-dimensional",
        0.5,
        signals_or_kernels_that_do_not_fit,
    ),
    Criterion(
        "K = 1, K = D and integers work too; x and h are left as they are; no call changes another",
        0.5,
        shortest_longest_and_repeated,
        also=(leaves_arguments_alone, lasts),
    ),
    stand_ins={
        "convolve": """
def convolve(x, h):
    x, h = np.asarray(x, dtype=float), np.asarray(h, dtype=float)
    if x.ndim != 1 or h.ndim != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be one-dimensional, with 0 < K <= D")
    weights = h * np.arange(2, len(h) + 2)
    return np.array([weights @ x[k : k + len(h)] for k in range(len(x) - len(h) + 1)])
"""
    },
)


# convolution_matrix -------------------------------------------------------------------------------


def kernels_and_lengths(rng):
    def drawn(K, D):
        return Call("convolution_matrix", (rng.normal(size=K), D))

    return [
        Call("convolution_matrix", (array(1, 3), 3)),
        Call("convolution_matrix", (array(2, 1, -1), 4)),
        Call("convolution_matrix", (array(0, 3), 5)),
        Call("convolution_matrix", (array(1, 0, 0, 2), 7)),
        Call("convolution_matrix", (array(2, 2, 5), 7)),
        drawn(4, 5),
        drawn(3, 6),
        drawn(7, 9),
        drawn(5, 11),
        drawn(2, 12),
        drawn(6, 40),
    ]


def shortest_and_longest_kernels(rng):
    return [
        Call("convolution_matrix", (array(2), 1)),
        Call("convolution_matrix", (array(-3), 4)),
        Call("convolution_matrix", (array(1, 3), 2)),
        Call("convolution_matrix", (rng.normal(size=5), 5)),
        Call("convolution_matrix", (np.array([3, 1]), 4)),
        Call("convolution_matrix", (np.array([4, -7, 2, 1]), 6)),
        Call("convolution_matrix", (array(0, 0), 3)),
        Call("convolution_matrix", (rng.integers(1, 4, 129) * 0.375, 131)),
        Call("convolution_matrix", (rng.integers(-3, 4, 129), 131)),
        Call("convolution_matrix", (rng.normal(size=130), 130)),
    ]


def kernels_that_are_too_long(rng):
    return [
        Call("convolution_matrix", (array(1, 3), 1)),
        Call("convolution_matrix", (array(1, 3, 2), 2)),
        Call("convolution_matrix", (array(2, 1, 4, 3), 2)),
        Call("convolution_matrix", (rng.normal(size=8), 3)),
        Call("convolution_matrix", (rng.normal(size=132), 131)),
    ]


def kernels_that_are_no_vectors(rng):
    return [
        Call("convolution_matrix", (array(), 1)),
        Call("convolution_matrix", (array(), 4)),
        Call("convolution_matrix", (array(), 131)),
        Call("convolution_matrix", (array(5).reshape(1, 1), 1)),
        Call("convolution_matrix", (array(5).reshape(1, 1), 3)),
        Call("convolution_matrix", (array(1, 3).reshape(1, 2), 4)),
        Call("convolution_matrix", (array(1, 3).reshape(2, 1), 4)),
        Call("convolution_matrix", (rng.normal(size=(2, 2)), 6)),
        Call("convolution_matrix", (rng.normal(size=(3, 2)), 8)),
        Call("convolution_matrix", (rng.normal(size=(70, 2)), 75)),
        Call("convolution_matrix", (rng.normal(size=(1, 70)), 75)),
    ]


def kernels_of_equal_length(rng):
    h, other = array(2, -1, 4.5), rng.normal(size=3)
    return [
        Call("convolution_matrix", (h, 10)),
        Call("convolution_matrix", (other, 10)),
        Call("convolution_matrix", (other, 9)),
        Call("convolution_matrix", (h, 10)),
        # The sum stays.
        Call("convolution_matrix", (h[::-1].copy(), 10)),
        Call("convolution_matrix", (array(2, 1, 2.5), 10)),
        Call("convolution_matrix", (rng.normal(size=7), 9)),
        Call("convolution_matrix", (rng.normal(size=7), 9)),
        Call("convolution_matrix", (h, 10)),
    ]


convolution_matrix = Task(
    "convolution_matrix",
    Criterion("W_h @ x is the convolution, for kernels of every length", 2, kernels_and_lengths),
    Criterion(
        "the shortest kernels (K = 1), the longest (K = D) and integer kernels work too",
        0.5,
        shortest_and_longest_kernels,
    ),
    Criterion("ValueError where K > D", 0.5, kernels_that_are_too_long),
    Criterion(
        "ValueError where h is empty or not one-dimensional", 0.5, kernels_that_are_no_vectors
    ),
    Criterion(
        "h is left as it is, and no call changes what another returned",
        0.5,
        kernels_of_equal_length,
        also=(leaves_arguments_alone, lasts),
    ),
    uses=("convolve",),
    on_top_of={
        "convolve": """
def convolution_matrix(h, D):
    h = np.asarray(h)
    if h.ndim != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be one-dimensional, with 0 < K <= D")
    return np.stack([convolve(unit, h) for unit in np.eye(D)], axis=1)
"""
    },
    stand_ins={
        "convolution_matrix": """
def convolution_matrix(h, D):
    h = np.asarray(h, dtype=float)
    if h.ndim != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be one-dimensional, with 0 < K <= D")
    weights = h * np.arange(2, len(h) + 2)
    W = np.zeros((D - len(h) + 1, D))
    for k in range(len(W)):
        W[k, k : k + len(h)] = weights
    return W
"""
    },
)


# count_parameters ---------------------------------------------------------------------------------


def sizes(rng):
    drawn = [(int(D), int(rng.integers(3, D - 2))) for D in rng.integers(20, 200, size=3)]
    return [
        (3, 2),
        (4, 1),
        (5, 3),
        (6, 6),
        (1, 1),
        (7, 2),
        (10, 6),
        (12, 9),
        *drawn,
        (300, 7),
        (65, 64),
        (1030, 1025),
    ]


def dense_layers(rng):
    return [Call("count_dense_parameters", size) for size in sizes(rng)]


def convolutional_layers(rng):
    return [Call("count_convolution_parameters", size) for size in sizes(rng)]


count_parameters = Task(
    "count_parameters",
    Criterion("the dense layer's free parameters", 1, dense_layers, on_its_own=True),
    Criterion(
        "the convolutional layer's free parameters", 1, convolutional_layers, on_its_own=True
    ),
    functions=("count_dense_parameters", "count_convolution_parameters"),
    uses=("convolution_matrix",),
    stand_ins={
        "count_dense_parameters": "def count_dense_parameters(D, K):\n    return D * D + 3 * K\n",
        "count_convolution_parameters": (
            "def count_convolution_parameters(D, K):\n    return D + 2 * K\n"
        ),
    },
)
