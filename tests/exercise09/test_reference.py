"""The reference solutions against independent oracles: NumPy, SciPy, and the formula of PyTorch.

The reference is the slow and obvious specification; what it is compared with here was written by
others, for other purposes.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.exercise.source_notebooks import load_exercise

EXERCISE = load_exercise("exercise09", Path(__file__).parents[2] / "source")
CONVOLUTION = EXERCISE.notebooks["convolution"].reference().namespace
BATCH_NORM = EXERCISE.notebooks["batch_norm"].reference().namespace

NUMBERS = st.floats(-100, 100, allow_nan=False, width=32)


@st.composite
def signals_and_kernels(draw):
    D = draw(st.integers(1, 12))
    K = draw(st.integers(1, D))
    return draw(arrays(float, D, elements=NUMBERS)), draw(arrays(float, K, elements=NUMBERS))


@st.composite
def batches(draw):
    """Batches of at least two examples without a feature that is nearly constant."""
    B, d = draw(st.integers(2, 8)), draw(st.integers(1, 5))
    H = draw(arrays(float, (B, d), elements=NUMBERS))
    H[0] = H[1] + 1 + np.arange(d)
    return H


@given(signals_and_kernels())
def test_convolve_is_numpys_valid_convolution(signal_and_kernel):
    x, h = signal_and_kernel

    np.testing.assert_allclose(
        CONVOLUTION["convolve"](x, h), np.convolve(x, h, "valid"), rtol=1e-9, atol=1e-6
    )


@given(signals_and_kernels())
def test_the_matrix_is_scipys_and_its_product_is_the_convolution(signal_and_kernel):
    x, h = signal_and_kernel
    W_h = CONVOLUTION["convolution_matrix"](h, len(x))

    if len(x) > len(h):
        expected = scipy.linalg.convolution_matrix(h, len(x) - len(h) + 1, "full").T
        np.testing.assert_array_equal(W_h, expected[:, ::-1][::-1])
    np.testing.assert_allclose(W_h @ x, CONVOLUTION["convolve"](x, h), rtol=1e-9, atol=1e-6)


@given(signals_and_kernels())
def test_the_matrix_is_toeplitz_in_as_many_numbers_as_are_counted(signal_and_kernel):
    x, h = signal_and_kernel
    D, K = len(x), len(h)
    distinct = np.arange(1.0, K + 1)
    W_h = CONVOLUTION["convolution_matrix"](distinct, D)

    np.testing.assert_array_equal(W_h, scipy.linalg.toeplitz(W_h[:, 0], W_h[0]))
    assert len(set(W_h.ravel()) - {0.0}) == CONVOLUTION["count_convolution_parameters"](D, K)
    assert W_h.size == CONVOLUTION["count_dense_parameters"](D, K)


@pytest.mark.parametrize(
    ("x", "h"),
    [([1.0], [1.0, 2.0]), ([], [1.0]), ([1.0], []), ([[1.0, 2.0]], [1.0]), (3.0, [1.0])],
)
def test_what_cannot_be_convolved_raises_value_error(x, h):
    with pytest.raises(ValueError):
        CONVOLUTION["convolve"](np.array(x), np.array(h))


@pytest.mark.parametrize(("h", "D"), [([1.0, 2.0], 1), ([], 3), ([[1.0]], 3), (2.0, 3)])
def test_what_has_no_matrix_raises_value_error(h, D):
    with pytest.raises(ValueError):
        CONVOLUTION["convolution_matrix"](np.array(h), D)


def torch_batch_norm(H, gamma, theta, eps=0.0):
    """The formula of torch.nn.functional.batch_norm, its biased variance corrected to B - 1."""
    B = len(H)
    unbiased = np.var(H, axis=0) * B / (B - 1)
    return (H - np.mean(H, axis=0)) / np.sqrt(unbiased + eps) * gamma + theta


@given(batches(), st.integers(0, 2**32 - 1))
def test_batch_norm_is_torchs_formula_with_b_minus_1_and_no_epsilon(H, seed):
    gamma, theta = np.random.default_rng(seed).normal(size=(2, H.shape[1]))

    np.testing.assert_allclose(
        BATCH_NORM["batch_norm"](H, gamma, theta), torch_batch_norm(H, gamma, theta), atol=1e-6
    )
    np.testing.assert_allclose(
        BATCH_NORM["standardize"](H), torch_batch_norm(H, 1.0, 0.0), atol=1e-6
    )


@given(batches())
def test_statistics_are_numpys_and_undo_the_standardization(H):
    mu, sigma = BATCH_NORM["batch_statistics"](H)

    np.testing.assert_allclose(mu, H.mean(axis=0), atol=1e-9)
    np.testing.assert_allclose(sigma, H.std(axis=0, ddof=1), rtol=1e-9)
    gamma, theta = BATCH_NORM["recover_layer"](H)
    np.testing.assert_allclose(BATCH_NORM["batch_norm"](H, gamma, theta), H, atol=1e-6)


@given(batches(), st.floats(0.01, 100), st.booleans())
def test_only_the_sign_of_the_first_weight_is_left_without_rescaling(H, size, negative):
    x, w1 = H[:, 0], -size if negative else size
    network = BATCH_NORM["network_standardized"]

    same = network(x, BATCH_NORM["equivalent_weight"](w1), 3.0, np.tanh)

    np.testing.assert_allclose(network(x, w1, 3.0, np.tanh), same, atol=1e-6)
    np.testing.assert_allclose(same, network(x, math.copysign(1.0, w1), 3.0, np.tanh), atol=1e-6)


@given(batches())
def test_rescaling_gives_the_network_without_batch_norm_back(H):
    x, w1 = H[:, 0], -0.7
    gamma, theta = np.std(w1 * x, ddof=1), np.mean(w1 * x)

    np.testing.assert_allclose(
        BATCH_NORM["network_batch_norm"](x, w1, 2.0, gamma, theta, np.tanh),
        2.0 * np.tanh(w1 * x),
        atol=1e-6,
    )
