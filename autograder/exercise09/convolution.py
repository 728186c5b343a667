"""Hidden tests of the notebook `convolution`: Problem 1, convolutions as dense operations.

The shapes (D, K) of a criterion's cases differ from each other, but for those that look whether an
answer remembers an earlier call. None is that of a visible check, which an answer may remember.
Kernels are never symmetric, so that a missing flip shows; some hold zeros or a value twice, so that
an answer that looks entries up by value shows.
"""

import numpy as np
from numpy.random import Generator

from autograder.exercise.calls import Reply
from autograder.exercise.tasks import Call, Criterion, Finding, Task
from autograder.judge.checks import lasts, leaves_arguments_alone
from autograder.judge.compare import DOUBLE, numbers
from autograder.judge.diagnose import diagnose


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


LONG = 1030
"""Longer than any power of two, length of a transform or threshold that people write."""


# convolve -----------------------------------------------------------------------------------------


def signals_and_kernels(rng: Generator) -> list[Call]:
    def drawn(D: int, K: int, scale: float = 1.0) -> Call:
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


def signals_or_kernels_that_do_not_fit(rng: Generator) -> list[Call]:
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


def shortest_longest_and_repeated(rng: Generator) -> list[Call]:
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
        # The sums and the ends stay.
        Call("convolve", (x[[0, 1, 2, 6, 4, 5, 3, 7, 8, 9]], h)),
        Call("convolve", (x, array(2, -1, 3, 5, 4))),
        Call("convolve", (x, array(2, 5, 3, -1, 4))),
        Call("convolve", (x, array(0, 2, 1))),
        Call("convolve", (x, array(2, -1, 0))),
        Call("convolve", (array(0, 0, 0, 2, 0), array(0, 1))),
        Call("convolve", (array(1, 2, 4, 3, 0), array(0, 0))),
        Call("convolve", (rng.normal(size=140), rng.normal(size=131))),
        Call("convolve", (rng.normal(size=140), array(-2))),
        Call("convolve", (rng.integers(-9, 10, 140) * (rng.random(140) < 0.5), array(0, 0.5, -2))),
        Call("convolve", (long, array(1, 3, -2, 0.5))),
        Call("convolve", (same_ends, array(1, 3, -2, 0.5))),
        # Far below and above what people round to or cut at, and what sums up to nothing.
        Call("convolve", (1e-9 * rng.normal(size=13), rng.normal(size=3))),
        Call("convolve", (1e7 * rng.normal(size=7), 1e3 * rng.normal(size=4))),
        Call("convolve", (array(4, 1, -2, 3, 5, 2, -6), array(1, 0, -1))),
        Call("convolve", (array(2, -3, 5, -4), array(3, 1))),
        Call("convolve", (np.array([300, -70_000, 40_000, 9]), np.array([200, 90_000, -1]))),
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


def kernels_and_lengths(rng: Generator) -> list[Call]:
    def drawn(K: int, D: int) -> Call:
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


def shortest_and_longest_kernels(rng: Generator) -> list[Call]:
    return [
        Call("convolution_matrix", (array(2), 1)),
        Call("convolution_matrix", (array(-3), 4)),
        Call("convolution_matrix", (array(1, 3), 2)),
        Call("convolution_matrix", (rng.normal(size=5), 5)),
        Call("convolution_matrix", (np.array([3, 1]), 4)),
        Call("convolution_matrix", (np.array([4, -7, 2, 1]), 6)),
        Call("convolution_matrix", (array(0, 0), 3)),
        Call("convolution_matrix", (array(1, 3, 0), 6)),
        Call("convolution_matrix", (rng.integers(1, 4, 129) * 0.375, 131)),
        Call("convolution_matrix", (rng.integers(-3, 4, 129), 131)),
        Call("convolution_matrix", (rng.normal(size=130), 130)),
        # Many rows, many columns, entries that fit into no small type, and a sum of 0.
        Call("convolution_matrix", (array(2, -1, 3), 132)),
        Call("convolution_matrix", (rng.normal(size=515), 517)),
        Call("convolution_matrix", (np.array([300, -70_000, 3_000_000_000]), 7)),
        Call("convolution_matrix", (array(1e-9, -3e-9, 2e-10), 6)),
        Call("convolution_matrix", (array(4e9, 1e9, -5e9), 4)),
    ]


def kernels_that_are_too_long(rng: Generator) -> list[Call]:
    return [
        Call("convolution_matrix", (array(1, 3), 1)),
        Call("convolution_matrix", (array(1, 3, 2), 2)),
        Call("convolution_matrix", (array(2, 1, 4, 3), 2)),
        Call("convolution_matrix", (rng.normal(size=8), 3)),
        Call("convolution_matrix", (rng.normal(size=132), 131)),
    ]


def kernels_that_are_no_vectors(rng: Generator) -> list[Call]:
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


def kernels_of_equal_length(rng: Generator) -> list[Call]:
    h, other = array(2, -1, 4.5), rng.normal(size=3)
    return [
        Call("convolution_matrix", (h, 10)),
        Call("convolution_matrix", (other, 10)),
        Call("convolution_matrix", (other, 9)),
        Call("convolution_matrix", (h, 10)),
        # The sum stays.
        Call("convolution_matrix", (h[::-1].copy(), 10)),
        Call("convolution_matrix", (array(2, 1, 2.5), 10)),
        # The sum and the ends stay.
        Call("convolution_matrix", (array(2, -1, 3, 4.5), 9)),
        Call("convolution_matrix", (array(2, 3, -1, 4.5), 9)),
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


def sizes(rng: Generator) -> list[tuple[int, int]]:
    drawn = [(int(D), int(rng.integers(3, D - 2))) for D in rng.integers(20, 200, size=3)]
    return [
        *((D, K) for D in range(1, 7) for K in range(1, D + 1)),
        (7, 2),
        (10, 6),
        (10, 3),
        (12, 9),
        *drawn,
        (65, 64),
        (1030, 1025),
        (1030, 30),
    ]


def dense_layers(rng: Generator) -> list[Call]:
    return [Call("count_dense_parameters", size) for size in sizes(rng)]


def convolutional_layers(rng: Generator) -> list[Call]:
    return [Call("count_convolution_parameters", size) for size in sizes(rng)]


def whole_number(call: Call, reply: Reply, expected: Reply) -> Finding | None:
    """A number that counts something, and is of a type that can do nothing else."""
    number = numbers(reply.value) if reply.returned else None
    if number is not None and number.ndim == 0 and number.dtype.kind == "f":
        return Finding("it must be a whole number (int), yours is a float")
    return diagnose(reply, expected, DOUBLE)


count_parameters = Task(
    "count_parameters",
    Criterion("the dense layer's free parameters", 1, dense_layers, on_its_own=True),
    Criterion(
        "the convolutional layer's free parameters", 1, convolutional_layers, on_its_own=True
    ),
    Criterion(
        "both numbers are whole numbers (int), as the visible check asks: "
        "without it, at most half of the points",
        0,
        lambda rng: [
            Call("count_dense_parameters", (7, 3)),
            Call("count_convolution_parameters", (7, 3)),
        ],
        check=whole_number,
        at_most=0.5,
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
