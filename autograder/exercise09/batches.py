"""Batches to ask about, and calls made of them, for the hidden tests of the notebook `batch_norm`.

The batches of the first criteria spread over thousands: an epsilon as libraries add it is far below
the tolerance there, so that it costs what its own criterion is worth, and not the whole task.
"""

import numpy as np

from autograder.exercise.tasks import Call, Function

TANH = Function("np.tanh")
RELU = Function("lambda a: np.maximum(a, 0.0)")
SINE = Function("np.sin")
BOWL = Function("lambda a: a**2 + 0.5 * a")
LINEAR = Function("lambda a: 3.0 * a - 1.0")


def spread(rng, B: int, d: int) -> np.ndarray:
    """A batch of round numbers: each feature with a mean of its own, none of them constant."""
    H = rng.integers(-40, 41, (B, d)) + 10 * rng.integers(-5, 6, d)
    H[0] = H[1] + rng.integers(15, 35, d) * rng.choice([-1, 1], d)
    return 100.0 * H


def batches(rng) -> list[np.ndarray]:
    """More examples than features and fewer, means near 0, equal examples, an outlier."""
    with_equal_rows = spread(rng, 5, 3)
    with_equal_rows[3] = with_equal_rows[4] = with_equal_rows[1]
    # The outlier lies beyond any sensible clipping, and behind the first 64 examples.
    with_outlier = spread(rng, 80, 3)
    with_outlier[70] += np.array([90_000.0, 0.0, -60_000.0])
    return [
        np.array([[1000.0, 4000.0], [3000.0, -2000.0], [8000.0, 7000.0]]),
        np.array([[300.0, -100.0], [-500.0, 400.0], [202.0, -298.0]]),
        with_equal_rows,
        spread(rng, 3, 5),
        spread(rng, 4, 4),
        spread(rng, 6, 30),
        with_outlier,
    ]


def smallest_batches(rng) -> list[np.ndarray]:
    """Two examples, one feature, both; integers whose means are not integers."""
    return [
        np.array([[2000.0], [7000.0]]),
        np.array([[1000.0, -3000.0, 5000.0], [5000.0, 9000.0, 4000.0]]),
        spread(rng, 7, 1),
        spread(rng, 2, 20),
        np.array([[100, 401], [301, -200], [800, 701]]),
        spread(rng, 4, 3).astype(int) + np.array([[0], [0], [0], [1]]),
    ]


def fine_batches(rng) -> list[np.ndarray]:
    """Deviations far below any epsilon (their squares are still normal in single precision), and
    deviations far below the mean: there the difference of two large squares is lost to rounding."""
    base = np.array([[1.0, 4.0], [3.0, -2.0], [8.0, 7.0], [2.0, -5.0]])
    return [
        base * 1e-3,
        base * 1e-6,
        base * 1e-9,
        base * 1e-17,
        spread(rng, 5, 3) * 1e-20,
        far_from_zero(rng, 6, 3, size=4e3),
        far_from_zero(rng, 5, 4),
        far_from_zero(rng, 7, 6),
    ]


def far_from_zero(rng, B: int, d: int, size: float = 8e7) -> np.ndarray:
    """Deviations of a few units from means of about 80 million.

    There the difference of two large squares is wrong by percents, and yet single precision, whose
    steps are 8 wide there, does not see a constant feature. In single precision that difference is
    wrong by percents already at means of some thousands.
    """
    steps = rng.permuted(np.tile(np.linspace(-5.3, 4.9, B)[:, np.newaxis], d), axis=0)
    return rng.choice([-1, 1], d) * (size + 10.0 * rng.integers(-99, 99, d) + steps)


def batches_of_one_shape(rng) -> list[np.ndarray]:
    """One batch three times, with others between, most of the same shape."""
    first, second, third = (spread(rng, 6, 7) for _ in range(3))
    return [first, second, first, third, spread(rng, 4, 2), first]


def on_batches(function: str, *makers):
    """Calls with a batch as the only argument."""

    def calls(rng) -> list[Call]:
        return [Call(function, (H,)) for maker in makers for H in maker(rng)]

    return calls


def on_rescaled_batches(function: str, *makers):
    """Calls with a batch and a gamma and theta for each of its features.

    Both are of both signs. Where there are five features or more, one gamma is 0. In the last calls
    all gammas are 0, or all gammas and thetas far below any rounding to decimals.
    """

    def calls(rng) -> list[Call]:
        drawn = [H for maker in makers for H in maker(rng)]
        made = [Call(function, (H, *scale_and_shift(rng, H))) for H in drawn]
        gamma, theta = scale_and_shift(rng, drawn[1])
        made.append(Call(function, (drawn[1], 0.0 * gamma, theta)))
        made.append(Call(function, (drawn[1], 1e-9 * gamma, 1e-9 * theta)))
        return made

    return calls


def scale_and_shift(rng, H: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    d = H.shape[1]
    gamma = rng.permutation(np.resize([-3, 1, 5, -2, 0, 4], d))
    theta = rng.permutation(np.resize([3, -4, 6, 2, -5, -1], d))
    return (gamma, theta) if H.dtype.kind == "i" else (gamma + 0.5 * (gamma != 0), theta - 0.5)


def networks_on_batches(rng) -> list[tuple]:
    """(x, w1, w2, phi): weights of both signs and every size, several phi."""

    def x(B):
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


def smallest_and_finest_networks(rng) -> list[tuple]:
    """Two examples, integers, pre-activations and outputs close together, inputs far from 0."""
    x = np.array([1000.0, 3000.0, 8000.0, -2000.0])
    return [
        (np.array([2000.0, 7000.0]), -3.0, 2.0, TANH),
        (np.array([1000, 3001, 8000]), 2, -3, TANH),
        (x, 1e-6, 3.0, TANH),
        (x, -1e-9, 2.0, LINEAR),
        (x * 1e-12, 2.0, 1.5, TANH),
        (x, -1e-20, 2.5, SINE),
        (x, 0.5, 1e-9, TANH),
        (far_from_zero(rng, 8, 1, size=4e3)[:, 0], -0.5, 3.0, LINEAR),
        (far_from_zero(rng, 4, 1)[:, 0], 1.5, -2.0, LINEAR),
        (far_from_zero(rng, 7, 1)[:, 0], -2.5, 3.0, LINEAR),
    ]


def networks_of_one_size(rng) -> list[tuple]:
    """One network on one batch three times, with others between."""
    first, second = spread(rng, 9, 2).T
    return [
        (first, 2.0, 3.0, TANH),
        (second, 2.0, 3.0, TANH),
        (first, -1.5, 2.0, SINE),
        (first, 2.0, 3.0, TANH),
        (second[:4], -0.5, 1.5, RELU),
        (first, 2.0, 3.0, TANH),
    ]


def on_networks(maker):
    """Calls of `network_standardized`."""

    def calls(rng) -> list[Call]:
        return [Call("network_standardized", arguments) for arguments in maker(rng)]

    return calls


def on_rescaled_networks(maker):
    """Calls of `network_batch_norm`: gamma and theta of both signs and zero."""
    scales = [(1.5, 0.5), (-2.0, 1.25), (0.5, -3.0), (3.0, 0.75), (-0.25, -1.5), (0.0, 2.0)]

    def calls(rng) -> list[Call]:
        made = []
        for x, w1, w2, phi in maker(rng):
            gamma, theta = scales[len(made) % len(scales)]
            if x.dtype.kind == "i":
                gamma, theta = -2, 1
            made.append(Call("network_batch_norm", (x, w1, w2, gamma, theta, phi)))
        return made

    return calls
