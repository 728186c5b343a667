"""Wrong answers to network_batch_norm, as people write them."""
# ruff: noqa


# %% divides_by_B
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your standard deviation divides by B, as np.std does unless it is told otherwise. The
    sheet's sigma of the pre-activation divides by B - 1.
    """
    h = w1 * x
    z = gamma * (h - np.mean(h)) / np.std(h) + theta
    return w2 * phi(z)


# %% variance
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You divide by a variance. The sheet divides by the root of it, the standard deviation
    of the pre-activation.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / h.var(ddof=1) + theta
    return w2 * phi(z)


# %% epsilon_under_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You add an epsilon of 1e-5 under the root. The sheet has none, and with a small w1 it is no
    longer true that the size of w1 vanishes.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5) + theta
    return w2 * phi(z)


# %% epsilon_1e-8_under_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """There is a 1e-8 under your root. The sheet's sigma goes without, which shows as soon as w1
    is very small.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-8) + theta
    return w2 * phi(z)


# %% epsilon_outside_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You add 1e-8 to sigma. The sheet divides by sigma alone, however small w1 makes it."""
    h = w1 * x
    z = gamma * (h - h.mean()) / (h.std(ddof=1) + 1e-8) + theta
    return w2 * phi(z)


# %% epsilon_1e-5_outside_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You add 1e-5 to sigma. In the sheet's z the denominator is sigma and nothing else."""
    h = w1 * x
    z = gamma * (h - h.mean()) / (h.std(ddof=1) + 1e-5) + theta
    return w2 * phi(z)


# %% epsilon_1e-6_outside_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You add 1e-6 to sigma. Then a small w1 gives other outputs than a large one, although its
    size should vanish.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / (h.std(ddof=1) + 1e-6) + theta
    return w2 * phi(z)


# %% epsilon_1e-12_under_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """There is a 1e-12 under your root. A very small w1 makes the variance smaller still, and the
    sheet's sigma has no such term.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-12) + theta
    return w2 * phi(z)


# %% small_sigma_replaced
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You replace a small sigma by 1. A small w1 makes sigma small, and the sheet divides by it
    all the same.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / (h.std(ddof=1) if h.std(ddof=1) > 1e-8 else 1.0) + theta
    return w2 * phi(z)


# %% not_standardized
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your pre-activation w1 x is not standardized: its mean and its sigma over the batch do
    not come in.
    """
    h = w1 * x
    z = gamma * h + theta
    return w2 * phi(z)


# %% sign_of_w1_ignored
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your answer is the same for w1 and -w1, as if x itself were standardized and w1 played
    no role. The size of w1 does vanish, but its sign does not: try a negative w1.
    """
    z = gamma * (x - x.mean()) / x.std(ddof=1) + theta
    return w2 * phi(z)


# %% statistics_of_x
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You use mean and sigma of the input x. The sheet takes both from the pre-activation w1 x."""
    h = w1 * x
    z = gamma * (h - x.mean()) / x.std(ddof=1) + theta
    return w2 * phi(z)


# %% sigma_of_x
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You divide by sigma of the input x, so that the size of w1 remains. The sheet takes sigma
    of the pre-activation w1 x.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / x.std(ddof=1) + theta
    return w2 * phi(z)


# %% w1_again
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You multiply by w1 once more after standardizing. w1 acts before: it makes the pre-
    activation, of which mu and sigma are taken.
    """
    h = w1 * x
    z = gamma * w1 * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% normalized_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You apply phi first and normalize what comes out. On the sheet the pre-activation is
    normalized, and phi is applied to the result.
    """
    h = w1 * x
    a = phi(h)
    z = (a - a.mean()) / a.std(ddof=1)
    return w2 * (gamma * z + theta)


# %% output_normalized
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You normalize the output of the network. On the sheet the first layer's pre-activation is
    normalized, before phi and w2.
    """
    h = w1 * x
    f = w2 * phi(h)
    return gamma * (f - f.mean()) / f.std(ddof=1) + theta


# %% output_standardized_too
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You standardize the output as well, after w2. The sheet normalizes the first layer only."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    f = w2 * phi(z)
    return (f - f.mean()) / f.std(ddof=1)


# %% phi_missing
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """phi is missing: your network is linear in the normalized pre-activation."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * z


# %% w2_missing
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """w2 is missing: the second layer multiplies what phi gives by it."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return phi(z)


# %% w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your w2 stands inside phi. On the sheet phi is applied first, and w2 multiplies the result."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return phi(w2 * z)


# %% w2_twice
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """w2 comes in twice. The network has it once, in front of phi."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(w2 * z)


# %% phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your network always uses tanh. phi is an argument: the caller says which non-linearity it
    is.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * np.tanh(z)


# %% phi_is_relu
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your network always uses the ReLU. phi is an argument: the caller says which non-linearity
    it is.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * np.maximum(z, 0)


# %% phi_twice
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You apply phi twice. There is one non-linearity in the network, after the first layer."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(phi(z))


# %% only_centred
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You subtract the mean of the pre-activation but do not divide by its sigma."""
    h = w1 * x
    z = gamma * (h - h.mean()) + theta
    return w2 * phi(z)


# %% only_scaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You divide the pre-activation by its sigma but do not subtract its mean."""
    h = w1 * x
    z = gamma * h / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% one_pass
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your variance is mean of squares minus square of the mean. If x lies far from 0, nothing
    but rounding remains of that difference: follow the sheet's sum of squared deviations.
    """
    h = w1 * x
    z = (
        gamma * (h - h.mean()) / np.sqrt((np.sum(h**2) - len(h) * h.mean() ** 2) / (len(h) - 1))
        + theta
    )
    return w2 * phi(z)


# %% not_centred
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your sigma averages the squares of w1 x itself. The sheet's measures the distances from mu."""
    h = w1 * x
    z = gamma * (h - h.mean()) / np.sqrt(np.sum(h**2) / (len(h) - 1)) + theta
    return w2 * phi(z)


# %% sign_reversed
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You subtract the pre-activation from its mean, so z has the wrong sign, as if w1 had the
    other one.
    """
    h = w1 * x
    z = gamma * (h.mean() - h) / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% mean_over_batch
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You average the outputs over the batch. The task asks for f at each of the B inputs."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return np.mean(w2 * phi(z))


# %% sum_over_batch
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You add the outputs of the batch up. The task asks for f at each of the B inputs."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return np.sum(w2 * phi(z))


# %% one_column
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You return a matrix of one column, shape (B, 1). The network gives one number for each
    input: shape (B,).
    """
    h = w1 * x[:, np.newaxis]
    z = batch_norm(h, [gamma], [theta])
    return w2 * phi(z)


# %% one_row
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You return a matrix of one row, shape (1, B). The network gives one number for each input:
    shape (B,).
    """
    h = w1 * x[np.newaxis, :]
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% first_output_only
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You return f at the first input only. The task asks for it at each of the B inputs."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(z)[0]


# %% w2_also_first
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your first layer multiplies by w2 in place of w1. Only its sign survives, but that may be
    the wrong one.
    """
    h = w2 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% changes_x
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You change the caller's x in place. The batch must be the same after the call as
    before, so work on a new array.
    """
    x -= x.mean()
    h = w1 * x
    z = gamma * h / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% truncated_to_integers
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """For integer inputs your outputs are cut off at the decimal point: an array that is made
    like x is one of integers where x holds integers.
    """
    h = np.zeros_like(x)
    for i in range(len(x)):
        h[i] = w1 * x[i]
    f = np.zeros_like(x)
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    for i in range(len(x)):
        f[i] = w2 * phi(z[i])
    return f


# %% remembered_by_size
known = {}


def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You normalize with mu and sigma of an earlier batch of the same size. The sheet stresses
    that they vary with the batch.
    """
    h = w1 * x
    if len(x) not in known:
        known[len(x)] = (h.mean(), h.std(ddof=1))
    mu, sigma = known[len(x)]
    z = gamma * (h - mu) / sigma + theta
    return w2 * phi(z)


# %% same_array_every_time
buffers = {}


def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You hand out the same array in every call, so an earlier result changes when the next batch
    comes. Make a new array in each call.
    """
    h = w1 * x
    f = buffers.setdefault(len(x), np.empty(len(x)))
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    f[:] = w2 * phi(z)
    return f


# %% not_rescaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """gamma and theta do not come in: that is the network whose first layer is only standardized."""
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(z)


# %% gamma_forgotten
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """gamma plays no role in your answer. It multiplies the standardized pre-activation and so
    gives phi its range back.
    """
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% theta_forgotten
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """theta plays no role in your answer. It is added to the scaled pre-activation, before phi."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(z)


# %% theta_inside_gamma
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You add theta first and multiply by gamma afterwards, so theta is scaled as well. In the
    sheet's z gamma scales the standardized value alone.
    """
    h = w1 * x
    z = gamma * ((h - h.mean()) / h.std(ddof=1) + theta)
    return w2 * phi(z)


# %% gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You scale by theta and shift by gamma. On the sheet gamma is the factor and theta is what
    is added.
    """
    h = w1 * x
    z = theta * (h - h.mean()) / h.std(ddof=1) + gamma
    return w2 * phi(z)


# %% rescaled_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You rescale what phi gives. On the sheet gamma and theta act on the pre-activation, so that
    phi sees another range of inputs.
    """
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * (gamma * phi(z) + theta)


# %% output_rescaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You rescale the output of the network, after w2. On the sheet gamma and theta belong to the
    first layer and act before phi.
    """
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return gamma * w2 * phi(z) + theta


# %% theta_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your theta is added after phi. On the sheet phi is applied to z, and theta is part of z."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1)
    return w2 * (phi(z) + theta)


# %% theta_after_everything
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your theta is added to the output, like a bias of the second layer. On the sheet it is part
    of z, inside phi.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(z) + theta


# %% gamma_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your gamma multiplies what phi gives, where it only repeats w2. On the sheet it multiplies
    the pre-activation, inside phi.
    """
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * gamma * phi(z)


# %% theta_subtracted
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You subtract theta. The sheet adds it: theta is the new mean of the pre-activation."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) - theta
    return w2 * phi(z)


# %% divides_by_gamma
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You divide by gamma. On the sheet it is a factor, and it may be 0."""
    h = w1 * x
    z = (h - h.mean()) / (gamma * h.std(ddof=1)) + theta
    return w2 * phi(z)


# %% gamma_without_sign
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You use the size of gamma without its sign. gamma is learned and may well be negative."""
    h = w1 * x
    z = abs(gamma) * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% gamma_squared
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your gamma comes in squared. In the sheet's z it stands once."""
    h = w1 * x
    z = gamma**2 * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(z)


# %% phi_before_rescaling
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You apply phi between standardizing and rescaling, and once more afterwards. On the sheet
    it comes once, after both.
    """
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * phi(gamma * phi(z) + theta)


# %% standardized_after_rescaling
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You rescale before standardizing, which takes theta and the size of gamma out again. On the
    sheet the rescaling comes last.
    """
    h = w1 * x
    y = gamma * h + theta
    z = (y - y.mean()) / y.std(ddof=1)
    return w2 * phi(z)


# %% w1_and_w2_exchanged
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your weights have changed places: w2 multiplies the input and w1 the output. On the
    sheet w1 belongs to the first layer.
    """
    h = w2 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w1 * phi(z)


# %% relu_before_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """A ReLU acts in your network before phi does, so that negative values never get there.
    phi is the only non-linearity of the first layer.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(np.maximum(z, 0))


# %% w2_added
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You add w2 to what phi gives. The second layer multiplies by it."""
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 + phi(z)


# %% row_for_column
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """All your outputs are NaN, as they are where the batch is laid out as one row: each
    feature then has a single example and no spread. The B examples of H stand below each
    other.
    """
    z = batch_norm((w1 * x)[np.newaxis, :], [gamma], [theta])[0]
    return w2 * phi(z)


# %% row_for_column_returned
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You lay the batch out as one row, shape (1, B), so that each of B features has a single
    example, and all is NaN. On the sheet H has one row for each example.
    """
    z = batch_norm((w1 * x)[np.newaxis, :], [gamma], [theta])
    return w2 * phi(z)


# %% plain_network
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your result is that of the plain network, as if there were no batch norm: either
    neither mu, sigma, gamma nor theta comes in, or they undo each other. Use the gamma and
    theta that are given.
    """
    h = w1 * x
    return w2 * phi(h)


# %% w1_after_rescaling
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your w1 multiplies after batch norm has rescaled, theta included. w1 belongs to the
    pre-activation, which batch norm works on.
    """
    z = gamma * (x - x.mean()) / x.std(ddof=1) + theta
    return w2 * phi(w1 * z)


# %% w1_again_after_rescaling
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """Your w1 comes in twice: in the pre-activation and once more behind batch norm, theta
    included. Behind batch norm there is only phi, and then w2.
    """
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * phi(w1 * z)


# %% swapped_and_inside
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    """You add gamma first and multiply by theta afterwards. On the sheet gamma is the factor,
    theta is what is added, and the adding comes last.
    """
    h = w1 * x
    z = theta * ((h - h.mean()) / h.std(ddof=1) + gamma)
    return w2 * phi(z)


# %% divides_by_B + variance
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.var() + theta
    return w2 * phi(z)


# %% divides_by_B + epsilon_under_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / np.sqrt(h.var() + 1e-5) + theta
    return w2 * phi(z)


# %% divides_by_B + epsilon_1e-8_under_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / np.sqrt(h.var() + 1e-8) + theta
    return w2 * phi(z)


# %% divides_by_B + epsilon_outside_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / (h.std() + 1e-8) + theta
    return w2 * phi(z)


# %% divides_by_B + sign_of_w1_ignored
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / x.std() + theta
    return w2 * phi(z)


# %% divides_by_B + sigma_of_x
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / x.std() + theta
    return w2 * phi(z)


# %% divides_by_B + statistics_of_x
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - x.mean()) / x.std() + theta
    return w2 * phi(z)


# %% divides_by_B + w1_again
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * w1 * (h - h.mean()) / h.std() + theta
    return w2 * phi(z)


# %% divides_by_B + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std() + theta
    return phi(w2 * z)


# %% divides_by_B + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std() + theta
    return w2 * np.tanh(z)


# %% divides_by_B + phi_missing
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std() + theta
    return w2 * z


# %% divides_by_B + w2_missing
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std() + theta
    return phi(z)


# %% divides_by_B + only_scaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * h / h.std() + theta
    return w2 * phi(z)


# %% divides_by_B + one_pass
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / np.sqrt(np.mean(h**2) - np.mean(h) ** 2) + theta
    return w2 * phi(z)


# %% divides_by_B + mean_over_batch
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std() + theta
    return np.mean(w2 * phi(z))


# %% divides_by_B + one_column
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x[:, np.newaxis]
    z = gamma * (h - h.mean()) / h.std() + theta
    return w2 * phi(z)


# %% divides_by_B + one_row
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x[np.newaxis, :]
    z = gamma * (h - h.mean()) / h.std() + theta
    return w2 * phi(z)


# %% variance + sign_of_w1_ignored
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / x.var(ddof=1) + theta
    return w2 * phi(z)


# %% variance + sigma_of_x
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / x.var(ddof=1) + theta
    return w2 * phi(z)


# %% variance + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.var(ddof=1) + theta
    return phi(w2 * z)


# %% variance + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.var(ddof=1) + theta
    return w2 * np.tanh(z)


# %% sign_of_w1_ignored + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / x.std(ddof=1) + theta
    return phi(w2 * z)


# %% sign_of_w1_ignored + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / x.std(ddof=1) + theta
    return w2 * np.tanh(z)


# %% sign_of_w1_ignored + epsilon_outside_root
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / (x.std(ddof=1) + 1e-8) + theta
    return w2 * phi(z)


# %% sign_of_w1_ignored + w2_missing
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / x.std(ddof=1) + theta
    return phi(z)


# %% not_standardized + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * h + theta
    return phi(w2 * z)


# %% not_standardized + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * h + theta
    return w2 * np.tanh(z)


# %% not_standardized + w2_missing
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * h + theta
    return phi(z)


# %% w2_inside_phi + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return np.tanh(w2 * z)


# %% w2_missing + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) + theta
    return np.tanh(z)


# %% epsilon_under_root + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5) + theta
    return w2 * np.tanh(z)


# %% epsilon_outside_root + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / (h.std(ddof=1) + 1e-8) + theta
    return phi(w2 * z)


# %% divides_by_B + normalized_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    a = phi(h)
    z = (a - a.mean()) / a.std()
    return w2 * (gamma * z + theta)


# %% divides_by_B + output_normalized
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    f = w2 * phi(h)
    return gamma * (f - f.mean()) / f.std() + theta


# %% variance + normalized_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    a = phi(h)
    z = (a - a.mean()) / a.var(ddof=1)
    return w2 * (gamma * z + theta)


# %% variance + output_normalized
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    f = w2 * phi(h)
    return gamma * (f - f.mean()) / f.var(ddof=1) + theta


# %% divides_by_B + changes_x
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    x -= x.mean()
    h = w1 * x
    z = gamma * h / h.std() + theta
    return w2 * phi(z)


# %% divides_by_B + remembered_by_size
known = {}


def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    if len(x) not in known:
        known[len(x)] = (h.mean(), h.std())
    mu, sigma = known[len(x)]
    z = gamma * (h - mu) / sigma + theta
    return w2 * phi(z)


# %% divides_by_B + theta_inside_gamma
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * ((h - h.mean()) / h.std() + theta)
    return w2 * phi(z)


# %% divides_by_B + gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = theta * (h - h.mean()) / h.std() + gamma
    return w2 * phi(z)


# %% divides_by_B + gamma_forgotten
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std() + theta
    return w2 * phi(z)


# %% divides_by_B + theta_forgotten
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std()
    return w2 * phi(z)


# %% divides_by_B + not_rescaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std()
    return w2 * phi(z)


# %% divides_by_B + rescaled_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std()
    return w2 * (gamma * phi(z) + theta)


# %% divides_by_B + output_rescaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std()
    return gamma * w2 * phi(z) + theta


# %% divides_by_B + theta_subtracted
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std() - theta
    return w2 * phi(z)


# %% divides_by_B + theta_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std()
    return w2 * (phi(z) + theta)


# %% divides_by_B + theta_after_everything
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std()
    return w2 * phi(z) + theta


# %% divides_by_B + gamma_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std() + theta
    return w2 * gamma * phi(z)


# %% variance + theta_inside_gamma
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * ((h - h.mean()) / h.var(ddof=1) + theta)
    return w2 * phi(z)


# %% variance + gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = theta * (h - h.mean()) / h.var(ddof=1) + gamma
    return w2 * phi(z)


# %% variance + not_rescaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.var(ddof=1)
    return w2 * phi(z)


# %% variance + rescaled_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.var(ddof=1)
    return w2 * (gamma * phi(z) + theta)


# %% sign_of_w1_ignored + theta_inside_gamma
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * ((x - x.mean()) / x.std(ddof=1) + theta)
    return w2 * phi(z)


# %% sign_of_w1_ignored + gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = theta * (x - x.mean()) / x.std(ddof=1) + gamma
    return w2 * phi(z)


# %% sign_of_w1_ignored + gamma_forgotten
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = (x - x.mean()) / x.std(ddof=1) + theta
    return w2 * phi(z)


# %% sign_of_w1_ignored + theta_forgotten
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / x.std(ddof=1)
    return w2 * phi(z)


# %% sign_of_w1_ignored + not_rescaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = (x - x.mean()) / x.std(ddof=1)
    return w2 * phi(z)


# %% sign_of_w1_ignored + rescaled_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = (x - x.mean()) / x.std(ddof=1)
    return w2 * (gamma * phi(z) + theta)


# %% sign_of_w1_ignored + theta_after_everything
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / x.std(ddof=1)
    return w2 * phi(z) + theta


# %% sign_of_w1_ignored + gamma_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = (x - x.mean()) / x.std(ddof=1) + theta
    return w2 * gamma * phi(z)


# %% not_standardized + theta_inside_gamma
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h + theta)
    return w2 * phi(z)


# %% not_standardized + gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = theta * h + gamma
    return w2 * phi(z)


# %% not_standardized + gamma_forgotten
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = h + theta
    return w2 * phi(z)


# %% not_standardized + theta_forgotten
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * h
    return w2 * phi(z)


# %% not_standardized + rescaled_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = h
    return w2 * (gamma * phi(z) + theta)


# %% not_standardized + theta_after_everything
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * h
    return w2 * phi(z) + theta


# %% not_standardized + gamma_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = h + theta
    return w2 * gamma * phi(z)


# %% sigma_of_x + theta_inside_gamma
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * ((h - h.mean()) / x.std(ddof=1) + theta)
    return w2 * phi(z)


# %% sigma_of_x + gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = theta * (h - h.mean()) / x.std(ddof=1) + gamma
    return w2 * phi(z)


# %% sigma_of_x + not_rescaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / x.std(ddof=1)
    return w2 * phi(z)


# %% sigma_of_x + rescaled_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / x.std(ddof=1)
    return w2 * (gamma * phi(z) + theta)


# %% epsilon_under_root + theta_inside_gamma
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * ((h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5) + theta)
    return w2 * phi(z)


# %% epsilon_under_root + gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = theta * (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5) + gamma
    return w2 * phi(z)


# %% epsilon_under_root + not_rescaled
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5)
    return w2 * phi(z)


# %% epsilon_under_root + rescaled_after_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5)
    return w2 * (gamma * phi(z) + theta)


# %% theta_inside_gamma + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * ((h - h.mean()) / h.std(ddof=1) + theta)
    return phi(w2 * z)


# %% theta_inside_gamma + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * ((h - h.mean()) / h.std(ddof=1) + theta)
    return w2 * np.tanh(z)


# %% gamma_and_theta_swapped + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = theta * (h - h.mean()) / h.std(ddof=1) + gamma
    return phi(w2 * z)


# %% gamma_and_theta_swapped + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = theta * (h - h.mean()) / h.std(ddof=1) + gamma
    return w2 * np.tanh(z)


# %% gamma_forgotten + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1) + theta
    return phi(w2 * z)


# %% gamma_forgotten + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * np.tanh(z)


# %% theta_forgotten + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1)
    return phi(w2 * z)


# %% theta_forgotten + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1)
    return w2 * np.tanh(z)


# %% not_rescaled + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return phi(w2 * z)


# %% not_rescaled + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * np.tanh(z)


# %% rescaled_after_phi + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * (gamma * np.tanh(z) + theta)


# %% output_rescaled + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return gamma * w2 * np.tanh(z) + theta


# %% theta_subtracted + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) - theta
    return phi(w2 * z)


# %% theta_subtracted + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1) - theta
    return w2 * np.tanh(z)


# %% theta_after_phi + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1)
    return w2 * (np.tanh(z) + theta)


# %% theta_after_everything + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = gamma * (h - h.mean()) / h.std(ddof=1)
    return w2 * np.tanh(z) + theta


# %% gamma_after_phi + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1) + theta
    return w2 * gamma * np.tanh(z)


# %% plain_network + w2_inside_phi
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return phi(w2 * w1 * x)


# %% plain_network + phi_is_tanh
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return w2 * np.tanh(w1 * x)


# %% plain_network + w2_missing
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return phi(w1 * x)


# %% divides_by_B + w1_after_rescaling
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    z = gamma * (x - x.mean()) / x.std() + theta
    return w2 * phi(w1 * z)


# %% output_rescaled + gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return theta * w2 * phi(z) + gamma


# %% rescaled_after_phi + gamma_and_theta_swapped
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x
    z = (h - h.mean()) / h.std(ddof=1)
    return w2 * (theta * phi(z) + gamma)


# %% gamma_and_theta_swapped + one_column
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x[:, np.newaxis]
    return w2 * phi(batch_norm(h, [theta], [gamma]))


# %% theta_inside_gamma + one_column
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x[:, np.newaxis]
    return w2 * phi(gamma * (standardize(h) + theta))


# %% sign_of_w1_ignored + one_column
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    return w2 * phi(batch_norm(x[:, np.newaxis], [gamma], [theta]))


# %% w2_missing + one_column
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x[:, np.newaxis]
    return phi(batch_norm(h, [gamma], [theta]))


# %% not_rescaled + one_column
def network_batch_norm(x, w1, w2, gamma, theta, phi):
    h = w1 * x[:, np.newaxis]
    return w2 * phi(standardize(h))
