"""When the judge takes two values to agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.exercise.calls import Call, LocalFunctions
from autograder.judge.compare import DOUBLE, SINGLE, agrees, numbers, perturbation_of

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


@given(arrays(float, (3, 2), elements=FINITE))
def test_a_value_agrees_with_itself_in_every_container(value):
    for container in (value, value.tolist(), tuple(map(tuple, value)), np.asfortranarray(value)):
        assert agrees(container, value, DOUBLE)


@given(arrays(float, 5, elements=st.floats(0.1, 1e3)))
def test_single_precision_agrees_in_single_but_a_percent_off_never(value):
    assert agrees(value.astype(np.float32), value, SINGLE)
    assert not agrees((value * 1.01).astype(np.float32), value, SINGLE)


@pytest.mark.parametrize(
    "number", [15, np.int32(15), np.int64(15), np.uint8(15), 15.0, np.array(15)]
)
def test_a_count_agrees_in_every_numeric_type(number):
    assert agrees(number, 15, DOUBLE)


@pytest.mark.parametrize("number", [15.5, 14, True, "15", None, [15], np.array([15]), 10**400])
def test_what_is_not_the_count_does_not_agree(number):
    assert not agrees(number, 15, DOUBLE)


@pytest.mark.parametrize(
    "value",
    [
        np.zeros((2, 3)),
        np.zeros(5),
        np.zeros((6, 1)),
        [[0.0, 0.0], [0.0]],
        np.zeros(6, dtype=bool),
        np.array(["0"] * 6),
        None,
        0.0,
    ],
)
def test_another_shape_or_type_does_not_agree(value):
    assert not agrees(value, np.zeros(6), DOUBLE)


def test_nan_agrees_with_nan_only():
    assert agrees(np.array([np.nan, 1.0]), np.array([np.nan, 1.0]), DOUBLE)
    assert not agrees(np.array([np.nan, 1.0]), np.array([0.0, 1.0]), DOUBLE)
    assert not agrees(np.array([0.0, 1.0]), np.array([np.nan, 1.0]), DOUBLE)


def test_a_pair_may_be_a_tuple_a_list_or_an_array_but_not_longer():
    pair = (np.array([1.0, 2.0]), np.array([3.0, 4.0]))

    assert agrees(list(pair), pair, DOUBLE)
    assert agrees(np.array(pair), pair, DOUBLE)
    assert not agrees((*pair, pair[0]), pair, DOUBLE)
    assert not agrees(pair[::-1], pair, DOUBLE)


def test_a_complex_answer_agrees_only_without_an_imaginary_part():
    assert agrees(np.array([1 + 1e-17j, 2]), np.array([1.0, 2.0]), DOUBLE)
    assert not agrees(np.array([1 + 0.1j, 2]), np.array([1.0, 2.0]), DOUBLE)


def test_the_tolerance_grows_with_what_rounding_does_to_the_case():
    functions = LocalFunctions({"np": np, "spread": lambda x: np.asarray(x - np.mean(x))})
    x = 1e6 + np.arange(4) * 1e-2
    call = Call("spread", (x,))
    exact = np.asarray(x - np.mean(x))
    off = exact + 1e-9

    assert not agrees(off, exact, DOUBLE)
    assert agrees(
        off, exact, DOUBLE, perturbation_of(lambda moved: functions.ask([moved])[0].value, call)
    )
    assert not agrees(
        exact + 1e-6,
        exact,
        DOUBLE,
        perturbation_of(lambda moved: functions.ask([moved])[0].value, call),
    )


def test_numbers_refuses_what_is_not_numeric():
    for value in ("1", None, [[1], [1, 2]], {"a": 1}, np.array([object()])):
        assert numbers(value) is None


def test_infinity_agrees_with_itself_only_also_where_it_is_perturbed():
    assert agrees(np.inf, np.inf, DOUBLE, lambda precision: np.inf)
    assert not agrees(3.0, np.inf, DOUBLE, lambda precision: np.inf)


@pytest.mark.parametrize("value", [complex(3, np.nan), np.array(complex(3, np.nan))])
def test_an_imaginary_part_that_is_no_number_is_not_rounding(value):
    assert agrees(complex(3, 1e-15), 3.0, DOUBLE)
    assert not agrees(value, 3.0, DOUBLE)
