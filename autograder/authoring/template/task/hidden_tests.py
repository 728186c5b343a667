import numpy as np
from numpy.random import Generator

from autograder.exercise.tasks import Call, Criterion, Task
from autograder.judge.checks import lasts, leaves_arguments_alone


def TASK_calls(rng: Generator) -> list[Call]:
    """Calls, smallest first: the first one that goes wrong is shown to the student."""
    return [
        Call("TASK", (np.array([1.0, -3.0]),)),
        Call("TASK", (np.array([0.0, 2.0, -5.0]),)),
        Call("TASK", (rng.normal(size=7),)),
        Call("TASK", (rng.normal(size=200),)),
    ]


def TASK_special(rng: Generator) -> list[Call]:
    """The smallest size, integers, and one call that is repeated after another."""
    x = rng.normal(size=5)
    return [
        Call("TASK", (np.array([4.0]),)),
        Call("TASK", (np.array([3, -2]),)),
        Call("TASK", (x,)),
        Call("TASK", (2 * x,)),
        Call("TASK", (x,)),
    ]


TASK = Task(
    "TASK",
    Criterion("the values are right for every length", 1.5, TASK_calls),
    Criterion(
        "one entry and integers work too; what is handed in is left as it is",
        0.5,
        TASK_special,
        also=(leaves_arguments_alone, lasts),
    ),
)
