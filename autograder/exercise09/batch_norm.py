"""Hidden tests of the notebook `batch_norm`: Problem 2, batch normalization.

The stand-ins normalize wrongly, by the range of each feature, but like the right ones they follow
shifts and scales of the batch. So whatever a later answer may rightly rely on still holds.
"""

import math

import numpy as np

from autograder.exercise09.batches import (
    batches,
    batches_of_one_shape,
    fine_batches,
    networks_of_one_size,
    networks_on_batches,
    on_batches,
    on_networks,
    on_rescaled_batches,
    on_rescaled_networks,
    smallest_and_finest_networks,
    smallest_batches,
)
from autograder.judge.checks import lasts, leaves_arguments_alone, not_returned
from autograder.judge.compare import SINGLE, numbers, single_precision
from autograder.judge.diagnose import diagnose, kind_of
from autograder.tasks import Call, Criterion, Finding, Task


def stays(call, reply, expected):
    """Right however often it is called, with the arguments and what was returned as they were."""
    return (
        # An argument changed in place is the cause, where a value is wrong as well.
        (reply.returned and leaves_arguments_alone(call, reply, expected))
        # What an earlier call leaves behind is off by far more than single precision.
        or diagnose(reply, expected, SINGLE)
        or lasts(call, reply, expected)
    )


# batch_statistics ---------------------------------------------------------------------------------

batch_statistics = Task(
    "batch_statistics",
    Criterion(
        "mu and sigma are those of each feature, for batches of every shape",
        1,
        on_batches("batch_statistics", batches),
    ),
    Criterion(
        "B = 2, one feature and integers work too, and values close together or far from 0",
        0.5,
        on_batches("batch_statistics", smallest_batches, fine_batches),
    ),
    Criterion(
        "H is left as it is, and no call changes another",
        0.5,
        on_batches("batch_statistics", batches_of_one_shape),
        check=stays,
    ),
    stand_ins={
        "batch_statistics": """
def batch_statistics(H):
    H = np.array(H, dtype=float)
    return 0.75 * H[0] + 0.25 * H[-1], H.max(axis=0) - H.min(axis=0)
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
    ),
    Criterion(
        "values close together or far from 0 are standardized just as well",
        0.5,
        on_batches("standardize", fine_batches),
    ),
    Criterion(
        "B = 2, one feature and integers work too",
        0.5,
        on_batches("standardize", smallest_batches),
    ),
    Criterion(
        "H is left as it is, and no call changes another",
        0.5,
        on_batches("standardize", batches_of_one_shape),
        check=stays,
    ),
    uses=("batch_statistics",),
    stand_ins={
        "standardize": """
def standardize(H):
    H = np.array(H, dtype=float)
    return (H - 0.75 * H[0] - 0.25 * H[-1]) / (H.max(axis=0) - H.min(axis=0))
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
    ),
    Criterion(
        "values close together or far from 0 are normalized just as well",
        0.5,
        on_rescaled_batches("batch_norm", fine_batches),
    ),
    Criterion(
        "B = 2, one feature and integers work too",
        0.5,
        on_rescaled_batches("batch_norm", smallest_batches),
    ),
    Criterion(
        "H, gamma and theta are left as they are, and no call changes another",
        0.5,
        on_rescaled_batches("batch_norm", batches_of_one_shape),
        check=stays,
    ),
    uses=("batch_statistics", "standardize"),
    stand_ins={
        "batch_norm": """
def batch_norm(H, gamma, theta):
    H = np.array(H, dtype=float)
    Z = (H - 0.75 * H[0] - 0.25 * H[-1]) / (H.max(axis=0) - H.min(axis=0))
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
    ),
    Criterion(
        "B = 2, one feature and integers work too, and values close together or far from 0",
        0.5,
        on_batches("recover_layer", smallest_batches, fine_batches),
    ),
    Criterion(
        "H is left as it is, and no call changes another",
        0.5,
        on_batches("recover_layer", batches_of_one_shape),
        check=stays,
    ),
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
    return H.max(axis=0) - H.min(axis=0), 0.75 * H[0] + 0.25 * H[-1]
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
    ),
    Criterion(
        "B = 2 and integers work too, and pre-activations close together or far from 0",
        0.5,
        on_networks(smallest_and_finest_networks),
    ),
    Criterion(
        "x is left as it is, and no call changes another",
        0.5,
        on_networks(networks_of_one_size),
        check=stays,
    ),
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
    return w2 * phi((h - 0.75 * h[0] - 0.25 * h[-1]) / (h.max() - h.min()))
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
    ),
    Criterion(
        "B = 2 and integers work too, and pre-activations close together or far from 0",
        0.5,
        on_rescaled_networks(smallest_and_finest_networks),
    ),
    Criterion(
        "x is left as it is, and no call changes another",
        0.5,
        on_rescaled_networks(networks_of_one_size),
        check=stays,
    ),
    uses=("batch_statistics", "standardize", "batch_norm", "network_standardized"),
    on_top_of={
        "network_standardized": """
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return network_standardized(x, w1, w2, lambda z: phi(gamma * z + theta))
"""
    },
)


# equivalent_weight --------------------------------------------------------------------------------


def another_equivalent_weight(call, reply, expected):
    """A finite number other than w1, with the sign of w1: all that standardizing leaves of it."""
    if not reply.returned:
        return not_returned(reply)
    w1 = call.args[0]
    number = numbers(reply.value)
    if number is None or number.ndim or number.dtype.kind not in "iuf":
        return Finding(f"it must be one real number, yours is {kind_of(reply.value)}")
    weight = float(number)
    if math.isnan(weight):
        return Finding("the weight is NaN (not a number)")
    if weight == 0:
        return Finding("with the weight 0 all pre-activations are equal, and sigma is 0")
    if not 1e-150 < abs(weight) < 1e150:
        return Finding("the weight is too extreme to compute with: its square is infinite or 0")
    rounding = 64 * np.finfo(np.float32 if single_precision(reply.value) else float).eps
    if abs(weight - w1) <= rounding * abs(w1):
        return Finding("it must be another weight than w1, yours is w1 itself")
    if math.copysign(1.0, weight) != math.copysign(1.0, w1):
        return Finding("with your weight, network_standardized gives other values than with w1")
    return None


def weights(rng) -> list[Call]:
    drawn = np.round(rng.uniform(0.1, 9.9, 4), 1) * [1, -1, 1, -1]
    return [
        Call("equivalent_weight", (float(w1),))
        for w1 in (2.0, 3.0, -2.0, 0.5, -0.5, -5.0, 0.25, *(drawn + [0.03, -0.03, 0.03, -0.03]))
    ]


def weights_of_size_one(rng) -> list[Call]:
    return [Call("equivalent_weight", (w1,)) for w1 in (1.0, -1.0, 1, -1)]


def small_and_large_weights(rng) -> list[Call]:
    sizes = (2, 100.0, 1e-3, 1e-6, 1e-12)
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
