"""Wrong answers to network_standardized, as people write them."""
# ruff: noqa


# %% divides_by_B
def network_standardized(x, w1, w2, phi):
    """Your standard deviation divides by B, as np.std does unless it is told otherwise. The
    sheet's sigma of the pre-activation divides by B - 1.
    """
    h = w1 * x
    z = (h - np.mean(h)) / np.std(h)
    return w2 * phi(z)


# %% variance
def network_standardized(x, w1, w2, phi):
    """You divide by a variance. The sheet divides by the root of it, the standard deviation
    of the pre-activation.
    """
    h = w1 * x
    z = (h - h.mean()) / h.var(ddof=1)
    return w2 * phi(z)


# %% epsilon_under_root
def network_standardized(x, w1, w2, phi):
    """You add an epsilon of 1e-5 under the root. The sheet has none, and with a small w1 it is no
    longer true that the size of w1 vanishes.
    """
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5)
    return w2 * phi(z)


# %% epsilon_1e-8_under_root
def network_standardized(x, w1, w2, phi):
    """There is a 1e-8 under your root. The sheet's sigma goes without, which shows as soon as w1
    is very small.
    """
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-8)
    return w2 * phi(z)


# %% epsilon_outside_root
def network_standardized(x, w1, w2, phi):
    """You add 1e-8 to sigma. The sheet divides by sigma alone, however small w1 makes it."""
    h = w1 * x
    z = (h - h.mean()) / (h.std(ddof=1) + 1e-8)
    return w2 * phi(z)


# %% epsilon_1e-5_outside_root
def network_standardized(x, w1, w2, phi):
    """You add 1e-5 to sigma. In the sheet's z the denominator is sigma and nothing else."""
    h = w1 * x
    z = (h - h.mean()) / (h.std(ddof=1) + 1e-5)
    return w2 * phi(z)


# %% epsilon_1e-6_outside_root
def network_standardized(x, w1, w2, phi):
    """You add 1e-6 to sigma. Then a small w1 gives other outputs than a large one, although its
    size should vanish.
    """
    h = w1 * x
    z = (h - h.mean()) / (h.std(ddof=1) + 1e-6)
    return w2 * phi(z)


# %% epsilon_1e-12_under_root
def network_standardized(x, w1, w2, phi):
    """There is a 1e-12 under your root. A very small w1 makes the variance smaller still, and the
    sheet's sigma has no such term.
    """
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-12)
    return w2 * phi(z)


# %% small_sigma_replaced
def network_standardized(x, w1, w2, phi):
    """You replace a small sigma by 1. A small w1 makes sigma small, and the sheet divides by it
    all the same.
    """
    h = w1 * x
    z = (h - h.mean()) / (h.std(ddof=1) if h.std(ddof=1) > 1e-8 else 1.0)
    return w2 * phi(z)


# %% not_standardized
def network_standardized(x, w1, w2, phi):
    """You pass the pre-activation w1 x on as it is: its mean and its sigma over the batch do not
    come in.
    """
    h = w1 * x
    z = h
    return w2 * phi(z)


# %% sign_of_w1_ignored
def network_standardized(x, w1, w2, phi):
    """Your answer is the same for w1 and -w1, as if x itself were standardized and w1 played
    no role. The size of w1 does vanish, but its sign does not: try a negative w1.
    """
    z = (x - x.mean()) / x.std(ddof=1)
    return w2 * phi(z)


# %% statistics_of_x
def network_standardized(x, w1, w2, phi):
    """You use mean and sigma of the input x. The sheet takes both from the pre-activation w1 x."""
    h = w1 * x
    z = (h - x.mean()) / x.std(ddof=1)
    return w2 * phi(z)


# %% sigma_of_x
def network_standardized(x, w1, w2, phi):
    """You divide by sigma of the input x, so that the size of w1 remains. The sheet takes sigma
    of the pre-activation w1 x.
    """
    h = w1 * x
    z = (h - h.mean()) / x.std(ddof=1)
    return w2 * phi(z)


# %% w1_again
def network_standardized(x, w1, w2, phi):
    """You multiply by w1 once more after standardizing. w1 acts before: it makes the pre-
    activation, of which mu and sigma are taken.
    """
    h = w1 * x
    z = w1 * (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(z)


# %% normalized_after_phi
def network_standardized(x, w1, w2, phi):
    """You apply phi first and normalize what comes out. On the sheet the pre-activation is
    normalized, and phi is applied to the result.
    """
    h = w1 * x
    a = phi(h)
    z = (a - a.mean()) / a.std(ddof=1)
    return w2 * z


# %% output_normalized
def network_standardized(x, w1, w2, phi):
    """You normalize the output of the network. On the sheet the first layer's pre-activation is
    normalized, before phi and w2.
    """
    h = w1 * x
    f = w2 * phi(h)
    return (f - f.mean()) / f.std(ddof=1)


# %% output_standardized_too
def network_standardized(x, w1, w2, phi):
    """You standardize the output as well, after w2. The sheet normalizes the first layer only."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    f = w2 * phi(z)
    return (f - f.mean()) / f.std(ddof=1)


# %% phi_missing
def network_standardized(x, w1, w2, phi):
    """phi is missing: your network is linear in the normalized pre-activation."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * z


# %% w2_missing
def network_standardized(x, w1, w2, phi):
    """w2 is missing: the second layer multiplies what phi gives by it."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return phi(z)


# %% w2_inside_phi
def network_standardized(x, w1, w2, phi):
    """Your w2 stands inside phi. On the sheet phi is applied first, and w2 multiplies the result."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return phi(w2 * z)


# %% w2_twice
def network_standardized(x, w1, w2, phi):
    """w2 comes in twice. The network has it once, in front of phi."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(w2 * z)


# %% phi_is_tanh
def network_standardized(x, w1, w2, phi):
    """Your network always uses tanh. phi is an argument: the caller says which non-linearity it
    is.
    """
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * np.tanh(z)


# %% phi_is_relu
def network_standardized(x, w1, w2, phi):
    """Your network always uses the ReLU. phi is an argument: the caller says which non-linearity
    it is.
    """
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * np.maximum(z, 0)


# %% phi_twice
def network_standardized(x, w1, w2, phi):
    """You apply phi twice. There is one non-linearity in the network, after the first layer."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(phi(z))


# %% only_centred
def network_standardized(x, w1, w2, phi):
    """You subtract the mean of the pre-activation but do not divide by its sigma."""
    h = w1 * x
    z = h - h.mean()
    return w2 * phi(z)


# %% only_scaled
def network_standardized(x, w1, w2, phi):
    """You divide the pre-activation by its sigma but do not subtract its mean."""
    h = w1 * x
    z = h / h.std(ddof=1)
    return w2 * phi(z)


# %% one_pass
def network_standardized(x, w1, w2, phi):
    """Your variance is mean of squares minus square of the mean. If x lies far from 0, nothing
    but rounding remains of that difference: follow the sheet's sum of squared deviations.
    """
    h = w1 * x
    z = (h - h.mean()) / np.sqrt((np.sum(h**2) - len(h) * h.mean() ** 2) / (len(h) - 1))
    return w2 * phi(z)


# %% not_centred
def network_standardized(x, w1, w2, phi):
    """Your sigma averages the squares of w1 x itself. The sheet's measures the distances from mu."""
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(np.sum(h**2) / (len(h) - 1))
    return w2 * phi(z)


# %% sign_reversed
def network_standardized(x, w1, w2, phi):
    """You subtract the pre-activation from its mean, so z has the wrong sign, as if w1 had the
    other one.
    """
    h = w1 * x
    z = (h.mean() - h) / h.std(ddof=1)
    return w2 * phi(z)


# %% mean_over_batch
def network_standardized(x, w1, w2, phi):
    """You average the outputs over the batch. The task asks for f at each of the B inputs."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return np.mean(w2 * phi(z))


# %% sum_over_batch
def network_standardized(x, w1, w2, phi):
    """You add the outputs of the batch up. The task asks for f at each of the B inputs."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return np.sum(w2 * phi(z))


# %% one_column
def network_standardized(x, w1, w2, phi):
    """You return a matrix of one column, shape (B, 1). The network gives one number for each
    input: shape (B,).
    """
    h = w1 * x[:, np.newaxis]
    z = standardize(h)
    return w2 * phi(z)


# %% one_row
def network_standardized(x, w1, w2, phi):
    """You return a matrix of one row, shape (1, B). The network gives one number for each input:
    shape (B,).
    """
    h = w1 * x[np.newaxis, :]
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(z)


# %% first_output_only
def network_standardized(x, w1, w2, phi):
    """You return f at the first input only. The task asks for it at each of the B inputs."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(z)[0]


# %% w2_also_first
def network_standardized(x, w1, w2, phi):
    """Your first layer multiplies by w2 in place of w1. Only its sign survives, but that may be
    the wrong one.
    """
    h = w2 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(z)


# %% changes_x
def network_standardized(x, w1, w2, phi):
    """You change the caller's x in place. The batch must be the same after the call as
    before, so work on a new array.
    """
    x -= x.mean()
    h = w1 * x
    z = h / h.std(ddof=1)
    return w2 * phi(z)


# %% truncated_to_integers
def network_standardized(x, w1, w2, phi):
    """For integer inputs your outputs are cut off at the decimal point: an array that is made
    like x is one of integers where x holds integers.
    """
    h = np.zeros_like(x)
    for i in range(len(x)):
        h[i] = w1 * x[i]
    f = np.zeros_like(x)
    z = (h - h.mean()) / h.std(ddof=1)
    for i in range(len(x)):
        f[i] = w2 * phi(z[i])
    return f


# %% remembered_by_size
known = {}


def network_standardized(x, w1, w2, phi):
    """You normalize with mu and sigma of an earlier batch of the same size. The sheet stresses
    that they vary with the batch.
    """
    h = w1 * x
    if len(x) not in known:
        known[len(x)] = (h.mean(), h.std(ddof=1))
    mu, sigma = known[len(x)]
    z = (h - mu) / sigma
    return w2 * phi(z)


# %% same_array_every_time
buffers = {}


def network_standardized(x, w1, w2, phi):
    """You hand out the same array in every call, so an earlier result changes when the next batch
    comes. Make a new array in each call.
    """
    h = w1 * x
    f = buffers.setdefault(len(x), np.empty(len(x)))
    z = (h - h.mean()) / h.std(ddof=1)
    f[:] = w2 * phi(z)
    return f


# %% w1_and_w2_exchanged
def network_standardized(x, w1, w2, phi):
    """Your weights have changed places: w2 multiplies the input and w1 the output. On the
    sheet w1 belongs to the first layer.
    """
    h = w2 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w1 * phi(z)


# %% relu_before_phi
def network_standardized(x, w1, w2, phi):
    """A ReLU acts in your network before phi does, so that negative values never get there.
    phi is the only non-linearity of the first layer.
    """
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(np.maximum(z, 0))


# %% w2_added
def network_standardized(x, w1, w2, phi):
    """You add w2 to what phi gives. The second layer multiplies by it."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 + phi(z)


# %% row_for_column
def network_standardized(x, w1, w2, phi):
    """All your outputs are NaN, as they are where the batch is laid out as one row: each
    feature then has a single example and no spread. The B examples of H stand below each
    other.
    """
    z = standardize((w1 * x)[np.newaxis, :])[0]
    return w2 * phi(z)


# %% row_for_column_returned
def network_standardized(x, w1, w2, phi):
    """You lay the batch out as one row, shape (1, B), so that each of B features has a single
    example, and all is NaN. On the sheet H has one row for each example.
    """
    z = standardize((w1 * x)[np.newaxis, :])
    return w2 * phi(z)


# %% w2_without_sign
def network_standardized(x, w1, w2, phi):
    """You lose the sign of w2: a negative output weight turns the network's output around."""
    h = w1 * np.asarray(x, dtype=float)
    return abs(w2) * phi((h - h.mean()) / h.std(ddof=1))


# %% divides_by_B + variance
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.var()
    return w2 * phi(z)


# %% divides_by_B + epsilon_under_root
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(h.var() + 1e-5)
    return w2 * phi(z)


# %% divides_by_B + epsilon_1e-8_under_root
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(h.var() + 1e-8)
    return w2 * phi(z)


# %% divides_by_B + epsilon_outside_root
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / (h.std() + 1e-8)
    return w2 * phi(z)


# %% divides_by_B + sign_of_w1_ignored
def network_standardized(x, w1, w2, phi):
    z = (x - x.mean()) / x.std()
    return w2 * phi(z)


# %% divides_by_B + sigma_of_x
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / x.std()
    return w2 * phi(z)


# %% divides_by_B + statistics_of_x
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - x.mean()) / x.std()
    return w2 * phi(z)


# %% divides_by_B + w1_again
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = w1 * (h - h.mean()) / h.std()
    return w2 * phi(z)


# %% divides_by_B + w2_inside_phi
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std()
    return phi(w2 * z)


# %% divides_by_B + phi_is_tanh
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std()
    return w2 * np.tanh(z)


# %% divides_by_B + phi_missing
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std()
    return w2 * z


# %% divides_by_B + w2_missing
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std()
    return phi(z)


# %% divides_by_B + only_scaled
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = h / h.std()
    return w2 * phi(z)


# %% divides_by_B + one_pass
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(np.mean(h**2) - np.mean(h) ** 2)
    return w2 * phi(z)


# %% divides_by_B + mean_over_batch
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std()
    return np.mean(w2 * phi(z))


# %% divides_by_B + one_column
def network_standardized(x, w1, w2, phi):
    h = w1 * x[:, np.newaxis]
    z = (h - h.mean()) / h.std()
    return w2 * phi(z)


# %% divides_by_B + one_row
def network_standardized(x, w1, w2, phi):
    h = w1 * x[np.newaxis, :]
    z = (h - h.mean()) / h.std()
    return w2 * phi(z)


# %% variance + sign_of_w1_ignored
def network_standardized(x, w1, w2, phi):
    z = (x - x.mean()) / x.var(ddof=1)
    return w2 * phi(z)


# %% variance + sigma_of_x
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / x.var(ddof=1)
    return w2 * phi(z)


# %% variance + w2_inside_phi
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.var(ddof=1)
    return phi(w2 * z)


# %% variance + phi_is_tanh
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.var(ddof=1)
    return w2 * np.tanh(z)


# %% sign_of_w1_ignored + w2_inside_phi
def network_standardized(x, w1, w2, phi):
    z = (x - x.mean()) / x.std(ddof=1)
    return phi(w2 * z)


# %% sign_of_w1_ignored + phi_is_tanh
def network_standardized(x, w1, w2, phi):
    z = (x - x.mean()) / x.std(ddof=1)
    return w2 * np.tanh(z)


# %% sign_of_w1_ignored + epsilon_outside_root
def network_standardized(x, w1, w2, phi):
    z = (x - x.mean()) / (x.std(ddof=1) + 1e-8)
    return w2 * phi(z)


# %% sign_of_w1_ignored + w2_missing
def network_standardized(x, w1, w2, phi):
    z = (x - x.mean()) / x.std(ddof=1)
    return phi(z)


# %% not_standardized + w2_inside_phi
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = h
    return phi(w2 * z)


# %% not_standardized + phi_is_tanh
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = h
    return w2 * np.tanh(z)


# %% not_standardized + w2_missing
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = h
    return phi(z)


# %% w2_inside_phi + phi_is_tanh
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return np.tanh(w2 * z)


# %% w2_missing + phi_is_tanh
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return np.tanh(z)


# %% epsilon_under_root + phi_is_tanh
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5)
    return w2 * np.tanh(z)


# %% epsilon_outside_root + w2_inside_phi
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    z = (h - h.mean()) / (h.std(ddof=1) + 1e-8)
    return phi(w2 * z)


# %% divides_by_B + normalized_after_phi
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    a = phi(h)
    z = (a - a.mean()) / a.std()
    return w2 * z


# %% divides_by_B + output_normalized
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    f = w2 * phi(h)
    return (f - f.mean()) / f.std()


# %% variance + normalized_after_phi
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    a = phi(h)
    z = (a - a.mean()) / a.var(ddof=1)
    return w2 * z


# %% variance + output_normalized
def network_standardized(x, w1, w2, phi):
    h = w1 * x
    f = w2 * phi(h)
    return (f - f.mean()) / f.var(ddof=1)


# %% divides_by_B + changes_x
def network_standardized(x, w1, w2, phi):
    x -= x.mean()
    h = w1 * x
    z = h / h.std()
    return w2 * phi(z)


# %% divides_by_B + remembered_by_size
known = {}


def network_standardized(x, w1, w2, phi):
    h = w1 * x
    if len(x) not in known:
        known[len(x)] = (h.mean(), h.std())
    mu, sigma = known[len(x)]
    z = (h - mu) / sigma
    return w2 * phi(z)


# %% sign_of_w1_ignored + one_column
def network_standardized(x, w1, w2, phi):
    return w2 * phi(standardize(x[:, np.newaxis]))


# %% w2_missing + one_column
def network_standardized(x, w1, w2, phi):
    return phi(standardize(w1 * x[:, np.newaxis]))
