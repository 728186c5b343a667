import numpy as np
from numpy.random import Generator

from autograder.exercise.tasks import Call, Criterion, Task
from autograder.judge.checks import lasts, leaves_arguments_alone


def TASK_calls(rng: Generator) -> list[Call]:
    """Calls, smallest first: the first one that goes wrong is shown to the student."""

    def drawn(D: int, N: int) -> Call:
        x, W, b = rng.normal(size=D), rng.normal(size=(N, D)), rng.normal(size=N)
        return Call("TASK", (x, W, b))

    return [
        Call("TASK", (np.array([1, 2.0]), np.array([[1, 3.0], [0, 2]]), np.array([5, -1]))),
        drawn(3, 2),
        drawn(2, 5),
        drawn(7, 3),
        drawn(4, 4),
        drawn(1, 6),
        drawn(30, 20),
    ]


def TASK_special(rng: Generator) -> list[Call]:
    """The smallest sizes, integers, and one call that is repeated after another."""
    x, W, b = rng.normal(size=3), rng.normal(size=(2, 3)), rng.normal(size=2)
    return [
        Call("TASK", (np.array([3.0]), np.array([[2.0]]), np.array([-4.0]))),
        Call("TASK", (np.array([1, 2]), np.array([[3, 1], [4, 6]]), np.array([2, 5]))),
        Call("TASK", (x, W, b)),
        Call("TASK", (2 * x, W, b)),
        Call("TASK", (x, W, b)),
    ]


TASK = Task(
    "TASK",
    Criterion(
        "the layer's output is right for every number of inputs and outputs",
        1.5,
        TASK_calls,
    ),
    Criterion(
        "one input, one output and integers work too; x, W and b are left as they are",
        0.5,
        TASK_special,
        also=(leaves_arguments_alone, lasts),
    ),
)
