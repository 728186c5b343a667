"""What the judge says is wrong with a value."""

import numpy as np
import pytest

from autograder.exercise.calls import Raised, Reply
from autograder.judge.compare import DOUBLE
from autograder.judge.diagnose import diagnose

RIGHT = np.array([[1.0, -2.0, 4.0], [3.0, 7.0, -5.0]])


def in_words(value, right) -> str:
    finding = diagnose(Reply(value=value), Reply(value=right), DOUBLE)
    return finding.pattern() or finding.sentence


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (RIGHT.T, "rows and columns are swapped"),
        (RIGHT.ravel(), "laid out otherwise"),
        (RIGHT[:1], "must have shape (2, 3), yours has shape (1, 3)"),
        (-RIGHT, "all signs are the wrong way round"),
        (np.abs(RIGHT), "some signs are wrong"),
        (RIGHT * 1.155, "all values are 1.155 times too large"),
        (RIGHT / 4, "all values are 4 times too small"),
        (RIGHT * -2, "2 times too large and have the wrong sign"),
        (RIGHT + 3, "all values are too large by 3"),
        (RIGHT[:, ::-1], "reversed order along axis 1"),
        (RIGHT[:, [1, 0, 2]], "the columns are right, but in another order"),
        (RIGHT[:, [2, 0, 1]], "shifted by 1 place along axis 1"),
        (RIGHT * 0, "all values are zero"),
        (np.where(RIGHT < 0, np.nan, RIGHT), "2 of 6 values are NaN"),
        (np.where(RIGHT < 0, np.inf, RIGHT), "2 of 6 values are infinite"),
        (RIGHT + [[0, 9, 0], [0, 8, 0]], "column 1 is wrong, all others are right"),
        (RIGHT + [[1, 9, 8], [0, 0, 0]], "row 0 is wrong, all others are right"),
        (RIGHT + [[1, 0, 0], [0, 0, 5]], "2 of 6 values are wrong, the first at index [0, 0]"),
        (None, "None (is a return missing?)"),
        ("text", "yours is a str"),
        (np.array(["a", "b"], dtype=object), "yours is an array of object in place of numbers"),
        ([[1, 2], [3]], "do not form an array"),
        (3.0, "yours is one number"),
    ],
)
def test_the_sentence_names_how_the_values_differ(value, words):
    assert words in in_words(value, RIGHT)


def test_truncated_values_are_called_cut_off():
    right = np.array([1.5, -2.25, 0.75])

    assert "cut off" in in_words(np.trunc(right), right)


def test_a_missing_exception_and_another_exception_are_told_apart():
    wanted = Reply(raised=Raised("ValueError", ("Exception",)))

    assert "returned a value" in diagnose(Reply(value=RIGHT), wanted, DOUBLE).sentence
    other = Reply(raised=Raised("IndexError", ("LookupError", "Exception")))
    assert "yours raised IndexError" in diagnose(other, wanted, DOUBLE).sentence
    derived = Reply(raised=Raised("LinAlgError", ("ValueError", "Exception")))
    assert diagnose(derived, wanted, DOUBLE) is None


def test_in_a_pair_the_wrong_item_is_named():
    right = (np.array([1.0, 2.0]), np.array([3.0, 5.0]))
    value = (right[0], right[1] * 2)

    assert in_words(value, right) == "item 2 of what you return: all values are 2 times too large"


def test_no_sentence_gives_a_right_value():
    rng = np.random.default_rng(0)
    right = rng.normal(size=(3, 2)) * 1000
    for value in (right + rng.normal(size=(3, 2)), right[0], right.T + 1, None):
        sentence = in_words(value, right)
        assert not any(f"{number:.3f}"[:6] in sentence for number in right.ravel())
