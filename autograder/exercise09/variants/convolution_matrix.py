"""Right answers to convolution_matrix, as different as people write them."""
# ruff: noqa


# %% nested_loops
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(K):
            W[k, k + K - 1 - i] = h[i]
    return W


# %% one_based_loops
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(1, D - K + 2):
        for i in range(1, K + 1):
            W[k - 1, k + K - i - 1] = h[i - 1]
    return W


# %% scipy_toeplitz
from scipy.linalg import toeplitz


def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    row = np.concatenate([h[::-1], np.zeros(D - K)])
    column = np.zeros(D - K + 1)
    column[0] = h[-1]
    return toeplitz(column, row)


# %% scipy_convolution_matrix
import scipy.linalg


def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) > D:
        raise ValueError("h must be a vector with K <= D")
    return scipy.linalg.convolution_matrix(h, D, mode="valid")


# %% columns_by_convolve
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])


# %% columns_by_convolve_which_checks
def convolution_matrix(h, D):
    columns = []
    for j in range(D):
        e = np.zeros(D)
        e[j] = 1
        columns.append(convolve(e, h))
    return np.array(columns).T


# %% apply_along_axis
def convolution_matrix(h, D):
    convolve(np.ones(D), h)
    return np.apply_along_axis(lambda e: convolve(e, h), 0, np.identity(D))


# %% numpy_convolve_of_the_identity
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% rolled_rows
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    row = np.zeros(D)
    row[: len(h)] = np.flip(h)
    return np.vstack([np.roll(row, k) for k in range(D - len(h) + 1)])


# %% padded_rows
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])


# %% sum_of_diagonals
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    n = D - K + 1
    return sum(h[i] * np.eye(n, D, k=K - 1 - i) for i in range(K))


# %% index_differences
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    h = np.asarray(h, dtype=float)
    K = len(h)
    i = K - 1 - np.subtract.outer(np.arange(D), np.arange(D - K + 1)).T
    inside = (0 <= i) & (i < K)
    return np.where(inside, h[np.clip(i, 0, K - 1)], 0.0)


# %% add_outer
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    n = D - K + 1
    W = np.zeros((n, D))
    W[np.arange(n)[:, None], np.add.outer(np.arange(n), np.arange(K))] = h[::-1]
    return W


# %% stride_tricks
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    n = D - K + 1
    padded = np.concatenate([np.zeros(D - K), h[::-1], np.zeros(D - K)])
    step = padded.strides[0]
    start = padded[D - K :]
    return np.lib.stride_tricks.as_strided(start, shape=(n, D), strides=(-step, step))


# %% written_along_the_flat_array
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for i in range(K):
        W.flat[K - 1 - i :: D + 1] = np.append(np.full(D - K + 1, h[i]), np.zeros(D))[
            : len(W.flat[K - 1 - i :: D + 1])
        ]
    return W


# %% rows_of_the_full_matrix
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    full = np.zeros((D + K - 1, D))
    for j in range(D):
        full[j : j + K, j] = h
    return full[K - 1 : D]


# %% rows_of_the_circulant
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    from scipy.linalg import circulant

    return circulant(np.append(h, np.zeros(D - len(h))))[len(h) - 1 :]


# %% lists
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    h = [float(v) for v in h]
    K = len(h)
    return [[0.0] * k + h[::-1] + [0.0] * (D - K - k) for k in range(D - K + 1)]


# %% comprehension
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    return np.array(
        [
            [h[k + K - 1 - j] if 0 <= k + K - 1 - j < K else 0 for j in range(D)]
            for k in range(D - K + 1)
        ]
    )


# %% numpy_matrix
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    W = np.matrix(np.zeros((D - len(h) + 1, D)))
    for k in range(W.shape[0]):
        W[k, k : k + len(h)] = h[::-1]
    return W


# %% single_precision_in_fortran_order
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    W = np.zeros((D - len(h) + 1, D), dtype=np.float32, order="F")
    for k in range(W.shape[0]):
        W[k, k : k + len(h)] = np.flip(h)
    return W


# %% recursive
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    if D == K:
        return np.array(h[::-1]).reshape(1, K)
    smaller = convolution_matrix(h, D - 1)
    below = np.concatenate([np.zeros(D - K), h[::-1]])
    return np.vstack([np.hstack([smaller, np.zeros((len(smaller), 1))]), below])


# %% class
class Toeplitz:
    def __init__(self, kernel, length):
        kernel = np.array(kernel, dtype=float)
        if kernel.ndim != 1 or not 1 <= kernel.size <= length:
            raise ValueError("no such convolution")
        self.kernel, self.length = kernel, length

    def entry(self, k, j):
        i = k + self.kernel.size - 1 - j
        return self.kernel[i] if 0 <= i < self.kernel.size else 0.0

    def dense(self):
        rows = self.length - self.kernel.size + 1
        return np.array([[self.entry(k, j) for j in range(self.length)] for k in range(rows)])


# %%+
def convolution_matrix(h, D):
    return Toeplitz(h, D).dense()


# %% reduce_over_diagonals
from functools import partial, reduce


def convolution_matrix(h: np.ndarray, D: int) -> np.ndarray:
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    n = D - len(h) + 1
    diagonal = partial(np.eye, n, D)
    return reduce(np.add, (v * diagonal(k=j) for j, v in enumerate(reversed(h))))


# %% from_function
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    taps = np.append(h, 0.0)

    def entry(k, j):
        i = (k + K - 1 - j).astype(int)
        return taps[np.where((i >= 0) & (i < K), i, K)]

    return np.fromfunction(entry, (D - K + 1, D))


# %% prints_and_warns
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    import warnings

    warnings.warn("not optimised")
    W = np.zeros((D - len(h) + 1, D))
    for k, row in enumerate(W):
        row[k : k + len(h)] = h[::-1]
    print(W)
    return W


# %% shared_rows_of_a_fresh_buffer
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    buffer = np.zeros((D, D + K))
    for k in range(D):
        buffer[k, k : k + K] = h[::-1]
    return buffer[: D - K + 1, :D]


# %% remembers_rightly
from functools import lru_cache


@lru_cache(maxsize=None)
def built(h, D):
    if not 0 < len(h) <= D:
        raise ValueError("need 0 < K <= D")
    return tuple((0.0,) * k + h[::-1] + (0.0,) * (D - len(h) - k) for k in range(D - len(h) + 1))


def convolution_matrix(h, D):
    h = np.asarray(h)
    if h.ndim != 1:
        raise ValueError("h must be a vector")
    return np.array(built(tuple(h.tolist()), D))


# %% derivative_of_the_convolution
def convolution_matrix(h, D):
    zero = convolve(np.zeros(D), h)
    W = np.zeros((len(zero), D))
    for j in range(D):
        x = np.zeros(D)
        x[j] = 1.0
        W[:, j] = convolve(x, h) - zero
    return W


# %% block_of_kron
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    n = D - K + 1
    long = np.kron(np.ones(n), np.append(h[::-1], np.zeros(n)))
    return long[: n * D].reshape(n, D)


# %% row_by_row
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W
