"""Code counts as pure definitions only where it is plain to see that nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.exercise.source_notebooks import load_exercise
from autograder.grading.pure_definitions import are_pure_definitions

GIVEN = ["import numpy as np\nimport matplotlib.pyplot as plt"]
OTHERS = ["x = f(np.zeros(3))\nassert x.shape == (3,)"]
PURE = "def f(H):\n    W = np.zeros(3)\n    W[0] = len(H)\n    H -= 1\n    return W"


def are_pure(*texts: str) -> bool:
    return are_pure_definitions(texts, GIVEN, OTHERS)


@pytest.mark.parametrize(
    "text",
    [
        PURE,
        f"{PURE}\n\ndef g(H, axis=0):\n    return [f(row) for row in H]",
        "import numpy as np\nfrom scipy import linalg\ndef f(h):\n    return linalg.toeplitz(h)",
        "'a text'\ndef f(x):\n    def g(y):\n        return y + x\n    return g(1)",
        "def f(x):\n    with np.errstate(all='ignore'):\n        return 1 / x",
    ],
)
def test_plain_functions_are_pure(text):
    assert are_pure(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{PURE}\ncount = 0",
        f"{PURE}\nf(np.zeros(3))",
        "def f(H, seen=[]):\n    return seen",
        "def f(H):\n    global count\n    count = 1",
        "def f(H):\n    f.seen = 1\n    return H",
        "def f(H):\n    x[0] = 1\n    return H",
        "def f(H):\n    return x",
        "def f(H):\n    return undefined",
        "def f(H):\n    return H + np.random.rand(3)",
        "def f(H):\n    np.dot = max\n    return H",
        "def f(H):\n    return f.__dict__",
        "def f(H):\n    exec('a = 1')\n    return H",
        "def f(H):\n    import time\n    return H",
        "def x(H):\n    return H",
        "import random\ndef f(H):\n    return H",
        "import scipy as np\ndef f(H):\n    return H",
        "from numpy import *\ndef f(H):\n    return H",
        "from math import sqrt as g\ndef g(H):\n    return H",
        "import functools\n@functools.cache\ndef f(H):\n    return H",
        "class f:\n    pass",
        "%time\ndef f(H):\n    return H",
        "def f(H):\n    return H\ndef f(H):\n    return -H",
        "if True:\n    def f(H):\n        return H",
    ],
)
def test_what_keeps_or_reaches_something_is_not(text):
    assert not are_pure(text)


def test_most_known_answers_are():
    exercise = load_exercise("exercise09", Path(__file__).parents[2] / "source")
    told = [
        are_pure_definitions(answer.cells, ["import numpy as np"], [])
        for task in exercise.tasks["convolution"]
        for answer in exercise.mistakes(task)
    ]

    assert 2 * sum(told) > len(told)
