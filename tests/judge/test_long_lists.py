"""Very long lists are judged as what they stand for, and short ones as they are."""

from __future__ import annotations

import numpy as np

from autograder.exercise.calls import Reply
from autograder.judge.long_lists import LONG, quick_to_judge

LONG_LIST = [[0.5, 1]] * LONG


def test_short_lists_stay_lists():
    reply = Reply(value=[[1.0, 2.0]], arguments=([1, 2],), later=[[1.0, 2.0]])

    assert [reply] == quick_to_judge([reply])


def test_long_lists_of_numbers_are_their_array():
    (reply,) = quick_to_judge([Reply(value=LONG_LIST, later=[LONG_LIST], arguments=(3, LONG_LIST))])

    assert np.array_equal(reply.value, np.array(LONG_LIST))
    assert np.array_equal(reply.later, np.array([LONG_LIST]))
    assert reply.arguments[0] == 3
    assert reply.arguments[1].shape == (LONG, 2)


def test_what_a_long_list_became_later_is_not_made_twice():
    (reply,) = quick_to_judge([Reply(value=LONG_LIST, later=LONG_LIST)])

    assert reply.later is reply.value


def test_other_long_lists_are_no_answer():
    for value in ([[1]] * LONG + [2, 3], ["a"] * (LONG + 1), {i: i for i in range(LONG)}):
        (reply,) = quick_to_judge([Reply(value=value, later=value)])

        assert reply.refused == "returned a long list that does not form an array of numbers"
