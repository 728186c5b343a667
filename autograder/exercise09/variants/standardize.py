"""Right answers to standardize, as people write them."""
# ruff: noqa


# %% own_statistics
def standardize(H):
    mu, sigma = batch_statistics(H)
    return (H - mu) / sigma


# %% one_line
standardize = lambda H: (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)


# %% keepdims
def standardize(H):
    mean = np.mean(H, axis=0, keepdims=True)
    std = np.std(H, axis=0, ddof=1, keepdims=True)
    return np.divide(np.subtract(H, mean), std)


# %% nested_loops
def standardize(H):
    B, d = H.shape
    mu, sigma = batch_statistics(H)
    Z = np.zeros((B, d))
    for i in range(B):
        for j in range(d):
            Z[i, j] = (H[i, j] - mu[j]) / sigma[j]
    return Z


# %% columns_in_place_on_a_copy
def standardize(H):
    Z = np.array(H, dtype=float)
    for j in range(Z.shape[1]):
        Z[:, j] -= Z[:, j].mean()
        Z[:, j] /= Z[:, j].std(ddof=1)
    return Z


# %% list_of_lists
def standardize(H):
    mu, sigma = batch_statistics(H)
    return [[float((h - m) / s) for h, m, s in zip(row, mu, sigma)] for row in H]


# %% matrix
def standardize(H):
    M = np.matrix(H, dtype=float)
    return (M - M.mean(axis=0)) / M.std(axis=0, ddof=1)


# %% single_precision
def standardize(H):
    H = np.asarray(H, dtype="float32")
    return (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)


# %% fortran_order
def standardize(H):
    Z = np.asfortranarray(H, dtype=float)
    Z = Z - Z.mean(axis=0)
    return np.asfortranarray(Z / np.sqrt((Z * Z).sum(axis=0) / (Z.shape[0] - 1)))


# %% centring_matrix
def standardize(H):
    B = len(H)
    centre = np.eye(B) - np.ones((B, B)) / B
    X = centre @ (H - H[0])
    return X @ np.diag(1 / np.sqrt(np.diag(X.T @ X) / (B - 1)))


# %% scipy_zscore
from scipy.stats import zscore


def standardize(H):
    return zscore(H, axis=0, ddof=1)


# %% stacked_columns
def standardize(H):
    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])


# %% transposed_twice
def standardize(H):
    X = H.T
    m = X.mean(axis=1)[:, None]
    s = X.std(axis=1, ddof=1)[:, None]
    return ((X - m) / s).T


# %% rows_with_zip
def standardize(H):
    mu, sigma = batch_statistics(H)
    return np.vstack([(h - mu) / sigma for h in H])


# %% guard_for_constant_features
def standardize(H):
    mu, sigma = batch_statistics(H)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (H - mu) / sigma


# %% class_with_fit
class Standardizer:
    def fit(self, H):
        self.mu = H.mean(axis=0)
        self.sigma = H.std(axis=0, ddof=1)
        return self

    def transform(self, H):
        return (H - self.mu) / self.sigma


def standardize(H):
    return Standardizer().fit(H).transform(H)


# %% with_warning
import warnings


def standardize(H):
    if len(H) < 10:
        warnings.warn("a small batch: the statistics are noisy")
    mu, sigma = batch_statistics(H)
    print("mu =", mu)
    return (H - mu) * sigma**-1


# %% through_batch_norm_of_ones
def standardize(H, gamma=1.0, theta=0.0):
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) / sigma + theta


# %% length_of_columns
def standardize(H):
    X = H - H.mean(axis=0)
    return np.sqrt(len(H) - 1) * X / np.linalg.norm(X, axis=0)


# %% twice
def standardize(H):
    for _ in range(2):
        H = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    return H


# %% plain
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1)
    return (H - mu) / sigma


# %% sum_of_squares
def standardize(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return (H - mu) / sigma
