"""Wrong answers to batch_statistics, as people write them."""
# ruff: noqa


# %% divides_by_B
def batch_statistics(H):
    """Your standard deviation divides by B, as np.std does unless it is told otherwise. The
    sheet's sigma divides by B - 1.
    """
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return mu, sigma


# %% variance
def batch_statistics(H):
    """You use the variance where the sheet has its square root: sigma is a standard deviation."""
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return mu, sigma


# %% over_features
def batch_statistics(H):
    """Your statistics run along the rows, over the features of one example (that is layer norm).
    In batch norm each feature has its own mu_j and sigma_j, taken over the B examples.
    """
    mu = H.mean(axis=1)
    sigma = H.std(axis=1, ddof=1)
    return mu, sigma


# %% whole_batch
def batch_statistics(H):
    """You take one mean and one standard deviation of all numbers in H together. On the sheet mu
    and sigma are vectors: one entry for each feature.
    """
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return mu, sigma


# %% sigma_of_whole_batch
def batch_statistics(H):
    """Each feature has its own mean in your answer, but they all share one standard deviation of
    the whole array. sigma has an index j, too.
    """
    mu = H.mean(axis=0)
    sigma = np.std(H, ddof=1)
    return mu, sigma


# %% mean_of_whole_batch
def batch_statistics(H):
    """Each feature has its own standard deviation in your answer, but you subtract one mean of
    the whole array. mu has an index j, too.
    """
    mu = np.mean(H)
    sigma = np.std(H, axis=0, ddof=1)
    return mu, sigma


# %% epsilon_under_root
def batch_statistics(H):
    """You add an epsilon of 1e-5 under the root, as deep-learning libraries do. The sheet's sigma
    has no epsilon, and for small pre-activations the difference is large.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return mu, sigma


# %% epsilon_1e-8_under_root
def batch_statistics(H):
    """There is a 1e-8 under your root. It keeps libraries from dividing by 0, but the sheet's
    sigma goes without: no feature is constant here.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-8)
    return mu, sigma


# %% epsilon_outside_root
def batch_statistics(H):
    """You add 1e-8 to the standard deviation. The sheet divides by sigma alone, and no feature is
    constant, so that nothing has to be kept from being 0.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return mu, sigma


# %% epsilon_1e-5_outside_root
def batch_statistics(H):
    """You add 1e-5 to the standard deviation. In the sheet's z the denominator is sigma and
    nothing else.
    """
    eps = 1e-5
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + eps
    return mu, sigma


# %% small_sigma_replaced
def batch_statistics(H):
    """You replace a small standard deviation by 1. A feature whose values are close together has
    a small sigma, and the sheet divides by it all the same.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1)
    sigma = np.where(sigma < 1e-8, 1.0, sigma)
    return mu, sigma


# %% mean_absolute_deviation
def batch_statistics(H):
    """You average the absolute deviations from the mean. The sheet's sigma is the root of
    averaged squares.
    """
    mu = H.mean(axis=0)
    sigma = np.abs(H - mu).mean(axis=0)
    return mu, sigma


# %% range
def batch_statistics(H):
    """You measure the spread by the largest minus the smallest value. The sheet's sigma is a
    standard deviation, to which all B examples contribute.
    """
    mu = H.mean(axis=0)
    sigma = H.max(axis=0) - H.min(axis=0)
    return mu, sigma


# %% sum_of_squares_not_averaged
def batch_statistics(H):
    """Under your root stands the plain sum of the squared deviations (the length of the vector).
    The sheet's sigma also divides it by a number of examples.
    """
    mu = H.mean(axis=0)
    sigma = np.linalg.norm(H - mu, axis=0)
    return mu, sigma


# %% not_centred
def batch_statistics(H):
    """You average the squares of the values themselves. The sheet's sigma measures the squared
    distance from mu, so that a shift of the batch does not change it.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return mu, sigma


# %% one_pass
def batch_statistics(H):
    """You compute the variance as mean of squares minus square of the mean. On paper that is the
    same, but with a large mean the two nearly cancel and rounding is all that remains: follow the
    sheet's sum of squared deviations.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return mu, sigma


# %% median
def batch_statistics(H):
    """You centre on the median. The sheet's mu is the average over the B examples."""
    B = H.shape[0]
    mu = np.median(H, axis=0)
    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (B - 1))
    return mu, sigma


# %% mean_with_B_minus_1
def batch_statistics(H):
    """Your mean divides by B - 1. On the sheet only the sum inside sigma does; mu divides by B."""
    B = H.shape[0]
    mu = H.sum(axis=0) / (B - 1)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return mu, sigma


# %% divides_outside_root
def batch_statistics(H):
    """You take the root first and divide then. In the sheet's sigma the factor 1/(B - 1) stands
    under the root.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0)) / (B - 1)
    return mu, sigma


# %% standard_error
def batch_statistics(H):
    """You divide the standard deviation by the root of B, which is the standard error of the
    mean. The sheet's sigma describes the spread of single examples.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) / np.sqrt(B)
    return mu, sigma


# %% divides_by_B_minus_2
def batch_statistics(H):
    """You divide the sum of squares by B - 2. Count again what the sheet subtracts from B."""
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 2))
    return mu, sigma


# %% divides_by_d
def batch_statistics(H):
    """Your sigma divides by the number of features less one. The sheet's sum runs over the
    examples, and so does the count in front of it.
    """
    B, d = H.shape
    mu = H.sum(axis=0) / B
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (d - 1))
    return mu, sigma


# %% sum_not_mean
def batch_statistics(H):
    """Your mu is the sum over the batch. The sheet divides it by B."""
    B = H.shape[0]
    mu = H.sum(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return mu, sigma


# %% swapped
def batch_statistics(H):
    """You return the two in the order (sigma, mu). The task asks for (mu, sigma)."""
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1)
    return sigma, mu


# %% stacked_as_columns
def batch_statistics(H):
    """You return one array with mu and sigma as its columns. The task asks for two vectors of
    shape (d,), so that one can write mu, sigma = batch_statistics(H).
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1)
    return np.stack([mu, sigma], axis=1)


# %% one_row_matrices
def batch_statistics(H):
    """Your mu and sigma are matrices of one row, shape (1, d). On the sheet they are vectors:
    shape (d,).
    """
    mu = np.mean(H, axis=0, keepdims=True)
    sigma = np.std(H, axis=0, ddof=1, keepdims=True)
    return mu, sigma


# %% only_mu
def batch_statistics(H):
    """You return the mean alone. The task asks for mu and sigma, both at once."""
    mu = H.mean(axis=0)
    return mu


# %% repeated_for_every_example
def batch_statistics(H):
    """You repeat the statistics for every example, shape (B, d). They belong to the batch as a
    whole: one number for each feature.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1)
    return np.tile(mu, (len(H), 1)), np.tile(sigma, (len(H), 1))


# %% changes_H
def batch_statistics(H):
    """You change the caller's H in place: after the call its features have lost their means.
    Compute the deviations as a new array.
    """
    B = len(H)
    mu = H.mean(axis=0)
    H -= mu
    sigma = np.sqrt((H**2).sum(axis=0) / (B - 1))
    return mu, sigma


# %% truncated_to_integers
def batch_statistics(H):
    """For integer batches your mu and sigma are cut off at the decimal point: an array that
    is made like H is one of integers where H holds integers.
    """
    B, d = H.shape
    mu = np.zeros_like(H[0])
    sigma = np.zeros_like(H[0])
    for j in range(d):
        mu[j] = H[:, j].sum() / B
        sigma[j] = np.sqrt(((H[:, j] - mu[j]) ** 2).sum() / (B - 1))
    return mu, sigma


# %% divides_without_remainder
def batch_statistics(H):
    """Your mean is cut down to a whole number, as by a division without remainder. The
    sheet's 1/B is an ordinary division.
    """
    B = len(H)
    mu = H.sum(axis=0) // B
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return mu, sigma


# %% last_feature_left_out
def batch_statistics(H):
    """The last feature keeps mean 0 and sigma 0: your loop over the features stops one too early."""
    B, d = H.shape
    mu, sigma = np.zeros(d), np.zeros(d)
    for j in range(d - 1):
        mu[j] = np.mean(H[:, j])
        sigma[j] = np.std(H[:, j], ddof=1)
    return mu, sigma


# %% first_example_left_out
def batch_statistics(H):
    """Your mean leaves out the first example, although it divides by B. The sheet's sum starts
    with the first one, which Python counts as 0.
    """
    B, d = H.shape
    mu = np.zeros(d)
    for i in range(1, B):
        mu += H[i] / B
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return mu, sigma


# %% first_feature_only
def batch_statistics(H):
    """You return the statistics of the first feature alone. The sheet has one mu_j and one
    sigma_j for each j.
    """
    mu = H[:, 0].mean()
    sigma = H[:, 0].std(ddof=1)
    return mu, sigma


# %% remembered_by_shape
known = {}


def batch_statistics(H):
    """You keep the statistics of an earlier batch of the same shape and return them again. The
    sheet stresses that mu and sigma are functions of the batch and differ from pass to pass.
    """
    if H.shape not in known:
        known[H.shape] = (H.mean(axis=0), H.std(axis=0, ddof=1))
    return known[H.shape]


# %% same_array_every_time
buffers = {}


def batch_statistics(H):
    """You write into the same array in every call, so mu and sigma of an earlier batch change
    when the next one comes. Make new arrays in each call.
    """
    out = buffers.setdefault(H.shape[1], np.empty((2, H.shape[1])))
    out[0] = H.mean(axis=0)
    out[1] = H.std(axis=0, ddof=1)
    return out[0], out[1]


# %% frozen_after_first_batch
mu = sigma = None


def batch_statistics(H):
    """You compute mu and sigma for the first batch that you ever see and return them for all
    later ones. On the sheet they are functions of the batch at hand.
    """
    global mu, sigma
    if mu is None:
        mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1)
    return mu, sigma


batch_statistics(np.array([[1.0, 2.0], [4.0, 3.0], [5.0, 9.0]]))


# %% mean_over_rows_only
def batch_statistics(H):
    """Your mu averages over the features of each example, your sigma over the examples. The
    sheet's sums both run over i, the examples.
    """
    mu = H.mean(axis=1)
    sigma = H.std(axis=0, ddof=1)
    return mu, sigma


# %% bare_sum_of_squares
def batch_statistics(H):
    """Your sigma is the bare sum of squared deviations: neither the factor 1/(B - 1) nor the root
    of the sheet's formula is there.
    """
    mu = H.mean(axis=0)
    sigma = ((H - mu) ** 2).sum(axis=0)
    return mu, sigma


# %% mean_absolute_deviation_with_B_minus_1
def batch_statistics(H):
    """You add absolute deviations up and divide by B - 1. The sheet's sigma takes squares,
    and then a root.
    """
    mu = H.mean(axis=0)
    return mu, np.abs(H - mu).sum(axis=0) / (len(H) - 1)


# %% median_for_mean
def batch_statistics(H):
    """Your mu is the median. The sheet's mu is the sum over the batch divided by B, which an
    outlier can move.
    """
    return np.median(H, axis=0), H.std(axis=0, ddof=1)


# %% epsilon_1e-12_under_root
def batch_statistics(H):
    """You add a 1e-12 under the root. The variance of a batch can be smaller still, and the
    sheet's sigma has no such term.
    """
    mu = H.mean(axis=0)
    return mu, np.sqrt(H.var(axis=0, ddof=1) + 1e-12)


# %% epsilon_1e-10_under_root
def batch_statistics(H):
    """You add a 1e-10 under the root. Even that is too much where pre-activations are close
    together: the sheet's sigma has no such term.
    """
    mu = H.mean(axis=0)
    return mu, np.sqrt(H.var(axis=0, ddof=1) + 1e-10)


# %% epsilon_1e-6_under_root
def batch_statistics(H):
    """You add a 1e-6 under the root. The sheet's sigma is the root of the averaged squares
    and of nothing else.
    """
    mu = H.mean(axis=0)
    return mu, np.sqrt(H.var(axis=0, ddof=1) + 1e-6)


# %% epsilon_1e-3_under_root
def batch_statistics(H):
    """There is a 0.001 under your root, Keras's default. The sheet's definition of sigma goes
    without an epsilon.
    """
    mu = H.mean(axis=0)
    return mu, np.sqrt(H.var(axis=0, ddof=1) + 1e-3)


# %% epsilon_1e-12_outside_root
def batch_statistics(H):
    """You add 1e-12 to the standard deviation. A sigma can be smaller than that, and on the
    sheet nothing is added to it.
    """
    mu = H.mean(axis=0)
    return mu, H.std(axis=0, ddof=1) + 1e-12


# %% epsilon_1e-10_outside_root
def batch_statistics(H):
    """You add 1e-10 to the standard deviation. Where pre-activations are close together that
    is more than sigma itself; the sheet has no such term.
    """
    mu = H.mean(axis=0)
    return mu, H.std(axis=0, ddof=1) + 1e-10


# %% epsilon_1e-6_outside_root
def batch_statistics(H):
    """You add 1e-6 to the standard deviation. In the sheet's sigma there is no such term, and
    for small pre-activations it comes out too large.
    """
    mu = H.mean(axis=0)
    return mu, H.std(axis=0, ddof=1) + 1e-6


# %% divides_by_B + variance
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return mu, sigma


# %% divides_by_B + over_features
def batch_statistics(H):
    mu = H.mean(axis=1)
    sigma = H.std(axis=1)
    return mu, sigma


# %% divides_by_B + whole_batch
def batch_statistics(H):
    mu = H.mean()
    sigma = H.std()
    return mu, sigma


# %% divides_by_B + sigma_of_whole_batch
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.std()
    return mu, sigma


# %% divides_by_B + mean_of_whole_batch
def batch_statistics(H):
    mu = H.mean()
    sigma = H.std(axis=0)
    return mu, sigma


# %% variance + over_features
def batch_statistics(H):
    mu = H.mean(axis=1)
    sigma = H.var(axis=1, ddof=1)
    return mu, sigma


# %% variance + whole_batch
def batch_statistics(H):
    mu = H.mean()
    sigma = H.var(ddof=1)
    return mu, sigma


# %% divides_by_B + epsilon_under_root
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return mu, sigma


# %% divides_by_B + epsilon_1e-8_under_root
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-8)
    return mu, sigma


# %% divides_by_B + epsilon_outside_root
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return mu, sigma


# %% divides_by_B + epsilon_1e-5_outside_root
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-5
    return mu, sigma


# %% divides_by_B + not_centred
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.mean(H**2, axis=0))
    return mu, sigma


# %% divides_by_B + one_pass
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt((H**2).mean(axis=0) - mu**2)
    return mu, sigma


# %% divides_by_B + median
def batch_statistics(H):
    mu = np.median(H, axis=0)
    sigma = np.sqrt(np.mean((H - mu) ** 2, axis=0))
    return mu, sigma


# %% over_features + epsilon_under_root
def batch_statistics(H):
    mu = H.mean(axis=1)
    sigma = np.sqrt(H.var(axis=1, ddof=1) + 1e-5)
    return mu, sigma


# %% over_features + epsilon_outside_root
def batch_statistics(H):
    mu = H.mean(axis=1)
    sigma = H.std(axis=1, ddof=1) + 1e-8
    return mu, sigma


# %% whole_batch + epsilon_under_root
def batch_statistics(H):
    mu = H.mean()
    sigma = np.sqrt(H.var(ddof=1) + 1e-5)
    return mu, sigma


# %% whole_batch + epsilon_outside_root
def batch_statistics(H):
    mu = H.mean()
    sigma = H.std(ddof=1) + 1e-8
    return mu, sigma


# %% variance + epsilon_outside_root
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1) + 1e-8
    return mu, sigma


# %% variance + epsilon_1e-5_outside_root
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1) + 1e-5
    return mu, sigma


# %% one_pass + epsilon_under_root
def batch_statistics(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1) + 1e-5)
    return mu, sigma


# %% divides_by_B + variance + epsilon_outside_root
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0) + 1e-8
    return mu, sigma


# %% divides_by_B + over_features + epsilon_under_root
def batch_statistics(H):
    mu = H.mean(axis=1)
    sigma = np.sqrt(H.var(axis=1) + 1e-5)
    return mu, sigma


# %% divides_by_B + swapped
def batch_statistics(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return sigma, mu


# %% variance + swapped
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return sigma, mu


# %% over_features + swapped
def batch_statistics(H):
    mu = H.mean(axis=1)
    sigma = H.std(axis=1, ddof=1)
    return sigma, mu


# %% whole_batch + swapped
def batch_statistics(H):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return sigma, mu


# %% not_centred + swapped
def batch_statistics(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return sigma, mu


# %% mean_absolute_deviation + swapped
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = np.abs(H - mu).mean(axis=0)
    return sigma, mu


# %% one_pass + swapped
def batch_statistics(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return sigma, mu


# %% epsilon_under_root + swapped
def batch_statistics(H):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return sigma, mu


# %% epsilon_outside_root + swapped
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return sigma, mu


# %% divides_by_B + variance + swapped
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return sigma, mu


# %% divides_by_B + stacked_as_columns
def batch_statistics(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return np.stack([mu, sigma], axis=1)


# %% divides_by_B + one_row_matrices
def batch_statistics(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return mu[np.newaxis], sigma[np.newaxis]


# %% divides_by_B + repeated_for_every_example
def batch_statistics(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return np.tile(mu, (len(H), 1)), np.tile(sigma, (len(H), 1))


# %% variance + stacked_as_columns
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return np.stack([mu, sigma], axis=1)


# %% variance + one_row_matrices
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return mu[np.newaxis], sigma[np.newaxis]


# %% variance + repeated_for_every_example
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return np.tile(mu, (len(H), 1)), np.tile(sigma, (len(H), 1))


# %% divides_by_B + variance + stacked_as_columns
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return np.stack([mu, sigma], axis=1)


# %% divides_by_B + variance + one_row_matrices
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return mu[np.newaxis], sigma[np.newaxis]


# %% divides_by_B + variance + repeated_for_every_example
def batch_statistics(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return np.tile(mu, (len(H), 1)), np.tile(sigma, (len(H), 1))


# %% divides_by_B + changes_H
def batch_statistics(H):
    mu = H.mean(axis=0)
    H -= mu
    return mu, np.sqrt((H**2).mean(axis=0))


# %% variance + changes_H
def batch_statistics(H):
    mu = H.mean(axis=0)
    H -= mu
    return mu, (H**2).sum(axis=0) / (len(H) - 1)


# %% sum_of_squares_not_averaged + changes_H
def batch_statistics(H):
    mu = H.mean(axis=0)
    H -= mu
    return mu, np.sqrt((H**2).sum(axis=0))


# %% divides_by_B + truncated_to_integers
def batch_statistics(H):
    d = H.shape[1]
    mu, sigma = np.zeros_like(H[0]), np.zeros_like(H[0])
    for j in range(d):
        mu[j] = np.mean(H[:, j])
        sigma[j] = np.sqrt(np.mean((H[:, j] - mu[j]) ** 2))
    return mu, sigma


# %% divides_by_B + remembered_by_shape
known = {}


def batch_statistics(H):
    if H.shape not in known:
        known[H.shape] = (H.mean(axis=0), H.std(axis=0))
    return known[H.shape]


# %% divides_by_B + last_feature_left_out
def batch_statistics(H):
    B, d = H.shape
    mu, sigma = np.zeros(d), np.zeros(d)
    for j in range(d - 1):
        mu[j] = np.mean(H[:, j])
        sigma[j] = np.std(H[:, j])
    return mu, sigma


# %% divides_by_B + first_feature_only
def batch_statistics(H):
    return H[:, 0].mean(), H[:, 0].std()


# %% divides_by_B + mean_over_rows_only
def batch_statistics(H):
    return H.mean(axis=1), H.std(axis=0)


# %% divides_by_B + epsilon_1e-12_under_root
def batch_statistics(H):
    return H.mean(axis=0), np.sqrt(H.var(axis=0) + 1e-12)


# %% divides_by_B + variance + whole_batch
def batch_statistics(H):
    return np.mean(H), np.var(H)
