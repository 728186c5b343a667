"""Mutants of the reference solutions that the hidden tests cannot see, each with the reason.

A test compares each of them with the reference on thousands of random inputs.
"""

ARRAYS = "the arguments are NumPy arrays of numbers, and every operation below gives floats anyway"
NUMPY_RAISES = (
    "for a matrix, adding a row to one number (or indexing h) raises NumPy's own ValueError below"
)
NOT_ASKED = (
    "differs for a single number in place of a vector only: len() of it is a TypeError, which "
    "honest answers raise too, so it is not asked"
)

PROOFS = {
    "convolve": {
        "convolve: np.asarray(x, dtype=float) -> np.asarray(x)": ARRAYS,
        "convolve: np.asarray(x, dtype=float) -> x": ARRAYS,
        "convolve: np.asarray(h, dtype=float) -> np.asarray(h)": ARRAYS,
        "convolve: np.asarray(h, dtype=float) -> h": ARRAYS,
        "convolve: x.ndim != 1 or h.ndim != 1 -> x.ndim != 1 and h.ndim != 1": NUMPY_RAISES,
        "convolve: x.ndim != 1 or h.ndim != 1 -> x.ndim != 1": NUMPY_RAISES,
        "convolve: x.ndim != 1 or h.ndim != 1 -> h.ndim != 1": NUMPY_RAISES,
        "convolve: x.ndim != 1 -> x.ndim > 1": NOT_ASKED,
        "convolve: x.ndim != 1 -> x.ndim < 1": NUMPY_RAISES,
        "convolve: h.ndim != 1 -> h.ndim > 1": NOT_ASKED,
        "convolve: h.ndim != 1 -> h.ndim < 1": NUMPY_RAISES,
        "convolve: raise ValueError('x and h must be one-dimensional') -> pass": NUMPY_RAISES,
    },
    "convolution_matrix": {
        "convolution_matrix: np.asarray(h, dtype=float) -> np.asarray(h)": ARRAYS,
        "convolution_matrix: np.asarray(h, dtype=float) -> h": ARRAYS,
        "convolution_matrix: h.ndim != 1 -> h.ndim > 1": NOT_ASKED,
    },
    "batch_statistics": {
        "batch_statistics: np.asarray(H, dtype=float) -> np.asarray(H)": ARRAYS,
        "batch_statistics: np.asarray(H, dtype=float) -> H": ARRAYS,
    },
    "standardize": {
        "standardize: np.asarray(H, dtype=float) -> np.asarray(H)": ARRAYS,
        "standardize: np.asarray(H, dtype=float) -> H": ARRAYS,
    },
    "batch_norm": {
        "batch_norm: np.asarray(gamma, dtype=float) -> np.asarray(gamma)": ARRAYS,
        "batch_norm: np.asarray(gamma, dtype=float) -> gamma": ARRAYS,
        "batch_norm: np.asarray(theta, dtype=float) -> np.asarray(theta)": ARRAYS,
        "batch_norm: np.asarray(theta, dtype=float) -> theta": ARRAYS,
    },
    "network_standardized": {
        "network_standardized: np.asarray(x, dtype=float) -> np.asarray(x)": ARRAYS,
        "network_standardized: np.asarray(x, dtype=float) -> x": ARRAYS,
        "network_standardized: 0 -> -1": "the batch has one column: the last is the first",
    },
    "network_batch_norm": {
        "network_batch_norm: np.asarray(x, dtype=float) -> np.asarray(x)": ARRAYS,
        "network_batch_norm: np.asarray(x, dtype=float) -> x": ARRAYS,
        "network_batch_norm: 0 -> -1": "the batch has one column: the last is the first",
    },
    "equivalent_weight": {
        "equivalent_weight: 2.0 -> 3.0": "3 w1 is another weight of the same sign, as 2 w1 is",
    },
}
