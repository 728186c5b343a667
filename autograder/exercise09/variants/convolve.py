"""Right answers to convolve, as different as people write them."""
# ruff: noqa


# %% numpy_valid
def convolve(x, h):
    if len(h) > len(x):
        raise ValueError("kernel is longer than the signal")
    return np.convolve(x, h, "valid")


# %% slices_and_dot
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = h.size
    return np.array([x[k : k + K] @ h[::-1] for k in range(x.size - K + 1)])


# %% one_based_loops
def convolve(x, h):
    x = np.array(x)
    h = np.array(h)
    if x.ndim != 1:
        raise ValueError("x is not 1-d")
    if h.ndim != 1:
        raise ValueError("h is not 1-d")
    D = x.shape[0]
    K = h.shape[0]
    if K == 0 or D == 0 or K > D:
        raise ValueError("wrong length")
    result = []
    for k in range(1, D - K + 2):
        s = 0
        for i in range(1, K + 1):
            s = s + x[K + k - i - 1] * h[i - 1]
        result.append(s)
    return result


# %% correlate_with_the_flipped_kernel
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.correlate(x, np.flip(h), mode="valid")


# %% full_and_cut
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.convolve(x, h)[len(h) - 1 : len(x)]


# %% sliding_windows
from numpy.lib.stride_tricks import sliding_window_view


def convolve(x, h):
    x = np.asarray(x)
    h = np.asarray(h)
    if x.ndim != 1 or h.ndim != 1 or len(h) == 0 or len(x) < len(h):
        raise ValueError("x and h have to be vectors with 1 <= K <= D")
    return sliding_window_view(x, len(h)) @ h[::-1]


# %% stride_tricks
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    x = np.ascontiguousarray(x)
    K = len(h)
    windows = np.lib.stride_tricks.as_strided(
        x, shape=(len(x) - K + 1, K), strides=(x.strides[0], x.strides[0])
    )
    return windows.dot(h[::-1])


# %% scipy_signal
from scipy import signal


def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return signal.convolve(x, h, mode="valid")


# %% fft
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    n = len(x) + len(h) - 1
    full = np.fft.irfft(np.fft.rfft(x, n) * np.fft.rfft(h, n), n)
    return full[len(h) - 1 : len(x)]


# %% sum_of_shifted_signals
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    D, K = len(x), len(h)
    out = np.zeros(D - K + 1)
    for i in range(K):
        out += h[i] * x[K - 1 - i : D - i]
    return out


# %% index_table
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    D, K = len(x), len(h)
    positions = np.add.outer(np.arange(D - K + 1), np.arange(K - 1, -1, -1))
    return (x[positions] * h).sum(axis=1)


# %% einsum_in_float32
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    x = np.asarray(x, dtype=np.float32)
    h = np.asarray(h, dtype=np.float32)
    K = len(h)
    windows = np.stack([x[i : len(x) - K + 1 + i] for i in range(K)])
    return np.einsum("ik,i->k", windows, h[::-1])


# %% roll_and_cut
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    total = sum(h[i] * np.roll(x, i) for i in range(K))
    return total[K - 1 :]


# %% recursive
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")

    def rest(x):
        if len(x) < len(h):
            return []
        first = sum(a * b for a, b in zip(x[: len(h)], reversed(h)))
        return [first] + rest(x[1:])

    return np.array(rest(list(x)))


# %% functools_and_lists
from functools import reduce
from operator import add, mul


def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    x, h = list(x), list(h)[::-1]
    K = len(h)
    return [float(reduce(add, map(mul, x[k : k + K], h))) for k in range(len(x) - K + 1)]


# %% own_check_in_another_cell
class WrongLength(ValueError):
    pass


def as_vector(a):
    a = np.asarray(a, dtype=float)
    if a.ndim != 1 or a.size == 0:
        raise WrongLength(f"expected a vector, got shape {a.shape}")
    return a


# %%+
def convolve(x: np.ndarray, h: np.ndarray) -> np.ndarray:
    x, h = as_vector(x), as_vector(h)
    if len(h) > len(x):
        raise WrongLength("kernel too long")
    y = np.empty(len(x) - len(h) + 1)
    for k in range(len(y)):
        y[k] = np.inner(x[k : k + len(h)], h[::-1])
    return y


# %% prints_and_warns
import warnings


def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    warnings.warn("this is slow")
    print("convolving", len(x), "with", len(h))
    return np.array([np.sum(x[k : k + len(h)] * np.flip(h)) for k in range(len(x) - len(h) + 1)])


# %% matrix_product
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    D, K = len(x), len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return np.matmul(W, x)


# %% polynomial_product
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    D, K = len(x), len(h)
    coefficients = [0] * (D + K - 1)
    for a in range(D):
        for b in range(K):
            coefficients[a + b] += x[a] * h[b]
    return np.array(coefficients[K - 1 : D])


# %% generator
def windows(x, K):
    k = 0
    while k + K <= len(x):
        yield x[k : k + K]
        k += 1


def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.fromiter((np.dot(w, h[::-1]) for w in windows(x, len(h))), dtype=float)


# %% class_with_state_of_its_own
class Layer:
    def __init__(self, h):
        self.weights = np.flip(np.array(h, dtype=float))

    def __call__(self, x):
        K = len(self.weights)
        return np.array([np.vdot(self.weights, x[k : k + K]) for k in range(len(x) - K + 1)])


def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return Layer(h)(np.array(x, dtype=float))


# %% tuple_of_numpy_floats
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return tuple(
        np.float64(sum(x[len(h) - 1 + k - i] * h[i] for i in range(len(h))))
        for k in range(len(x) - len(h) + 1)
    )


# %% lambda_and_errors_from_numpy
convolve = lambda x, h: np.convolve(x, h, "valid") if len(h) <= len(x) else np.zeros(-1)


# %% dot_products
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])


# %% filled_in
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    out = np.zeros(len(x) - K + 1)
    for k in range(len(x) - K + 1):
        out[k] = np.dot(x[k : k + K], h[::-1])
    return out
