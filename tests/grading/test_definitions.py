"""What an answer's cell holds: nothing yet, or something that was begun."""

from __future__ import annotations

import pytest

from autograder.grading.definitions import is_begun

RELEASED = """def convolve(x, h):
    '''Return y.'''
    # YOUR CODE HERE
    raise NotImplementedError()"""


@pytest.mark.parametrize(
    "source",
    [
        RELEASED,
        "",
        "# later",
        "import numpy as np",
        '"I do not know"',
        "pass",
        "def convolve(x, h):\n    pass",
        "import numpy as np\n\n\n" + RELEASED.replace("Return y.", "What is to be done here?"),
    ],
)
def test_an_untouched_or_empty_cell_is_not_begun(source):
    assert not is_begun(source, RELEASED)


@pytest.mark.parametrize(
    "source",
    [
        "def convolution(x, h):\n    return x",
        "def convolve(x, h)\n    return x",
        RELEASED.replace("# YOUR CODE HERE", "y = x * h"),
        "y = np.convolve([1], [2])",
    ],
    ids=["renamed", "no Python", "with the stub's last line", "no function"],
)
def test_code_of_the_students_own_is_begun(source):
    assert is_begun(source, RELEASED)
