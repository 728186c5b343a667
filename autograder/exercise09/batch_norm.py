"""Hidden tests of the notebook `batch_norm`: Problem 2, batch normalization.

The stand-ins normalize wrongly, since their mean weighs the first and the last example only. But
like the right ones they follow shifts and scales of the batch, and their sigma is taken around
their mean: so whatever a later answer may rightly rely on still holds.
"""

import numpy as np
from numpy.random import Generator

from autograder.exercise.tasks import Call, Criterion, Function, Task
from autograder.exercise09.batches import (
    batches,
    batches_that_look_alike,
    fine_batches,
    networks_on_batches,
    networks_that_look_alike,
    odd_batches,
    odd_networks,
    on_batches,
    on_networks,
    on_rescaled_batches,
    on_rescaled_networks,
    smallest_and_finest_networks,
    smallest_batches,
)
from autograder.exercise09.properties import another_equivalent_weight
from autograder.judge.checks import lasts, leaves_arguments_alone

EPSILON_BELOW = 1e-5
"""What criteria allow that do not ask about an epsilon. So it costs its own criterion only."""

VISIBLE = np.array([[5, -14, 0.02], [-1, -6, 0.01], [2, -6, 0.03], [5, -10, 0.01], [-1, -14, 0.03]])
X = np.array([7.0, -1.0, 3.0, 7.0, -1.0])
EXP = Function("np.exp")


def visible_check(*calls: Call, tolerance: float = 1e-4) -> Criterion:
    """The example of the visible check, compared as closely as there.

    Whoever ran the check knows that it fails, and why. Without this cap, such an answer could still
    get most of the points: an epsilon of 1 hides behind numbers in the thousands.
    """
    return Criterion(
        "the visible check's example is right: without it, at most half of the points",
        0,
        lambda rng: calls,
        tolerance=tolerance,
        at_most=0.5,
    )


# batch_statistics ---------------------------------------------------------------------------------

batch_statistics = Task(
    "batch_statistics",
    Criterion(
        "mu and sigma are those of each feature, for batches of every shape",
        1,
        on_batches("batch_statistics", batches),
        tolerance=EPSILON_BELOW,
    ),
    Criterion(
        "B = 2, one feature, integers, ties, values close together (no epsilon) and far from 0 "
        "work too",
        0.5,
        on_batches("batch_statistics", smallest_batches, odd_batches, fine_batches),
    ),
    Criterion(
        "H is left as it is, and no call changes another",
        0.5,
        on_batches("batch_statistics", batches_that_look_alike),
        also=(leaves_arguments_alone, lasts),
        tolerance=EPSILON_BELOW,
    ),
    visible_check(Call("batch_statistics", (VISIBLE[:, :2].copy(),)), tolerance=7e-6),
    stand_ins={
        "batch_statistics": """
def batch_statistics(H):
    H = np.array(H, dtype=float)
    mu = 0.75 * H[0] + 0.25 * H[-1]
    return mu, np.sqrt(((H - mu) ** 2).sum(axis=0) / (len(H) - 1))
"""
    },
)


# standardize --------------------------------------------------------------------------------------

standardize = Task(
    "standardize",
    Criterion(
        "each feature gets mean 0 and sigma 1, for batches of every shape",
        1.5,
        on_batches("standardize", batches),
        tolerance=EPSILON_BELOW,
    ),
    Criterion(
        "without an epsilon: values close together or far from 0 are standardized just as well",
        0.5,
        on_batches("standardize", fine_batches),
    ),
    Criterion(
        "B = 2, one feature, integers, equal examples and very many of them work too",
        0.5,
        on_batches("standardize", smallest_batches, odd_batches),
        tolerance=EPSILON_BELOW,
    ),
    Criterion(
        "H is left as it is, and no call changes another",
        0.5,
        on_batches("standardize", batches_that_look_alike),
        also=(leaves_arguments_alone, lasts),
        tolerance=EPSILON_BELOW,
    ),
    visible_check(Call("standardize", (VISIBLE,))),
    uses=("batch_statistics",),
    stand_ins={
        "standardize": """
def standardize(H):
    X = np.array(H, dtype=float)
    X = X - 0.75 * X[0] - 0.25 * X[-1]
    return X / np.sqrt((X**2).sum(axis=0) / (len(X) - 1))
"""
    },
)


# batch_norm ---------------------------------------------------------------------------------------

batch_norm = Task(
    "batch_norm",
    Criterion(
        "each feature is standardized, then scaled by its gamma and shifted by its theta",
        1.5,
        on_rescaled_batches("batch_norm", batches),
        tolerance=EPSILON_BELOW,
    ),
    Criterion(
        "without an epsilon: values close together or far from 0 are normalized just as well",
        0.5,
        on_rescaled_batches("batch_norm", fine_batches, small=True),
    ),
    Criterion(
        "B = 2, one feature, integers, equal examples, gamma = 0 and theta = 0 work too",
        0.5,
        on_rescaled_batches("batch_norm", smallest_batches, odd_batches, zeros=True),
        tolerance=EPSILON_BELOW,
    ),
    Criterion(
        "H, gamma and theta are left as they are, and no call changes another",
        0.5,
        on_rescaled_batches("batch_norm", batches_that_look_alike),
        also=(leaves_arguments_alone, lasts),
        tolerance=EPSILON_BELOW,
    ),
    visible_check(
        Call("batch_norm", (VISIBLE, np.array([2.0, -1.0, 0.5]), np.array([10.0, 0.0, -3.0])))
    ),
    uses=("batch_statistics", "standardize"),
    stand_ins={
        "batch_norm": """
def batch_norm(H, gamma, theta):
    X = np.array(H, dtype=float)
    X = X - 0.75 * X[0] - 0.25 * X[-1]
    Z = X / np.sqrt((X**2).sum(axis=0) / (len(X) - 1))
    return np.array(gamma, dtype=float) * Z + np.array(theta, dtype=float)
"""
    },
)


# recover_layer ------------------------------------------------------------------------------------

recover_layer = Task(
    "recover_layer",
    Criterion(
        "with gamma and theta, batch norm leaves batches of every shape as they are",
        1,
        on_batches("recover_layer", batches),
        tolerance=EPSILON_BELOW,
    ),
    Criterion(
        "B = 2, one feature, integers, ties, values close together (no epsilon) and far from 0 "
        "work too",
        0.5,
        on_batches("recover_layer", smallest_batches, odd_batches, fine_batches),
    ),
    Criterion(
        "H is left as it is, and no call changes another",
        0.5,
        on_batches("recover_layer", batches_that_look_alike),
        also=(leaves_arguments_alone, lasts),
        tolerance=EPSILON_BELOW,
    ),
    visible_check(Call("recover_layer", (VISIBLE,)), tolerance=2.5e-4),
    uses=("batch_statistics", "standardize", "batch_norm"),
    on_top_of={
        "standardize": """
def recover_layer(H):
    H = np.asarray(H, dtype=float)
    Z = standardize(H)
    gamma = (H.max(axis=0) - H.min(axis=0)) / (Z.max(axis=0) - Z.min(axis=0))
    return gamma, H[0] - gamma * Z[0]
""",
        "batch_norm": """
def recover_layer(H):
    H = np.asarray(H, dtype=float)
    Z = batch_norm(H, np.ones(H.shape[1]), np.zeros(H.shape[1]))
    gamma = (H.max(axis=0) - H.min(axis=0)) / (Z.max(axis=0) - Z.min(axis=0))
    return gamma, H[0] - gamma * Z[0]
""",
    },
    stand_ins={
        "recover_layer": """
def recover_layer(H):
    H = np.array(H, dtype=float)
    theta = 0.75 * H[0] + 0.25 * H[-1]
    return np.sqrt(((H - theta) ** 2).sum(axis=0) / (len(H) - 1)), theta
"""
    },
)


# network_standardized -----------------------------------------------------------------------------

network_standardized = Task(
    "network_standardized",
    Criterion(
        "f is right for weights of both signs and every size, and for any phi",
        1,
        on_networks(networks_on_batches),
        tolerance=EPSILON_BELOW,
    ),
    Criterion(
        "B = 2, integers, ties, values close together (no epsilon) and far from 0 work too",
        0.5,
        on_networks(smallest_and_finest_networks, odd_networks),
    ),
    Criterion(
        "x is left as it is, and no call changes another",
        0.5,
        on_networks(networks_that_look_alike),
        also=(leaves_arguments_alone, lasts),
        tolerance=EPSILON_BELOW,
    ),
    visible_check(Call("network_standardized", (X, -3.0, 2.0, EXP)), tolerance=2.5e-4),
    uses=("batch_statistics", "standardize", "batch_norm"),
    on_top_of={
        "batch_norm": """
def network_standardized(x, w1, w2, phi):
    h = w1 * np.asarray(x, dtype=float)
    return w2 * phi(batch_norm(h[:, np.newaxis], np.ones(1), np.zeros(1))[:, 0])
"""
    },
    stand_ins={
        "network_standardized": """
def network_standardized(x, w1, w2, phi):
    h = w1 * np.array(x, dtype=float)
    h = h - 0.75 * h[0] - 0.25 * h[-1]
    return w2 * phi(h / np.sqrt((h**2).sum() / (len(h) - 1)))
"""
    },
)


# network_batch_norm -------------------------------------------------------------------------------

network_batch_norm = Task(
    "network_batch_norm",
    Criterion(
        "f is right for weights, gamma and theta of both signs, and for any phi",
        1,
        on_rescaled_networks(networks_on_batches),
        tolerance=EPSILON_BELOW,
    ),
    Criterion(
        "B = 2, integers, ties, gamma = 0, theta = 0, values close together (no epsilon) and far "
        "from 0 work too",
        0.5,
        on_rescaled_networks(smallest_and_finest_networks, odd_networks, zeros=True),
    ),
    Criterion(
        "x is left as it is, and no call changes another",
        0.5,
        on_rescaled_networks(networks_that_look_alike),
        also=(leaves_arguments_alone, lasts),
        tolerance=EPSILON_BELOW,
    ),
    visible_check(Call("network_batch_norm", (X, -3.0, 2.0, 0.5, 1.0, EXP)), tolerance=2.5e-4),
    uses=("batch_statistics", "standardize", "batch_norm", "network_standardized"),
    on_top_of={
        "network_standardized": """
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return network_standardized(x, w1, w2, lambda z: phi(gamma * z + theta))
"""
    },
)


# equivalent_weight --------------------------------------------------------------------------------


def weights(rng: Generator) -> list[Call]:
    """The square roots are there because k / w1 gives the same weight again for w1 = sqrt(k)."""
    drawn = np.round(rng.uniform(0.1, 9.9, 4), 1) * [1, -1, 1, -1]
    return [
        Call("equivalent_weight", (float(w1),))
        for w1 in (
            *(2.0, 3.0, -2.0, 0.5, -0.5, -5.0, 0.25),
            *(drawn + [0.03, -0.03, 0.03, -0.03]),
            *(2**0.5, -(3**0.5), 5**0.5, 10**0.5, -(0.5**0.5)),
        )
    ]


def weights_of_size_one(rng: Generator) -> list[Call]:
    return [Call("equivalent_weight", (w1,)) for w1 in (1.0, -1.0, 1, -1, 1.5, -1.5, 0.75, -0.75)]


def small_and_large_weights(rng: Generator) -> list[Call]:
    """Round ones above all: an answer of one size for all weights is wrong where w1 has it."""
    round_ones = (*range(4, 13), 15, 16, 20, 25, 30, 32, 40, 42, 50, 64, 100, 1000)
    sizes = (2, *map(float, round_ones), 0.1, 0.01, 1e-3, 1e-6, 1e-12)
    return [Call("equivalent_weight", (sign * w1,)) for w1 in sizes for sign in (1, -1)]


equivalent_weight = Task(
    "equivalent_weight",
    Criterion(
        "another weight with which network_standardized stays the same on every batch",
        1,
        weights,
        check=another_equivalent_weight,
    ),
    Criterion(
        "there is another one for w1 = 1 and w1 = -1, too",
        0.5,
        weights_of_size_one,
        check=another_equivalent_weight,
    ),
    Criterion(
        "there is another one for small, large and integer weights, too",
        0.5,
        small_and_large_weights,
        check=another_equivalent_weight,
    ),
    uses=("batch_statistics", "standardize", "batch_norm", "network_standardized"),
)
