"""Right answers to batch_statistics, as people write them."""
# ruff: noqa


# %% numpy_functions
def batch_statistics(H):
    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)


# %% array_methods
def batch_statistics(H):
    mu = H.mean(0)
    sigma = H.std(0, ddof=1)
    return mu, sigma


# %% formula
def batch_statistics(H: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    B, d = H.shape
    mu = np.sum(H, axis=0) / B
    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (B - 1))
    return mu, sigma


# %% nested_loops
def batch_statistics(H):
    B, d = H.shape
    mu = np.zeros(d)
    sigma = np.zeros(d)
    for j in range(d):
        for i in range(B):
            mu[j] += H[i, j]
        mu[j] /= B
        for i in range(B):
            sigma[j] += (H[i, j] - mu[j]) ** 2
        sigma[j] = (sigma[j] / (B - 1)) ** 0.5
    return mu, sigma


# %% corrected_by_hand
def batch_statistics(H):
    B = len(H)
    return np.average(H, axis=0), np.std(H, axis=0) * np.sqrt(B / (B - 1))


# %% list_of_two
def batch_statistics(H):
    return [H.mean(axis=0), H.std(axis=0, ddof=1)]


# %% stacked_array
def batch_statistics(H):
    return np.array([H.mean(axis=0), H.std(axis=0, ddof=1)])


# %% lists_of_numbers
def batch_statistics(H):
    mu = [float(np.mean(h)) for h in H.T]
    sigma = [float(np.std(h, ddof=1)) for h in H.T]
    return mu, sigma


# %% statistics_module
import statistics


def batch_statistics(H):
    columns = [[float(value) for value in column] for column in zip(*H)]
    mu = np.array([statistics.mean(column) for column in columns])
    sigma = np.array([statistics.stdev(column) for column in columns])
    return mu, sigma


# %% covariance_matrix
def batch_statistics(H):
    C = np.atleast_2d(np.cov(H, rowvar=False))
    return H.mean(axis=0), np.sqrt(np.diag(C))


# %% averaging_matrix
def batch_statistics(H):
    B = H.shape[0]
    ones = np.ones(B)
    mu = ones @ H / B
    X = H - np.outer(ones, mu)
    return mu, np.sqrt(np.einsum("ij,ij->j", X, X) / (B - 1))


# %% single_precision
def batch_statistics(H):
    H = H.astype(np.float32)
    return H.mean(axis=0), H.std(axis=0, ddof=1)


# %% welford
def batch_statistics(H):
    mean = np.zeros(H.shape[1])
    M2 = np.zeros(H.shape[1])
    for n, h in enumerate(H, start=1):
        delta = h - mean
        mean = mean + delta / n
        M2 = M2 + delta * (h - mean)
    return mean, np.sqrt(M2 / (len(H) - 1))


# %% vector_lengths
def batch_statistics(H):
    mu = np.mean(np.asarray(H, dtype=np.float64), axis=0)
    return mu, np.linalg.norm(H - mu, axis=0) / np.sqrt(len(H) - 1)


# %% apply_along_axis
def batch_statistics(H):
    print("shape", H.shape)
    mu = np.apply_along_axis(np.mean, 0, H)
    sigma = np.apply_along_axis(lambda h: np.std(h, ddof=1), 0, H)
    return mu, sigma


# %% differences_of_pairs
def batch_statistics(H):
    B = len(H)
    squares = (H[:, None, :].astype(float) - H[None, :, :]) ** 2
    return H.mean(axis=0), np.sqrt(squares.sum(axis=(0, 1)) / (2 * B * (B - 1)))


# %% scipy_stats
from scipy import stats


def batch_statistics(H):
    return np.mean(H, axis=0), stats.tstd(H, axis=0)


# %% transposed_inside
def batch_statistics(H):
    X = np.ascontiguousarray(H.T)
    mu = X.mean(axis=1)
    sigma = X.std(axis=1, ddof=1)
    return mu, sigma


# %% helpers_in_another_cell
def mean(values):
    return sum(values) / len(values)


def spread(values):
    m = mean(values)
    return (sum((v - m) ** 2 for v in values) / (len(values) - 1)) ** 0.5


# %%+
def batch_statistics(H):
    d = H.shape[1]
    return (
        np.array([mean(H[:, j]) for j in range(d)]),
        np.array([spread(H[:, j]) for j in range(d)]),
    )


# %% named_tuple
from collections import namedtuple

Statistics = namedtuple("Statistics", "mu sigma")


def batch_statistics(H):
    return Statistics(mu=H.mean(axis=0), sigma=H.var(axis=0, ddof=1) ** 0.5)


# %% plain
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1)
    return mu, sigma


# %% numpy_functions_plain
def batch_statistics(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0, ddof=1)
    return mu, sigma


# %% sum_of_squares
def batch_statistics(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return mu, sigma
