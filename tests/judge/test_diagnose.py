"""What the judge says is wrong with a value."""

import numpy as np
import pytest

from autograder.exercise.calls import Raised, Reply
from autograder.judge.compare import DOUBLE
from autograder.judge.diagnose import diagnose

RIGHT = np.array([[1.0, -2.0, 4.0], [3.0, 7.0, -5.0]])


def in_words(value: object, right: object) -> str:
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
        (RIGHT * 1.155, "all values are too large by one and the same factor"),
        (RIGHT / 4, "all values are too small by one and the same factor"),
        (RIGHT * -2, "by one and the same factor, and have the wrong sign"),
        (RIGHT * (1 + 1e-5), "all values are too large by about one part in 100,000"),
        (RIGHT + 3, "all values are too large by the same amount"),
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


def test_rounded_values_are_called_rounded():
    right = np.array([1.23456, -2.98765, 1000.123])

    assert "rounded to 2 decimals" in in_words(np.round(right, 2), right)
    assert "rounded to whole numbers" in in_words(np.round(right), right)


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

    assert (
        in_words(value, right)
        == "item 2 of what you return: all values are too large by one and the same factor"
    )


def test_no_sentence_gives_a_right_value():
    rng = np.random.default_rng(0)
    right = rng.normal(size=(3, 2)) * 1000
    for value in (right + rng.normal(size=(3, 2)), right[0], right.T + 1, None):
        sentence = in_words(value, right)
        assert not any(f"{number:.3f}"[:6] in sentence for number in right.ravel())


@pytest.mark.parametrize("right", [np.array(42.0), np.full(3, 42.0), np.array(6)])
@pytest.mark.parametrize("answer", [1.0, 7.0, -1.0, 0.5])
def test_no_right_value_can_be_worked_out_from_a_sentence(right, answer):
    """An answer of ones that is told to be 42 times too small would be told the right value."""
    value = np.full(np.shape(right), answer)
    sentence = in_words(value, right).replace(f"{answer:g} is too", "it is too")

    assert not any(character.isdigit() for character in sentence.split("index")[0]), sentence


def test_a_small_number_where_zero_is_right_has_no_wrong_sign():
    finding = diagnose(Reply(np.array([[2.0, 1e-7]])), Reply(np.array([[2.0, 0.0]])), DOUBLE)

    assert finding and not finding.pattern()


def test_one_number_is_not_called_all_values():
    finding = diagnose(Reply(0), Reply(6), DOUBLE)

    assert finding and finding.pattern() == "the value is zero"


def test_a_stub_that_stands_above_the_answer_is_said_to_be_there():
    stub = diagnose(Reply(raised=Raised("NotImplementedError", own=True)), Reply(6), DOUBLE)
    other = diagnose(Reply(raised=Raised("NameError")), Reply(6), DOUBLE)

    assert stub and "of the stub is still in it" in stub.sentence
    assert other and other.sentence == "your function raised NameError"
