"""Hidden tests of the notebook `first_steps`.

They hold no expected values: these come from the solution in the source notebook. Cases are not
square and not symmetric, so that a transposed matrix shows.
"""

import numpy as np

from autograder.exercise.tasks import Call, Criterion, Task
from autograder.judge.checks import lasts, leaves_arguments_alone


def array(*values):
    return np.array(values, dtype=float)


def layers(rng):
    """Calls, smallest first: the first one that goes wrong is shown to the student."""

    def drawn(D, N):
        return Call(
            "dense_layer", (rng.normal(size=D), rng.normal(size=(N, D)), rng.normal(size=N))
        )

    return [
        Call("dense_layer", (array(1, 2), array([1, 3], [0, 2]), array(5, -1))),
        Call("dense_layer", (array(2, -1, 3), array([1, 4, 2], [0, -2, 5]), array(3, 1))),
        drawn(2, 5),
        drawn(7, 3),
        drawn(4, 4),
        drawn(1, 6),
        drawn(30, 20),
    ]


def small_and_repeated(rng):
    x, W, b = rng.normal(size=3), rng.normal(size=(2, 3)), rng.normal(size=2)
    return [
        Call("dense_layer", (array(3), array([2]), array(-4))),
        Call("dense_layer", (np.array([1, 2]), np.array([[3, 1], [4, 6]]), np.array([2, 5]))),
        Call("dense_layer", (x, W, b)),
        Call("dense_layer", (2 * x, W, b)),
        Call("dense_layer", (x, W, b)),
    ]


dense_layer = Task(
    "dense_layer",
    Criterion("the layer's output is right for every number of inputs and outputs", 1.5, layers),
    Criterion(
        "one input, one output and integers work too; x, W and b are left as they are",
        0.5,
        small_and_repeated,
        also=(leaves_arguments_alone, lasts),
    ),
)
