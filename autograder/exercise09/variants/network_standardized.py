"""Right answers to network_standardized, as people write them."""
# ruff: noqa


# %% own_standardize
def network_standardized(x, w1, w2, phi):
    h = (w1 * x).reshape(-1, 1)
    return w2 * phi(standardize(h)).reshape(-1)


# %% one_dimensional
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(z)


# %% one_dimensional_statistics
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    mu, sigma = batch_statistics(h)
    return w2 * phi((h - mu) / sigma)


# %% one_dimensional_standardize
def network_standardized(x, w1, w2, phi):
    return w2 * phi(standardize(w1 * x))


# %% sign_of_w1
def network_standardized(x, w1, w2, phi):
    return w2 * phi(np.sign(w1) * (x - np.mean(x)) / np.std(x, ddof=1))


# %% with_batch_norm
def network_standardized(x, w1, w2, phi):
    h = w1 * x[:, None]
    z = batch_norm(h, np.array([1.0]), np.array([0.0]))
    return w2 * phi(z[:, 0])


# %% example_by_example
def network_standardized(x, w1, w2, phi):
    h = [w1 * x_i for x_i in x]
    B = len(h)
    mu = sum(h) / B
    sigma = np.sqrt(sum((h_i - mu) ** 2 for h_i in h) / (B - 1))
    f = np.zeros(B)
    for i in range(B):
        f[i] = w2 * phi((h[i] - mu) / sigma)
    return f


# %% list_of_numbers
def network_standardized(x, w1, w2, phi):
    z = standardize(np.array([[w1 * value] for value in x]))
    return [float(w2 * phi(value)) for value in z[:, 0]]


# %% weight_matrices
def network_standardized(x, w1, w2, phi):
    W1 = np.array([[w1]])
    W2 = np.array([[w2]])
    X = np.asarray(x, dtype=float).reshape(1, -1)
    H = (W1 @ X).T
    return (W2 @ phi(standardize(H)).T).ravel()


# %% single_precision
def network_standardized(x, w1, w2, phi):
    h = np.float32(w1) * x.astype(np.float32)
    return np.float32(w2) * phi((h - h.mean()) / h.std(ddof=1))


# %% squeezed
def network_standardized(x, w1, w2, phi):
    h = np.atleast_2d(w1 * x).T
    mu, sigma = batch_statistics(h)
    return np.squeeze(w2 * phi((h - mu) / sigma))


# %% vectorized_phi
def network_standardized(x, w1, w2, phi):
    z = standardize(np.expand_dims(x * w1, 1)).flatten()
    return np.vectorize(phi, otypes=[float])(z) * w2


# %% layers_as_functions
def first_layer(x, w1):
    return w1 * x


def network_standardized(x, w1, w2, phi):
    def normalize(h):
        print(len(h), "examples")
        return (h - np.average(h)) / np.sqrt(np.sum((h - np.average(h)) ** 2) / (len(h) - 1))

    out = x
    for layer in (lambda a: first_layer(a, w1), normalize, phi, lambda a: w2 * a):
        out = layer(out)
    return out
