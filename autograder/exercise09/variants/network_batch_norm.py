"""Right answers to network_batch_norm, as people write them."""
# ruff: noqa


# %% own_batch_norm
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = (w1 * x).reshape(-1, 1)
    z = batch_norm(h, np.array([gamma]), np.array([theta]))
    return w2 * phi(z)[:, 0]


# %% one_dimensional
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% own_standardize
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = standardize(w1 * x[:, np.newaxis]).ravel()
    return w2 * phi(gamma * z + theta)


# %% one_dimensional_batch_norm
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return w2 * phi(batch_norm(w1 * x, gamma, theta))


# %% phi_shifted_and_scaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return network_standardized(x, w1, w2, lambda z: phi(gamma * z + theta))


# %% sign_of_w1
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = (x - x.mean()) / x.std(ddof=1)
    if w1 < 0:
        z = -z
    return w2 * phi(gamma * z + theta)


# %% statistics
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * np.asarray(x, dtype=float)[:, None]
    mu, sigma = batch_statistics(h)
    z = gamma * (h - mu) / sigma + theta
    return (w2 * phi(z)).squeeze(axis=1)


# %% example_by_example
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = np.array([w1 * value for value in x], dtype=float)
    mu, sigma = np.mean(h), np.std(h, ddof=1)
    return [w2 * phi(gamma * (value - mu) / sigma + theta) for value in h]


# %% single_precision
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x.astype(np.float32)
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return (w2 * phi(z)).astype(np.float32)


# %% standardized_identity
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = network_standardized(x, w1, 1.0, lambda a: a)
    return w2 * phi(gamma * z + theta)


# %% weight_matrices
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    H = x.reshape(-1, 1) @ np.array([[float(w1)]])
    Z = batch_norm(H, [gamma], [theta])
    return (phi(Z) @ np.array([[w2]])).flatten()


# %% scale_and_shift_combined
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    scale = gamma / np.std(h, ddof=1)
    print("effective weight", scale * w1)
    return w2 * phi(scale * (h - np.mean(h)) + theta)


# %% class
class Network:
    def __init__(self, w1, w2, gamma, theta, phi):
        self.__dict__.update(w1=w1, w2=w2, gamma=gamma, theta=theta, phi=phi)

    def forward(self, x):
        h = (self.w1 * x)[:, None]
        z = self.gamma * standardize(h) + self.theta
        return np.ravel(self.w2 * self.phi(z))


# %%+
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return Network(w1, w2, gamma, theta, phi).forward(x)
