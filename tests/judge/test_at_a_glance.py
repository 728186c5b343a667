"""What is told at a glance is what is told by a close look."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from autograder.exercise.calls import Call, Raised, Reply
from autograder.judge.at_a_glance import Glance
from autograder.judge.compare import DOUBLE
from autograder.judge.diagnose import diagnose

CALL = Call("f", (1.0,))
VALUE = np.array([[1.0, -2.0], [3.0, 0.0]])
NAMED = Raised("MyError", ("ValueError", "Exception"))


def told(value: object, expected: object, **more: object) -> bool:
    reply = Reply(value=value, arguments=CALL.args, later=value)
    (right,) = Glance([CALL], [Reply(value=expected)], DOUBLE).right([replace(reply, **more)])
    return right


@given(
    arrays(float, array_shapes(max_dims=2, max_side=4)),
    st.sampled_from([0.0, 1e-16, 1e-12, 1e-9, 1e-8, 1e-3, np.nan, np.inf]),
    st.integers(0, 15),
)
def test_what_is_right_at_a_glance_is_right(expected, off, place):
    value = expected.copy()
    with np.errstate(all="ignore"):
        value.flat[place % value.size] *= 1 + off
    reply = Reply(value=value, arguments=CALL.args, later=value)

    if told(value, expected):
        assert diagnose(reply, Reply(value=expected), DOUBLE) is None


def test_a_value_that_is_off_by_rounding_is_right():
    assert told(VALUE * (1 + 1e-14), VALUE)
    assert told((VALUE, np.float64(2.0)), (VALUE * (1 + 1e-14), 2.0))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (VALUE * 1.001, VALUE),
        (VALUE.T.copy(), VALUE),
        (VALUE.ravel(), VALUE),
        (np.full((2, 2), np.nan), VALUE),
        ((VALUE,), VALUE),
        (VALUE, (VALUE,)),
        ((VALUE, VALUE), (VALUE,)),
        (None, VALUE),
        (VALUE > 0, VALUE),
        (np.full((2, 2), np.inf), np.full((2, 2), np.inf)),
        (np.zeros(0), np.zeros(0)),
    ],
)
def test_everything_else_gets_a_close_look(value, expected):
    assert not told(value, expected)


def test_changed_arguments_and_values_get_a_close_look():
    assert not told(VALUE, VALUE, arguments=(2.0,))
    assert not told(VALUE, VALUE, later=VALUE.copy())
    assert not told(VALUE, VALUE, refused="was not answered")


def test_a_wrong_reply_is_told_from_the_right_ones_around_it():
    glance = Glance([CALL] * 4, [Reply(value=VALUE)] * 3 + [Reply(raised=NAMED)], DOUBLE)
    replies = [
        Reply(value=one, arguments=CALL.args, later=one) for one in (VALUE, 2 * VALUE, VALUE)
    ]
    raised = [
        Reply(raised=NAMED),
        Reply(raised=Raised("MyError")),
        Reply(raised=Raised("KeyError")),
    ]

    assert [True, False, True, True] == glance.right([*replies, raised[0]])
    assert [True, False, True, True] == glance.right([*replies, raised[1]])
    assert [True, False, True, False] == glance.right([*replies, raised[2]])
