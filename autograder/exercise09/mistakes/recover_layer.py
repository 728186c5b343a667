"""Wrong answers to recover_layer, as people write them."""
# ruff: noqa


# %% divides_by_B
def recover_layer(H):
    """Your sigma divides by B under the root. To undo the sheet's standardizing it has to be
    the sheet's sigma, with B - 1.
    """
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return sigma, mu


# %% variance
def recover_layer(H):
    """You compute the variance. What batch norm divided by is its root, and exactly that has
    to be given back.
    """
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return sigma, mu


# %% over_features
def recover_layer(H):
    """Your statistics are taken over the features of each example. Batch norm works on each
    feature by itself, so there is one gamma_j and one theta_j for each feature j.
    """
    mu = H.mean(axis=1)
    sigma = H.std(axis=1, ddof=1)
    return sigma, mu


# %% whole_batch
def recover_layer(H):
    """You return one number each for the whole array. Each feature has lost a mean and a scale of
    its own, and needs them back.
    """
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return sigma, mu


# %% sigma_of_whole_batch
def recover_layer(H):
    """Your gamma is the same number for all features. Each feature was divided by a sigma_j of
    its own.
    """
    mu = H.mean(axis=0)
    sigma = np.std(H, ddof=1)
    return sigma, mu


# %% mean_of_whole_batch
def recover_layer(H):
    """Your theta is the same number for all features. From each feature a mu_j of its own was
    subtracted.
    """
    mu = np.mean(H)
    sigma = np.std(H, axis=0, ddof=1)
    return sigma, mu


# %% epsilon_under_root
def recover_layer(H):
    """Your sigma holds an epsilon of 1e-5 under its root. Batch norm on the sheet has none,
    so with it the layer does not come back exactly.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return sigma, mu


# %% epsilon_1e-8_under_root
def recover_layer(H):
    """Your gamma holds a 1e-8 under its root. Batch norm on the sheet divides by sigma without
    it, so gamma must do without, too.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-8)
    return sigma, mu


# %% epsilon_outside_root
def recover_layer(H):
    """Your gamma is a little larger than what batch norm divides by: you add 1e-8 to it."""
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return sigma, mu


# %% epsilon_1e-5_outside_root
def recover_layer(H):
    """Your gamma is larger by 1e-5 than what batch norm divides by. The layer only comes back if
    the two are equal.
    """
    eps = 1e-5
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + eps
    return sigma, mu


# %% mean_absolute_deviation
def recover_layer(H):
    """Your gamma averages absolute deviations. It has to give back what batch norm divided by,
    which is the root of averaged squares.
    """
    mu = H.mean(axis=0)
    sigma = np.abs(H - mu).mean(axis=0)
    return sigma, mu


# %% range
def recover_layer(H):
    """Your gamma is the largest minus the smallest value. Look up what batch norm divides by:
    gamma has to give that back.
    """
    mu = H.mean(axis=0)
    sigma = H.max(axis=0) - H.min(axis=0)
    return sigma, mu


# %% sum_of_squares_not_averaged
def recover_layer(H):
    """Under the root of your gamma stands a plain sum of squares. In the sheet's sigma that sum
    is also divided.
    """
    mu = H.mean(axis=0)
    sigma = np.linalg.norm(H - mu, axis=0)
    return sigma, mu


# %% not_centred
def recover_layer(H):
    """Your sigma averages the squares of the values themselves. The sheet's sigma measures
    distances from mu.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return sigma, mu


# %% one_pass
def recover_layer(H):
    """Your gamma is computed as mean of squares minus square of the mean. With a large mean
    nothing but rounding remains of that difference: follow the sheet's sum of squared deviations.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return sigma, mu


# %% median
def recover_layer(H):
    """Your theta is the median. What batch norm subtracts, and what theta has to add again, is
    the average.
    """
    B = H.shape[0]
    mu = np.median(H, axis=0)
    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (B - 1))
    return sigma, mu


# %% divides_outside_root
def recover_layer(H):
    """Your gamma divides after taking the root. In the sheet's sigma the factor 1/(B - 1) stands
    under it.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0)) / (B - 1)
    return sigma, mu


# %% mean_with_B_minus_1
def recover_layer(H):
    """Your theta divides by B - 1. On the sheet mu, which theta has to give back, divides by B."""
    B = H.shape[0]
    mu = H.sum(axis=0) / (B - 1)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return sigma, mu


# %% swapped
def recover_layer(H):
    """What belongs to the mean stands in gamma, and what belongs to the spread in theta.
    gamma is the factor, so it has to undo the division; theta is added, so it has to undo the
    subtraction.
    """
    mu, sigma = batch_statistics(H)
    return mu, sigma


# %% inverted
def recover_layer(H):
    """Your gamma and theta do once more what standardizing has done, instead of undoing it. Ask
    what takes (h - mu) / sigma back to h.
    """
    mu, sigma = batch_statistics(H)
    return 1 / sigma, -mu / sigma


# %% gamma_inverted
def recover_layer(H):
    """Your gamma divides by sigma a second time. Standardizing has divided already; gamma has to
    undo it.
    """
    mu, sigma = batch_statistics(H)
    return 1 / sigma, mu


# %% theta_negative
def recover_layer(H):
    """Your theta subtracts the mean a second time. Standardizing has subtracted already; theta
    has to undo it.
    """
    mu, sigma = batch_statistics(H)
    return sigma, -mu


# %% theta_scaled
def recover_layer(H):
    """Your theta is divided by sigma. It is added at the very end, after gamma has scaled
    everything back, so it must have the scale of h itself.
    """
    mu, sigma = batch_statistics(H)
    return sigma, mu / sigma


# %% theta_minus_scaled
def recover_layer(H):
    """Your theta is what standardizing adds to h / sigma. Here the opposite is wanted: what
    brings the standardized values back to h.
    """
    mu, sigma = batch_statistics(H)
    return sigma, -mu / sigma


# %% theta_multiplied
def recover_layer(H):
    """Your theta is multiplied by sigma. In batch norm gamma does not act on theta, so theta has
    to be what was subtracted and nothing more.
    """
    mu, sigma = batch_statistics(H)
    return sigma, mu * sigma


# %% ones_and_zeros
def recover_layer(H):
    """With gamma = 1 and theta = 0 batch norm returns the standardized batch, not H. They have to
    undo the standardizing.
    """
    d = H.shape[1]
    return np.ones(d), np.zeros(d)


# %% of_the_standardized_batch
def recover_layer(H):
    """You take the statistics of the standardized batch, which are always 1 and 0 up to rounding.
    The ones that were lost are those of H.
    """
    mu, sigma = batch_statistics(standardize(H))
    return sigma, mu


# %% theta_zero
def recover_layer(H):
    """Your theta is 0, as the mean of a standardized batch is, up to rounding. So the mean of
    H does not come back: both steps of standardizing have to be undone.
    """
    mu, sigma = batch_statistics(H)
    return sigma, np.zeros_like(mu)


# %% gamma_one
def recover_layer(H):
    """Your gamma is 1, so the spread does not come back. Both steps of standardizing have to be
    undone.
    """
    mu, sigma = batch_statistics(H)
    return np.ones_like(sigma), mu


# %% gamma_alone
def recover_layer(H):
    """You return gamma alone. The task asks for both, gamma and theta."""
    mu, sigma = batch_statistics(H)
    return sigma


# %% whole_batch_returned
def recover_layer(H):
    """You return the batch that comes out. The task asks for gamma and theta with which it does."""
    gamma, theta = H.std(axis=0, ddof=1), H.mean(axis=0)
    return batch_norm(H, gamma, theta)


# %% one_row_matrices
def recover_layer(H):
    """Your gamma and theta are matrices of one row, shape (1, d). On the sheet they are vectors:
    shape (d,).
    """
    return H.std(axis=0, ddof=1, keepdims=True), H.mean(axis=0, keepdims=True)


# %% repeated_for_every_example
def recover_layer(H):
    """You repeat gamma and theta for every example, shape (B, d). They belong to the features:
    shape (d,).
    """
    mu, sigma = batch_statistics(H)
    return np.tile(sigma, (len(H), 1)), np.tile(mu, (len(H), 1))


# %% stacked_as_columns
def recover_layer(H):
    """You return one array with gamma and theta as its columns. The task asks for two vectors of
    shape (d,).
    """
    mu, sigma = batch_statistics(H)
    return np.column_stack([sigma, mu])


# %% first_example
def recover_layer(H):
    """You read gamma and theta off single examples. They have to undo a standardizing that is
    made of all examples of the batch.
    """
    theta = H[0]
    gamma = H[1] - H[0]
    return gamma, theta


# %% last_feature_left_out
def recover_layer(H):
    """The last feature keeps gamma = 1 and theta = 0: your loop over the features stops one too
    early.
    """
    d = H.shape[1]
    gamma, theta = np.ones(d), np.zeros(d)
    for j in range(d - 1):
        gamma[j] = H[:, j].std(ddof=1)
        theta[j] = H[:, j].mean()
    return gamma, theta


# %% truncated_to_integers
def recover_layer(H):
    """For integer batches your gamma and theta are cut off at the decimal point: an array
    that is made like H is one of integers where H holds integers.
    """
    gamma, theta = np.zeros_like(H[0]), np.zeros_like(H[0])
    for j in range(H.shape[1]):
        gamma[j] = H[:, j].std(ddof=1)
        theta[j] = H[:, j].mean()
    return gamma, theta


# %% changes_H
def recover_layer(H):
    """You change the caller's H in place, the very layer that was to be recovered. Compute
    the deviations as a new array.
    """
    theta = H.mean(axis=0)
    H -= theta
    gamma = np.sqrt((H**2).sum(axis=0) / (len(H) - 1))
    return gamma, theta


# %% remembered_by_shape
known = {}


def recover_layer(H):
    """You return gamma and theta of an earlier batch of the same shape. They undo the
    standardizing of that batch only: mu and sigma are functions of the batch.
    """
    if H.shape not in known:
        known[H.shape] = (H.std(axis=0, ddof=1), H.mean(axis=0))
    return known[H.shape]


# %% same_array_every_time
buffers = {}


def recover_layer(H):
    """You hand out the same arrays in every call, so gamma and theta of an earlier batch change
    when the next one comes.
    """
    out = buffers.setdefault(H.shape[1], np.empty((2, H.shape[1])))
    out[0], out[1] = H.std(axis=0, ddof=1), H.mean(axis=0)
    return out[0], out[1]


# %% swapped_and_inverted
def recover_layer(H):
    """Your two vectors are those that standardize H, shift before factor. Asked is what
    undoes the standardizing: first the factor gamma, then the shift theta.
    """
    mu, sigma = batch_statistics(H)
    return -mu / sigma, 1 / sigma


# %% swapped_with_inverse_sigma
def recover_layer(H):
    """Your gamma is the mean and your theta one over sigma. A shift undoes the subtraction,
    and a factor undoes the division: ask which of the two is which.
    """
    mu, sigma = batch_statistics(H)
    return mu, 1 / sigma


# %% swapped_with_negative_mean
def recover_layer(H):
    """Your gamma is the mean with its sign turned round, and your theta is sigma. The factor
    has to undo a division, and the shift a subtraction.
    """
    mu, sigma = batch_statistics(H)
    return -mu, sigma


# %% one_number_for_all_features
def recover_layer(H):
    """All your gammas are equal, and so are your thetas: they come from the whole array. Each
    feature has lost a mu_j and a sigma_j of its own.
    """
    d = H.shape[1]
    return np.full(d, H.std(ddof=1)), np.full(d, H.mean())


# %% gamma_negative
def recover_layer(H):
    """Your gamma has the wrong sign, which would mirror each feature at its mean. Dividing by
    sigma keeps the sign, and so does undoing it.
    """
    mu, sigma = batch_statistics(H)
    return -sigma, mu


# %% theta_of_first_example
def recover_layer(H):
    """Your theta is the first example of the batch. What was subtracted from each feature is
    its mean over all B examples.
    """
    return H.std(axis=0, ddof=1), H[0]


# %% divides_by_B + swapped
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return mu, sigma


# %% divides_by_B + inverted
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return 1 / sigma, -mu / sigma


# %% divides_by_B + gamma_inverted
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return 1 / sigma, mu


# %% divides_by_B + theta_negative
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return sigma, -mu


# %% divides_by_B + theta_scaled
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return sigma, mu / sigma


# %% divides_by_B + theta_minus_scaled
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return sigma, -mu / sigma


# %% divides_by_B + theta_multiplied
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return sigma, mu * sigma


# %% divides_by_B + theta_zero
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return sigma, np.zeros_like(mu)


# %% divides_by_B + gamma_alone
def recover_layer(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return sigma


# %% variance + swapped
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return mu, sigma


# %% variance + inverted
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return 1 / sigma, -mu / sigma


# %% variance + gamma_inverted
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return 1 / sigma, mu


# %% variance + theta_negative
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return sigma, -mu


# %% variance + theta_scaled
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return sigma, mu / sigma


# %% variance + theta_minus_scaled
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return sigma, -mu / sigma


# %% variance + theta_multiplied
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return sigma, mu * sigma


# %% variance + theta_zero
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return sigma, np.zeros_like(mu)


# %% variance + gamma_alone
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return sigma


# %% divides_by_B + variance + swapped
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return mu, sigma


# %% divides_by_B + variance + inverted
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return 1 / sigma, -mu / sigma


# %% divides_by_B + variance + gamma_inverted
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return 1 / sigma, mu


# %% divides_by_B + variance + theta_negative
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return sigma, -mu


# %% divides_by_B + variance + theta_scaled
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return sigma, mu / sigma


# %% divides_by_B + variance + theta_minus_scaled
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return sigma, -mu / sigma


# %% divides_by_B + variance + theta_multiplied
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return sigma, mu * sigma


# %% divides_by_B + variance + theta_zero
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return sigma, np.zeros_like(mu)


# %% divides_by_B + variance + gamma_alone
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return sigma


# %% over_features + swapped
def recover_layer(H):
    mu = H.mean(axis=1)
    sigma = H.std(axis=1, ddof=1)
    return mu, sigma


# %% over_features + inverted
def recover_layer(H):
    mu = H.mean(axis=1)
    sigma = H.std(axis=1, ddof=1)
    return 1 / sigma, -mu / sigma


# %% over_features + gamma_inverted
def recover_layer(H):
    mu = H.mean(axis=1)
    sigma = H.std(axis=1, ddof=1)
    return 1 / sigma, mu


# %% whole_batch + swapped
def recover_layer(H):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return mu, sigma


# %% whole_batch + inverted
def recover_layer(H):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return 1 / sigma, -mu / sigma


# %% whole_batch + gamma_inverted
def recover_layer(H):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return 1 / sigma, mu


# %% not_centred + swapped
def recover_layer(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return mu, sigma


# %% not_centred + inverted
def recover_layer(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return 1 / sigma, -mu / sigma


# %% not_centred + gamma_inverted
def recover_layer(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return 1 / sigma, mu


# %% epsilon_under_root + swapped
def recover_layer(H):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return mu, sigma


# %% epsilon_under_root + inverted
def recover_layer(H):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return 1 / sigma, -mu / sigma


# %% epsilon_under_root + gamma_inverted
def recover_layer(H):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return 1 / sigma, mu


# %% divides_by_B + epsilon_under_root + swapped
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return mu, sigma


# %% divides_by_B + epsilon_under_root + inverted
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return 1 / sigma, -mu / sigma


# %% divides_by_B + epsilon_under_root + gamma_inverted
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return 1 / sigma, mu


# %% divides_by_B + variance
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return sigma, mu


# %% divides_by_B + over_features
def recover_layer(H):
    mu = H.mean(axis=1)
    sigma = H.std(axis=1)
    return sigma, mu


# %% divides_by_B + whole_batch
def recover_layer(H):
    mu = H.mean()
    sigma = H.std()
    return sigma, mu


# %% variance + over_features
def recover_layer(H):
    mu = H.mean(axis=1)
    sigma = H.var(axis=1, ddof=1)
    return sigma, mu


# %% variance + whole_batch
def recover_layer(H):
    mu = H.mean()
    sigma = H.var(ddof=1)
    return sigma, mu


# %% divides_by_B + epsilon_under_root
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return sigma, mu


# %% divides_by_B + epsilon_outside_root
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return sigma, mu


# %% divides_by_B + epsilon_1e-8_under_root
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-8)
    return sigma, mu


# %% divides_by_B + epsilon_1e-5_outside_root
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-5
    return sigma, mu


# %% divides_by_B + not_centred
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.mean(H**2, axis=0))
    return sigma, mu


# %% divides_by_B + one_pass
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt((H**2).mean(axis=0) - mu**2)
    return sigma, mu


# %% divides_by_B + median
def recover_layer(H):
    mu = np.median(H, axis=0)
    sigma = np.sqrt(np.mean((H - mu) ** 2, axis=0))
    return sigma, mu


# %% divides_by_B + sigma_of_whole_batch
def recover_layer(H):
    mu = H.mean(axis=0)
    sigma = H.std()
    return sigma, mu


# %% divides_by_B + mean_of_whole_batch
def recover_layer(H):
    mu = H.mean()
    sigma = H.std(axis=0)
    return sigma, mu


# %% gamma_inverted + theta_negative
def recover_layer(H):
    mu, sigma = batch_statistics(H)
    return 1 / sigma, -mu


# %% gamma_inverted + theta_scaled
def recover_layer(H):
    mu, sigma = batch_statistics(H)
    return 1 / sigma, mu / sigma


# %% swapped + stacked_as_columns
def recover_layer(H):
    mu, sigma = batch_statistics(H)
    return np.column_stack([mu, sigma])


# %% swapped + one_row_matrices
def recover_layer(H):
    mu, sigma = batch_statistics(H)
    return mu[None], sigma[None]


# %% gamma_inverted + theta_zero
def recover_layer(H):
    mu, sigma = batch_statistics(H)
    return 1 / sigma, np.zeros_like(mu)


# %% theta_negative + gamma_one
def recover_layer(H):
    mu, sigma = batch_statistics(H)
    return np.ones_like(sigma), -mu


# %% divides_by_B + changes_H
def recover_layer(H):
    theta = H.mean(axis=0)
    H -= theta
    return np.sqrt((H**2).mean(axis=0)), theta


# %% divides_by_B + one_row_matrices
def recover_layer(H):
    return H.std(axis=0, keepdims=True), H.mean(axis=0, keepdims=True)


# %% divides_by_B + remembered_by_shape
known = {}


def recover_layer(H):
    if H.shape not in known:
        known[H.shape] = (H.std(axis=0), H.mean(axis=0))
    return known[H.shape]


# %% divides_by_B + truncated_to_integers
def recover_layer(H):
    gamma, theta = np.zeros_like(H[0]), np.zeros_like(H[0])
    for j in range(H.shape[1]):
        gamma[j] = H[:, j].std()
        theta[j] = H[:, j].mean()
    return gamma, theta


# %% divides_by_B + one_number_for_all_features
def recover_layer(H):
    d = H.shape[1]
    return np.full(d, H.std()), np.full(d, H.mean())


# %% divides_by_B + gamma_negative
def recover_layer(H):
    return -H.std(axis=0), H.mean(axis=0)


# %% divides_by_B + variance + whole_batch
def recover_layer(H):
    return np.var(H), np.mean(H)
