"""When two students' replies are taken for the same."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.exercise.calls import Call, Raised, Reply
from autograder.judge import known_replies
from autograder.judge.known_replies import KnownReplies
from autograder.result import TaskResult

CALL = Call("answer", (1, np.zeros(3)))


def key(value: object, **more):
    return KnownReplies().key(("task",), [[CALL]], [[Reply(value=value, **more)]])


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (1, 1.0),
        (1, True),
        (0.0, -0.0),
        ("1", 1),
        ((1, 2), [1, 2]),
        ([1, [2]], [[1], 2]),
        (["ab", "c"], ["a", "bc"]),
        (np.zeros(2), np.zeros(2, dtype=np.float32)),
        (np.zeros((2, 1)), np.zeros((1, 2))),
        (np.array([1.0]), np.array([1.0 + 2**-52])),
        (np.float64(1.0), 1.0),
        (None, "None"),
        ({"a": 1}, {"a": 2}),
    ],
)
def test_values_that_differ_in_anything_have_different_keys(value, other):
    assert key(value) != key(other)


def test_the_same_bits_have_the_same_key_in_whatever_layout():
    matrix = np.arange(6.0).reshape(2, 3)

    assert key(matrix) == key(np.asfortranarray(matrix))
    assert key(np.array([np.nan])) == key(np.array([np.nan]))


def test_exceptions_refusals_and_arguments_count():
    keys = {
        key(None),
        key(None, raised=Raised("ValueError")),
        key(None, raised=Raised("ValueError", (), "other")),
        key(None, refused="gone"),
        key(None, arguments=CALL.args),
        key(None, arguments=(1,)),
        key(None, arguments=(1, np.ones(3))),
        key(None, later=1),
    }

    assert len(keys) == 8


def test_what_is_not_plain_is_never_kept():
    assert key(object()) is None
    assert key(np.array([object()])) is None


def test_the_verdicts_that_are_kept_take_so_many_bytes_at_most(monkeypatch):
    monkeypatch.setattr(known_replies, "MOST_BYTES", 10_500)
    known = KnownReplies()
    for number in range(30):
        known.keep((number,), TaskResult("f", 0.0, 1.0, ()))
        known.get((25,))

    assert [20 <= number for number in range(30)] == [
        known.get((number,)) is not None for number in range(30)
    ]
