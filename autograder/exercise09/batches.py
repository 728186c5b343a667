"""Batches to ask about, and calls made of them, for the hidden tests of the notebook `batch_norm`.

The batches of the first criteria spread over thousands: an epsilon as libraries add it is far below
their tolerance there, so that it costs what its own criterion is worth, and not the whole task.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.random import Generator

from autograder.exercise.tasks import Call, Function

TANH = Function("np.tanh")
RELU = Function("lambda a: np.maximum(a, 0.0)")
SINE = Function("np.sin")
BOWL = Function("lambda a: a**2 + 0.5 * a")
LINEAR = Function("lambda a: 3.0 * a - 1.0")

Calls: TypeAlias = Callable[[Generator], list[Call]]
Batches: TypeAlias = Callable[[Generator], list[np.ndarray]]
Network: TypeAlias = tuple[np.ndarray, float, float, Function]
"""x, w1, w2 and phi."""

Networks: TypeAlias = Callable[[Generator], list[Network]]

MANY = 1030
"""More examples than a threshold or a power of two that an answer may have in it."""


def whole(rng: Generator, B: int, d: int) -> np.ndarray:
    """A batch of round numbers: each feature with a mean of its own, none of them constant."""
    H: np.ndarray = rng.integers(-40, 41, (B, d)) + 10 * rng.integers(-5, 6, d)
    H[0] = H[1] + rng.integers(15, 35, d) * rng.choice([-1, 1], d)
    return 100.0 * H


def spread(rng: Generator, B: int, d: int) -> np.ndarray:
    """The same with digits after the point, which nobody may cut off."""
    H = whole(rng, B, d)
    H += rng.integers(-45, 46, (B, d))
    H += rng.choice([0.25, 0.5, 0.75], (B, d))
    return H


def batches(rng: Generator) -> list[np.ndarray]:
    """More examples than features and fewer, means near 0, equal examples, an outlier."""
    with_equal_rows = spread(rng, 5, 3)
    with_equal_rows[3] = with_equal_rows[4] = with_equal_rows[1]
    # The outlier lies beyond any sensible clipping, and behind the first 64 examples.
    with_outlier = spread(rng, 80, 3)
    with_outlier[70] += np.array([90_000.0, 0.0, -60_000.0])
    return [
        np.array([[1000.0, 4000.0], [3000.0, -2000.0], [8000.0, 7000.0]]),
        np.array([[300.5, -100.0], [-500.0, 400.75], [205.5, -294.75]]),
        with_equal_rows,
        spread(rng, 3, 5),
        spread(rng, 4, 4),
        spread(rng, 6, 30),
        with_outlier,
    ]


def smallest_batches(rng: Generator) -> list[np.ndarray]:
    """Two examples, one feature, both; integers whose means are not integers."""
    return [
        np.array([[2000.0], [7000.0]]),
        np.array([[1000.0, -3000.0, 5000.0], [5000.0, 9000.0, 4000.0]]),
        spread(rng, 7, 1),
        spread(rng, 2, 20),
        np.array([[100, 401], [301, -200], [800, 701]]),
        whole(rng, 4, 3).astype(int) + np.array([[0], [0], [0], [1]]),
    ]


def odd_batches(rng: Generator) -> list[np.ndarray]:
    """Ties, zeros, examples that are the mean, many features, many examples, a far outlier."""
    with_outlier = spread(rng, MANY, 2)
    with_outlier[700] += np.array([9e6, -9e6])
    return [
        np.array([[1000.0, 400.5], [1000.0, 400.5], [2500.0, -300.0], [100.0, 700.0]]),
        np.array([[500.0, 0.0], [200.0, 0.0], [800.0, -300.0], [500.0, 0.0]]),
        np.array([[0.0, -700.0], [0.0, 700.0], [0.0, 0.0], [0.0, 0.0], [900.0, 0.0]]),
        spread(rng, 5, 3)[[0, 1, 2, 3, 4, 0]],
        spread(rng, 3, 130),
        with_outlier,
        whole(rng, MANY, 2).astype(int) + np.eye(MANY, 2, dtype=int),
    ]


def fine_batches(rng: Generator) -> list[np.ndarray]:
    """Deviations far below any epsilon (their squares are still normal in single precision), and
    deviations far below others, or below the mean: there the difference of two large squares is
    lost to rounding."""
    base = np.array([[1.0, 4.0], [3.0, -2.0], [8.0, 7.0], [2.0, -5.0]])
    return [
        base * 1e-3,
        base * 1e-6,
        base * 1e-9,
        base * 1e-17,
        # Values so near to the mean that nobody may take them for it.
        np.array([[1000.0, -3000.0], [-1000.0, 3000.0], [0.002, 0.003], [-0.001, 0.004]]),
        spread(rng, 5, 3) * 1e-20,
        spread(rng, 40, 5) * 1e-17,
        far_from_zero(rng, 6, 3, size=4e3),
        far_from_zero(rng, 5, 4),
        far_from_zero(rng, 7, 6),
    ]


def far_from_zero(rng: Generator, B: int, d: int, size: float = 8e7) -> np.ndarray:
    """Deviations of a few units from means of about 80 million.

    There the difference of two large squares is wrong by percents, and yet single precision, whose
    steps are 8 wide there, does not see a constant feature. In single precision that difference is
    wrong by percents already at means of some thousands.
    """
    steps = rng.permuted(np.tile(np.linspace(-5.3, 4.9, B)[:, np.newaxis], d), axis=0)
    H: np.ndarray = rng.choice([-1, 1], d) * (size + 10.0 * rng.integers(-99, 99, d) + steps)
    return H


def batches_that_look_alike(rng: Generator) -> list[np.ndarray]:
    """One batch three times, with others between that have its shape, sums, bytes, ends or text."""
    first, second = whole(rng, 6, 7), whole(rng, 6, 7)
    same_sum = first.copy()
    same_sum[2, 3] += 700.0
    same_sum[4, 1] -= 700.0
    many = spread(rng, 130, 8)
    same_ends = many.copy()
    same_ends[70] += 4000.0  # the text of so many numbers is that of the first and last ones
    return [
        first,
        second,
        first[::-1, ::-1],
        same_sum,
        first,
        first.reshape(7, 6),
        many,
        same_ends,
        spread(rng, 4, 2),
        spread(rng, 2, 3),
        spread(rng, 5, 1),
        first,
    ]


def on_batches(function: str, *makers: Batches) -> Calls:
    """Calls with a batch as the only argument."""

    def calls(rng: Generator) -> list[Call]:
        return [Call(function, (H,)) for maker in makers for H in maker(rng)]

    return calls


def on_rescaled_batches(
    function: str, *makers: Batches, zeros: bool = False, small: bool = False
) -> Calls:
    """Calls with a batch and a gamma and theta for each of its features.

    Both are of both signs. At the end the first call comes once more: it has to give the same.

    Args:
        function: which function.
        makers: make the batches.
        zeros: whether further calls have gammas of 0, thetas of 0, both, large ones, and integers.
        small: whether a further call has gammas and thetas far below any rounding to decimals.
    """

    def calls(rng: Generator) -> list[Call]:
        drawn = [H for maker in makers for H in maker(rng)]
        made = [Call(function, (H, *scale_and_shift(rng, H))) for H in drawn]
        H = spread(rng, 4, 6)
        gamma, theta = scale_and_shift(rng, H)
        if zeros:
            some = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 1.0])
            whole_numbers = np.array([2, -1, 3, -4, 1, 5])
            made += [
                Call(function, (H, some * gamma, theta)),
                Call(function, (H, gamma, some[::-1] * theta)),
                Call(function, (H, 0.0 * gamma, theta)),
                Call(function, (H, gamma, 0.0 * theta)),
                Call(function, (H, 0.0 * gamma, 0.0 * theta)),
                Call(function, (H, 300.0 * gamma, 2000.0 * theta)),
                Call(function, (spread(rng, 30, 6), some * gamma, some[::-1] * theta)),
                Call(function, (H, whole_numbers, theta)),
                Call(function, (whole(rng, 5, 6).astype(int), gamma, whole_numbers)),
            ]
        if small:
            made.append(Call(function, (H, 1e-9 * gamma, 1e-9 * theta)))
        return [*made, made[0]]

    return calls


def scale_and_shift(rng: Generator, H: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    d = H.shape[1]
    gamma = rng.permutation(np.resize([-3, 1, 5, -2, 2, 4], d))
    theta = rng.permutation(np.resize([3, -4, 6, 2, -5, -1], d))
    return (gamma, theta) if H.dtype.kind == "i" else (gamma + 0.5, theta - 0.5)


def networks_on_batches(rng: Generator) -> list[Network]:
    """(x, w1, w2, phi): weights of both signs and every size, several phi."""

    def x(B: int) -> np.ndarray:
        return spread(rng, B, 1)[:, 0]

    with_outlier = x(80)
    with_outlier[70] += 90_000.0
    return [
        (np.array([1000.0, 3000.0, 8000.0]), 2.0, 3.0, TANH),
        (np.array([2000.0, -1000.0, 7000.0, 4000.0]), -0.5, 1.5, TANH),
        (x(5), 3.0, -2.0, RELU),
        (x(4), -2.5, 4.0, SINE),
        (x(6), 0.75, 2.5, BOWL),
        (x(7), -4.0, -1.5, BOWL),
        (with_outlier, -1.5, 0.5, LINEAR),
    ]


def smallest_and_finest_networks(rng: Generator) -> list[Network]:
    """Two examples, integers, pre-activations and outputs close together, inputs far from 0."""
    x = np.array([1000.0, 3000.0, 8000.0, -2000.0])
    return [
        (np.array([2000.0, 7000.0]), -3.0, 2.0, TANH),
        (np.array([1000, 3001, 8000]), 2, -3, TANH),
        (x, 1e-6, 3.0, TANH),
        (x, -1e-9, 2.0, LINEAR),
        (x * 1e-12, 2.0, 1.5, TANH),
        (x, -1e-20, 2.5, SINE),
        (np.array([1000.0, -1000.0, 0.002, -0.001]), 1.5, 2.0, RELU),
        (spread(rng, MANY, 1)[:, 0], 1e-18, 2.0, TANH),
        (x, 0.5, 1e-9, TANH),
        (far_from_zero(rng, 8, 1, size=4e3)[:, 0], -0.5, 3.0, LINEAR),
        (far_from_zero(rng, 4, 1)[:, 0], 1.5, -2.0, LINEAR),
        (far_from_zero(rng, 7, 1)[:, 0], -2.5, 3.0, LINEAR),
    ]


def odd_networks(rng: Generator) -> list[Network]:
    """Integers with weights that are none, ties, zeros, large weights, w2 = 0, many examples."""
    return [
        (np.array([1, 4, 2, 9]), 0.5, 2.0, LINEAR),
        (np.array([3, -4, 8, 5, 1]), -0.3, 1.5, TANH),
        (np.array([0.25, -4.5, 8.0]), 3, -2, SINE),
        (np.array([700.0, 700.0, -200.5, 100.0]), -2.0, 3.0, TANH),
        (np.array([500.0, 0.0, 200.0, 800.0, 1000.0, 500.0]), 1.5, -2.0, BOWL),
        (np.array([0.0, 0.0, 0.0, 900.0]), -1.5, 2.0, RELU),
        (np.array([6.0, -2.5, 1.0, 3.5]), 150.0, -40.0, BOWL),
        (np.array([6.0, -2.5, 1.0, 3.5]), 1.5, 0.0, TANH),
        (spread(rng, MANY, 1)[:, 0], -0.75, -2.0, SINE),
        (whole(rng, MANY, 1)[:, 0].astype(int) + np.arange(MANY), 0.3, 2.0, TANH),
    ]


def networks_that_look_alike(rng: Generator) -> list[Network]:
    """One network on one batch three times, between others of the same size, sum, ends or text."""
    first, second = whole(rng, 9, 2).T
    same_sum = first.copy()
    same_sum[3] += 700.0
    same_sum[5] -= 700.0
    many = spread(rng, 1030, 1)[:, 0]
    same_ends = many.copy()
    same_ends[500] += 4000.0  # the text of so many numbers is that of the first and last ones
    return [
        (first, 2.0, 3.0, TANH),
        (second, 2.0, 3.0, TANH),
        (first, -1.5, 2.0, SINE),
        (first[::-1].copy(), 2.0, 3.0, TANH),
        (same_sum, 2.0, 3.0, TANH),
        (first, 2.0, 3.0, SINE),
        (first, 2.0, -1.0, TANH),
        (first, -2.0, 3.0, TANH),
        (second[:4], -0.5, 1.5, RELU),
        (many, 2.0, 3.0, TANH),
        (same_ends, 2.0, 3.0, TANH),
        (first, 2.0, 3.0, TANH),
    ]


def on_networks(*makers: Networks) -> Calls:
    """Calls of `network_standardized`."""

    def calls(rng: Generator) -> list[Call]:
        return [
            Call("network_standardized", arguments) for maker in makers for arguments in maker(rng)
        ]

    return calls


def on_rescaled_networks(*makers: Networks, zeros: bool = False) -> Calls:
    """Calls of `network_batch_norm`: gamma and theta of both signs, one pair for each batch.

    Args:
        makers: make the networks.
        zeros: whether further calls have a gamma of 0, a theta of 0, both, large ones, integers.
    """
    scales = [(1.5, 0.5), (-2.0, 1.25), (0.5, -3.0), (3.0, 0.75), (-0.25, -1.5)]

    def calls(rng: Generator) -> list[Call]:
        made: list[Call] = []
        batches_so_far: dict[int, int] = {}
        for x, w1, w2, phi in [network for maker in makers for network in maker(rng)]:
            # Where networks look alike, gamma and theta do not tell them apart.
            number = batches_so_far.setdefault(id(x), len(batches_so_far))
            gamma, theta = scales[number % len(scales)]
            if x.dtype.kind == "i" and isinstance(w1, int):
                gamma, theta = -2, 1
            made.append(Call("network_batch_norm", (x, w1, w2, gamma, theta, phi)))
        if zeros:
            x, many = spread(rng, 5, 1)[:, 0], spread(rng, 130, 1)[:, 0]
            made += [
                Call("network_batch_norm", (batch, -1.5, 2.0, gamma, theta, phi))
                for batch, gamma, theta, phi in [
                    (x, 0.0, 2.0, SINE),
                    (x, -0.75, 0.0, SINE),
                    (x, 0.0, 0.0, SINE),
                    (x, 2, -1, SINE),
                    (x, 3, 0.5, SINE),
                    (x, 125.0, -90.0, LINEAR),
                    (many, 0.0, 2.0, SINE),
                    (many, -0.75, 0.0, SINE),
                ]
            ]
        return made

    return calls
