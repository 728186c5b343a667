"""Wrong answers to batch_norm, as people write them."""
# ruff: noqa


# %% divides_by_B
def batch_norm(H, gamma, theta):
    """Your standard deviation divides by B, as np.std does unless it is told otherwise. The
    sheet's sigma divides by B - 1.
    """
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (H - mu) / sigma + theta


# %% variance
def batch_norm(H, gamma, theta):
    """You use the variance where the sheet has its square root: sigma is a standard deviation."""
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * (H - mu) / sigma + theta


# %% over_features
def batch_norm(H, gamma, theta):
    """Your statistics run along the rows, over the features of one example (that is layer norm).
    In batch norm each feature has its own mu_j and sigma_j, taken over the B examples.
    """
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return gamma * (H - mu) / sigma + theta


# %% whole_batch
def batch_norm(H, gamma, theta):
    """You take one mean and one standard deviation of all numbers in H together. On the sheet mu
    and sigma are vectors: one entry for each feature.
    """
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return gamma * (H - mu) / sigma + theta


# %% sigma_of_whole_batch
def batch_norm(H, gamma, theta):
    """Each feature has its own mean in your answer, but they all share one standard deviation of
    the whole array. sigma has an index j, too.
    """
    mu = H.mean(axis=0)
    sigma = np.std(H, ddof=1)
    return gamma * (H - mu) / sigma + theta


# %% mean_of_whole_batch
def batch_norm(H, gamma, theta):
    """Each feature has its own standard deviation in your answer, but you subtract one mean of
    the whole array. mu has an index j, too.
    """
    mu = np.mean(H)
    sigma = np.std(H, axis=0, ddof=1)
    return gamma * (H - mu) / sigma + theta


# %% epsilon_under_root
def batch_norm(H, gamma, theta):
    """You add an epsilon of 1e-5 under the root, as deep-learning libraries do. The sheet's sigma
    has no epsilon, and for small pre-activations the difference is large.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-8_under_root
def batch_norm(H, gamma, theta):
    """There is a 1e-8 under your root. It keeps libraries from dividing by 0, but the sheet's
    sigma goes without: no feature is constant here.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-8)
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-3_under_root
def batch_norm(H, gamma, theta):
    """There is a 0.001 under your root, Keras's default. The sheet's definition of sigma goes
    without an epsilon.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 0.001)
    return gamma * (H - mu) / sigma + theta


# %% epsilon_outside_root
def batch_norm(H, gamma, theta):
    """You add 1e-8 to the standard deviation. The sheet divides by sigma alone, and no feature is
    constant, so that nothing has to be kept from being 0.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-5_outside_root
def batch_norm(H, gamma, theta):
    """You add 1e-5 to the standard deviation. In the sheet's z the denominator is sigma and
    nothing else.
    """
    eps = 1e-5
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + eps
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-6_outside_root
def batch_norm(H, gamma, theta):
    """You add 1e-6 to the standard deviation. In the sheet's formula there is no such term, and
    small pre-activations come out too small with it.
    """
    eps = 1e-6
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + eps
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-6_under_root
def batch_norm(H, gamma, theta):
    """You add a 1e-6 under the root. The sheet's sigma is the root of the averaged squares and of
    nothing else.
    """
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-6)
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-7_under_root
def batch_norm(H, gamma, theta):
    """You add a 1e-7 under the root. In the sheet's sigma nothing is added to the averaged
    squares, and small pre-activations show the difference.
    """
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-7)
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-10_under_root
def batch_norm(H, gamma, theta):
    """You add a 1e-10 under the root. Even that is too much where pre-activations are close
    together: the sheet's sigma has no such term.
    """
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-10)
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-12_under_root
def batch_norm(H, gamma, theta):
    """You add a 1e-12 under the root. The variance of a batch can be smaller still, and the
    sheet's sigma has no such term.
    """
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-12)
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-3_outside_root
def batch_norm(H, gamma, theta):
    """You add 0.001 to the standard deviation, which already shows in batches of ordinary size.
    The sheet divides by sigma alone.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-3
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-7_outside_root
def batch_norm(H, gamma, theta):
    """You add 1e-7 to the standard deviation. The sheet divides by sigma and by nothing more: no
    feature of our batches is constant.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-7
    return gamma * (H - mu) / sigma + theta


# %% epsilon_1e-10_outside_root
def batch_norm(H, gamma, theta):
    """You add 1e-10 to the standard deviation. Where pre-activations are close together that is
    more than sigma itself; the sheet has no such term.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-10
    return gamma * (H - mu) / sigma + theta


# %% machine_epsilon_outside_root
def batch_norm(H, gamma, theta):
    """You add the machine epsilon to the standard deviation. It is small beside 1, but not beside
    every sigma: the sheet has no such term.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + np.finfo(float).eps
    return gamma * (H - mu) / sigma + theta


# %% small_sigma_replaced
def batch_norm(H, gamma, theta):
    """You replace a small standard deviation by 1. A feature whose values are close together has
    a small sigma, and the sheet divides by it all the same.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1)
    sigma = np.where(sigma < 1e-8, 1.0, sigma)
    return gamma * (H - mu) / sigma + theta


# %% sigma_with_a_floor
def batch_norm(H, gamma, theta):
    """You keep the standard deviation from falling below 1e-8. The sheet sets no such bound:
    features that vary very little are standardized like all others.
    """
    mu = H.mean(axis=0)
    sigma = np.maximum(H.std(axis=0, ddof=1), 1e-8)
    return gamma * (H - mu) / sigma + theta


# %% mean_absolute_deviation
def batch_norm(H, gamma, theta):
    """You average the absolute deviations from the mean. The sheet's sigma is the root of
    averaged squares.
    """
    mu = H.mean(axis=0)
    sigma = np.abs(H - mu).mean(axis=0)
    return gamma * (H - mu) / sigma + theta


# %% range
def batch_norm(H, gamma, theta):
    """You measure the spread by the largest minus the smallest value. The sheet's sigma is a
    standard deviation, to which all B examples contribute.
    """
    mu = H.mean(axis=0)
    sigma = H.max(axis=0) - H.min(axis=0)
    return gamma * (H - mu) / sigma + theta


# %% sum_of_squares_not_averaged
def batch_norm(H, gamma, theta):
    """Under your root stands the plain sum of the squared deviations (the length of the vector).
    The sheet's sigma also divides it by a number of examples.
    """
    mu = H.mean(axis=0)
    sigma = np.linalg.norm(H - mu, axis=0)
    return gamma * (H - mu) / sigma + theta


# %% not_centred
def batch_norm(H, gamma, theta):
    """You average the squares of the values themselves. The sheet's sigma measures the squared
    distance from mu, so that a shift of the batch does not change it.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return gamma * (H - mu) / sigma + theta


# %% one_pass
def batch_norm(H, gamma, theta):
    """You compute the variance as mean of squares minus square of the mean. On paper that is the
    same, but with a large mean the two nearly cancel and rounding is all that remains: follow the
    sheet's sum of squared deviations.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return gamma * (H - mu) / sigma + theta


# %% median
def batch_norm(H, gamma, theta):
    """You centre on the median. The sheet's mu is the average over the B examples."""
    B = H.shape[0]
    mu = np.median(H, axis=0)
    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (B - 1))
    return gamma * (H - mu) / sigma + theta


# %% mean_with_B_minus_1
def batch_norm(H, gamma, theta):
    """Your mean divides by B - 1. On the sheet only the sum inside sigma does; mu divides by B."""
    B = H.shape[0]
    mu = H.sum(axis=0) / (B - 1)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return gamma * (H - mu) / sigma + theta


# %% divides_outside_root
def batch_norm(H, gamma, theta):
    """You take the root first and divide then. In the sheet's sigma the factor 1/(B - 1) stands
    under the root.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0)) / (B - 1)
    return gamma * (H - mu) / sigma + theta


# %% standard_error
def batch_norm(H, gamma, theta):
    """You divide the standard deviation by the root of B, which is the standard error of the
    mean. The sheet's sigma describes the spread of single examples.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) / np.sqrt(B)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_d
def batch_norm(H, gamma, theta):
    """Your sigma divides by the number of features less one. The sheet's sum runs over the
    examples, and so does the count in front of it.
    """
    B, d = H.shape
    mu = H.sum(axis=0) / B
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (d - 1))
    return gamma * (H - mu) / sigma + theta


# %% theta_inside_gamma
def batch_norm(H, gamma, theta):
    """You add theta first and multiply by gamma afterwards, so theta is scaled as well. In the
    sheet's z gamma scales the standardized values alone.
    """
    mu, sigma = batch_statistics(H)
    return gamma * ((H - mu) / sigma + theta)


# %% gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    """You scale by theta and shift by gamma. On the sheet gamma is the factor and theta is what
    is added.
    """
    mu, sigma = batch_statistics(H)
    return theta * (H - mu) / sigma + gamma


# %% divides_by_gamma
def batch_norm(H, gamma, theta):
    """You divide by gamma. On the sheet it is a factor, and it may be 0."""
    mu, sigma = batch_statistics(H)
    return (H - mu) / sigma / gamma + theta


# %% theta_subtracted
def batch_norm(H, gamma, theta):
    """You subtract theta. The sheet adds it: theta is the new mean of the feature."""
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) / sigma - theta


# %% gamma_forgotten
def batch_norm(H, gamma, theta):
    """gamma plays no role in your answer. On the sheet each standardized feature is multiplied by
    its own gamma_j.
    """
    mu, sigma = batch_statistics(H)
    return (H - mu) / sigma + theta


# %% theta_forgotten
def batch_norm(H, gamma, theta):
    """theta plays no role in your answer. On the sheet each feature is shifted by its own theta_j
    at the end.
    """
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) / sigma


# %% not_rescaled
def batch_norm(H, gamma, theta):
    """You return the standardized batch as it is: gamma and theta, the learnable part of batch
    norm, do not come in.
    """
    mu, sigma = batch_statistics(H)
    return (H - mu) / sigma


# %% not_standardized
def batch_norm(H, gamma, theta):
    """You rescale the pre-activations themselves. On the sheet mu is subtracted and sigma divided
    out before gamma and theta come in.
    """
    return gamma * H + theta


# %% only_centred
def batch_norm(H, gamma, theta):
    """You subtract mu and rescale, but the division by sigma is missing."""
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) + theta


# %% only_scaled
def batch_norm(H, gamma, theta):
    """You divide by sigma and rescale, but mu is not subtracted: the new mean of a feature has to
    be its theta.
    """
    mu, sigma = batch_statistics(H)
    return gamma * H / sigma + theta


# %% gamma_squared
def batch_norm(H, gamma, theta):
    """Your gamma comes in squared, as if it were a variance's factor. In the sheet's z it stands
    once.
    """
    mu, sigma = batch_statistics(H)
    return gamma**2 * (H - mu) / sigma + theta


# %% gamma_without_sign
def batch_norm(H, gamma, theta):
    """You use the size of gamma without its sign. gamma is learned and may well be negative."""
    mu, sigma = batch_statistics(H)
    return np.abs(gamma) * (H - mu) / sigma + theta


# %% gamma_of_first_feature
def batch_norm(H, gamma, theta):
    """You scale all features by the first gamma. On the sheet gamma is a vector: each feature has
    its own.
    """
    mu, sigma = batch_statistics(H)
    return gamma[0] * (H - mu) / sigma + theta


# %% theta_of_first_feature
def batch_norm(H, gamma, theta):
    """You shift all features by the first theta. On the sheet theta is a vector: each feature has
    its own.
    """
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) / sigma + theta[0]


# %% first_gamma_and_theta
def batch_norm(H, gamma, theta):
    """You rescale all features by the first gamma and the first theta. On the sheet both carry
    the index j of the feature.
    """
    mu, sigma = batch_statistics(H)
    return gamma[0] * (H - mu) / sigma + theta[0]


# %% theta_divided_by_sigma
def batch_norm(H, gamma, theta):
    """Your theta is divided by sigma along with the rest. On the sheet it is added at the very
    end.
    """
    mu, sigma = batch_statistics(H)
    return (gamma * (H - mu) + theta) / sigma


# %% mu_not_scaled
def batch_norm(H, gamma, theta):
    """Only H is divided by sigma and multiplied by gamma; mu is subtracted afterwards. In the
    sheet's fraction mu leaves first.
    """
    mu, sigma = batch_statistics(H)
    return gamma * H / sigma - mu + theta


# %% standardized_last
def batch_norm(H, gamma, theta):
    """You rescale first and standardize afterwards, which takes gamma and theta out again but for
    a sign. On the sheet the rescaling comes last.
    """
    Y = gamma * H + theta
    return (Y - Y.mean(axis=0)) / Y.std(axis=0, ddof=1)


# %% standardized_again
def batch_norm(H, gamma, theta):
    """You standardize once more after rescaling, so that nothing of theta and of the size of
    gamma remains. On the sheet the rescaling is the last step.
    """
    mu, sigma = batch_statistics(H)
    Y = gamma * (H - mu) / sigma + theta
    return (Y - Y.mean(axis=0)) / Y.std(axis=0, ddof=1)


# %% mu_as_shift
def batch_norm(H, gamma, theta):
    """You add the old mean back along with theta. On the sheet theta alone is the new mean: it
    replaces mu.
    """
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) / sigma + theta + mu


# %% multiplied_by_sigma
def batch_norm(H, gamma, theta):
    """You multiply by sigma. On the sheet the standardized values come from dividing by it."""
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) * sigma + theta


# %% gamma_divided_by_B
def batch_norm(H, gamma, theta):
    """Your gamma is divided by the size of the batch. On the sheet it comes in as it is."""
    mu, sigma = batch_statistics(H)
    return gamma / len(H) * (H - mu) / sigma + theta


# %% gamma_added
def batch_norm(H, gamma, theta):
    """You add gamma. The sheet's symbol between gamma and the fraction is a product, feature by
    feature.
    """
    mu, sigma = batch_statistics(H)
    return (H - mu) / sigma + gamma + theta


# %% phi_applied
def batch_norm(H, gamma, theta):
    """You also apply a non-linearity. On the sheet batch norm ends with z; phi comes after it."""
    mu, sigma = batch_statistics(H)
    return np.tanh(gamma * (H - mu) / sigma + theta)


# %% sign_reversed
def batch_norm(H, gamma, theta):
    """You subtract the values from mu, so that the scaled part has the wrong sign. On the sheet
    mu is subtracted from h.
    """
    mu, sigma = batch_statistics(H)
    return gamma * (mu - H) / sigma + theta


# %% mu_added
def batch_norm(H, gamma, theta):
    """You add mu where the sheet subtracts it: the new mean of a feature has to be its theta."""
    mu, sigma = batch_statistics(H)
    return gamma * (H + mu) / sigma + theta


# %% gamma_where_not_zero
def batch_norm(H, gamma, theta):
    """You replace a gamma of 0 by 1. A gamma may be 0: then the feature is constant, equal to its
    theta.
    """
    mu, sigma = batch_statistics(H)
    gamma = np.where(gamma == 0, 1, gamma)
    return gamma * (H - mu) / sigma + theta


# %% transposed
def batch_norm(H, gamma, theta):
    """Your result has one row for each feature. It must have the shape of H, with one example per
    row.
    """
    mu, sigma = batch_statistics(H)
    return (gamma * (H - mu) / sigma + theta).T


# %% gamma_along_examples
def batch_norm(H, gamma, theta):
    """You give each example, each row, a gamma and a theta. On the sheet they belong to the
    features, the columns of H.
    """
    mu, sigma = batch_statistics(H)
    return gamma[:, np.newaxis] * (H - mu) / sigma + theta[:, np.newaxis]


# %% matrix_product
def batch_norm(H, gamma, theta):
    """You multiply by gamma with a matrix product, which adds the features up. The sheet's
    product works feature by feature.
    """
    mu, sigma = batch_statistics(H)
    return (H - mu) / sigma @ gamma + theta


# %% parentheses_missing
def batch_norm(H, gamma, theta):
    """Only mu is divided by sigma in your answer. The whole difference is the numerator of the
    sheet's fraction.
    """
    mu, sigma = batch_statistics(H)
    return gamma * H - mu / sigma + theta


# %% gamma_positive_only
def batch_norm(H, gamma, theta):
    """You set negative gammas to 0. gamma is a learned factor and may have either sign."""
    mu, sigma = batch_statistics(H)
    return np.maximum(gamma, 0) * (H - mu) / sigma + theta


# %% statistics_returned_too
def batch_norm(H, gamma, theta):
    """You return mu and sigma along with the batch. Here only z is asked for."""
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) / sigma + theta, mu, sigma


# %% clipped
def batch_norm(H, gamma, theta):
    """Values beyond 3 standard deviations are cut off in your answer. On the sheet outliers are
    only rescaled.
    """
    mu, sigma = batch_statistics(H)
    return gamma * np.clip((H - mu) / sigma, -3, 3) + theta


# %% changes_H
def batch_norm(H, gamma, theta):
    """You write into the arrays that you were given, in place, so that the caller finds other
    numbers in them. The batch, gamma and theta must be the same after the call as before.
    """
    mu, sigma = batch_statistics(H)
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% fails_on_integers
def batch_norm(H, gamma, theta):
    """Your answer only works on floats: an array of integers stays one when it is copied, and
    decimals cannot be put into it in place. Make an array of floats first.
    """
    Z = H.copy()
    mu, sigma = batch_statistics(H)
    Z -= mu
    Z /= sigma
    return gamma * Z + theta


# %% truncated_to_integers
def batch_norm(H, gamma, theta):
    """For integer batches your result is cut off at the decimal point: an array that is made
    like H is one of integers where H holds integers.
    """
    mu, sigma = batch_statistics(H)
    Z = np.empty_like(H)
    for j in range(H.shape[1]):
        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
    return Z


# %% truncated_before_rescaling
def batch_norm(H, gamma, theta):
    """For integer batches the standardized values are cut off at the decimal point before
    gamma and theta come in: an array that is made like H is one of integers where H holds
    integers.
    """
    mu, sigma = batch_statistics(H)
    Z = np.zeros_like(H)
    for j in range(H.shape[1]):
        Z[:, j] = (H[:, j] - mu[j]) / sigma[j]
    return gamma * Z + theta


# %% last_feature_left_out
def batch_norm(H, gamma, theta):
    """The last feature stays as it was: your loop over the features stops one too early."""
    Z = np.array(H, dtype=float)
    mu, sigma = batch_statistics(H)
    for j in range(H.shape[1] - 1):
        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
    return Z


# %% remembered_by_shape
known = {}


def batch_norm(H, gamma, theta):
    """You normalize with mu and sigma of an earlier batch of the same shape. The sheet stresses
    that they vary with the batch, while gamma and theta do not.
    """
    if H.shape not in known:
        known[H.shape] = batch_statistics(H)
    mu, sigma = known[H.shape]
    return gamma * (H - mu) / sigma + theta


# %% frozen_after_first_batch
mu = sigma = None


def batch_norm(H, gamma, theta):
    """You keep mu and sigma of the first batch you ever saw and use them for all later ones. On
    the sheet they come from the batch at hand.
    """
    global mu, sigma
    if mu is None:
        mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1)
    return gamma * (H - mu) / sigma + theta


batch_norm(np.array([[1.0, 2.0], [4.0, 3.0], [5.0, 9.0]]), np.ones(2), np.zeros(2))


# %% parameters_of_first_call
known = {}


def batch_norm(H, gamma, theta):
    """You keep gamma and theta of an earlier call. They are arguments: each call brings the ones
    to use.
    """
    gamma, theta = known.setdefault(H.shape, (gamma, theta))
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) / sigma + theta


# %% same_array_every_time
buffers = {}


def batch_norm(H, gamma, theta):
    """You hand out the same array in every call, so an earlier result changes when the next batch
    comes. Make a new array in each call.
    """
    Z = buffers.setdefault(H.shape, np.empty(H.shape))
    mu, sigma = batch_statistics(H)
    Z[:] = gamma * (H - mu) / sigma + theta
    return Z


# %% swapped_and_inside
def batch_norm(H, gamma, theta):
    """You add gamma first and multiply by theta afterwards. On the sheet gamma is the factor,
    theta is what is added, and the adding comes last.
    """
    mu, sigma = batch_statistics(H)
    return theta * ((H - mu) / sigma + gamma)


# %% swapped_and_subtracted
def batch_norm(H, gamma, theta):
    """You scale by theta and subtract gamma. On the sheet the factor is gamma, and theta is
    added.
    """
    mu, sigma = batch_statistics(H)
    return theta * (H - mu) / sigma - gamma


# %% theta_added_then_divided_by_gamma
def batch_norm(H, gamma, theta):
    """You add theta and then divide all by gamma. On the sheet gamma multiplies the
    standardized values alone, before theta is added.
    """
    mu, sigma = batch_statistics(H)
    return ((H - mu) / sigma + theta) / gamma


# %% theta_subtracted_inside
def batch_norm(H, gamma, theta):
    """You subtract theta before you multiply by gamma. On the sheet theta is added, and only
    at the very end.
    """
    mu, sigma = batch_statistics(H)
    return gamma * ((H - mu) / sigma - theta)


# %% running_statistics
running = {}


def batch_norm(H, gamma, theta):
    """You normalize with running statistics that start at 0 and 1 and go on from call to
    call, as libraries keep them for test time. The sheet's mu and sigma are those of the
    batch at hand.
    """
    mu, var = running.get(H.shape[1], (0.0, 1.0))
    mu = 0.9 * mu + 0.1 * H.mean(axis=0)
    var = 0.9 * var + 0.1 * H.var(axis=0, ddof=1)
    running[H.shape[1]] = (mu, var)
    return gamma * (H - mu) / np.sqrt(var) + theta


# %% running_statistics_of_all_batches
running = {}


def batch_norm(H, gamma, theta):
    """You mix mu and sigma of a batch with those of the batches before it, as a running
    average does. The sheet takes both from the batch at hand alone.
    """
    mean, var = H.mean(axis=0), H.var(axis=0, ddof=1)
    mu, variance = running.get(H.shape[1], (mean, var))
    mu = 0.9 * mu + 0.1 * mean
    variance = 0.9 * variance + 0.1 * var
    running[H.shape[1]] = (mu, variance)
    return gamma * (H - mu) / np.sqrt(variance) + theta


# %% running_statistics_of_biased_variances
running = {}


def batch_norm(H, gamma, theta):
    """You keep running averages over all batches and use a variance that divides by B. On the
    sheet mu and sigma belong to one batch, and sigma divides by B - 1.
    """
    mu, var = running.get(H.shape[1], (0.0, 1.0))
    mu = 0.9 * mu + 0.1 * H.mean(axis=0)
    var = 0.9 * var + 0.1 * H.var(axis=0)
    running[H.shape[1]] = (mu, var)
    return gamma * (H - mu) / np.sqrt(var) + theta


# %% changes_gamma_and_theta
def batch_norm(H, gamma, theta):
    """You change the caller's gamma or theta in place: the next batch is rescaled by other
    numbers, and an array of integers cannot hold the result. Give what you compute from them
    names of its own.
    """
    mu, sigma = batch_statistics(H)
    gamma /= sigma
    theta -= gamma * mu
    return gamma * H + theta


# %% rescaled_by_every_feature
def batch_norm(H, gamma, theta):
    """You rescale the whole batch once for each feature, so that every column meets all
    gammas and thetas. On the sheet column j only meets gamma_j and theta_j.
    """
    mu, sigma = batch_statistics(H)
    Z = (H - mu) / sigma
    for j in range(H.shape[1]):
        Z = gamma[j] * Z + theta[j]
    return Z


# %% returns_H
def batch_norm(H, gamma, theta):
    """You return H as it came in: neither the standardizing nor gamma and theta show in it.
    Check which array it is that you return.
    """
    mu, sigma = batch_statistics(H)
    Z = gamma * (H - mu) / sigma + theta
    return H


# %% theta_averaged
def batch_norm(H, gamma, theta):
    """You shift all features by the mean of theta. On the sheet each feature has a theta_j of
    its own.
    """
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu) / sigma + theta.mean()


# %% gamma_averaged
def batch_norm(H, gamma, theta):
    """You scale all features by the mean of gamma. On the sheet each feature has a gamma_j of
    its own.
    """
    mu, sigma = batch_statistics(H)
    return gamma.mean() * (H - mu) / sigma + theta


# %% rectified
def batch_norm(H, gamma, theta):
    """Your negative values become 0: that is a ReLU, which comes after batch norm and is not part
    of it.
    """
    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    return np.maximum(gamma * Z + theta, 0)


# %% one_added_to_gamma
def batch_norm(H, gamma, theta):
    """You scale by 1 + gamma. On the sheet the standardized value is multiplied by gamma itself,
    without a second path around it.
    """
    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    return Z + gamma * Z + theta


# %% gamma_and_theta_averaged
def batch_norm(H, gamma, theta):
    """You rescale all features by the average gamma and shift them by the average theta. Each
    feature has a gamma_j and a theta_j of its own.
    """
    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    return np.mean(gamma) * Z + np.mean(theta)


# %% features_summed
def batch_norm(H, gamma, theta):
    """You sum over the features, as a dense layer with one output does. Batch norm rescales every
    feature by itself and keeps the shape (B, d).
    """
    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
    return Z @ gamma + np.sum(theta)


# %% divides_by_B + variance
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + over_features
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, keepdims=True)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + whole_batch
def batch_norm(H, gamma, theta):
    mu = H.mean()
    sigma = H.std()
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + sigma_of_whole_batch
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std()
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + mean_of_whole_batch
def batch_norm(H, gamma, theta):
    mu = H.mean()
    sigma = H.std(axis=0)
    return gamma * (H - mu) / sigma + theta


# %% variance + over_features
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.var(axis=1, ddof=1, keepdims=True)
    return gamma * (H - mu) / sigma + theta


# %% variance + whole_batch
def batch_norm(H, gamma, theta):
    mu = H.mean()
    sigma = H.var(ddof=1)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + epsilon_under_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + epsilon_1e-8_under_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-8)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + epsilon_1e-3_under_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-3)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + epsilon_outside_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + epsilon_1e-5_outside_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-5
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + not_centred
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.mean(H**2, axis=0))
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + one_pass
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt((H**2).mean(axis=0) - mu**2)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + median
def batch_norm(H, gamma, theta):
    mu = np.median(H, axis=0)
    sigma = np.sqrt(np.mean((H - mu) ** 2, axis=0))
    return gamma * (H - mu) / sigma + theta


# %% over_features + epsilon_under_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = np.sqrt(H.var(axis=1, ddof=1, keepdims=True) + 1e-5)
    return gamma * (H - mu) / sigma + theta


# %% over_features + epsilon_outside_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True) + 1e-8
    return gamma * (H - mu) / sigma + theta


# %% whole_batch + epsilon_under_root
def batch_norm(H, gamma, theta):
    mu = H.mean()
    sigma = np.sqrt(H.var(ddof=1) + 1e-5)
    return gamma * (H - mu) / sigma + theta


# %% whole_batch + epsilon_outside_root
def batch_norm(H, gamma, theta):
    mu = H.mean()
    sigma = H.std(ddof=1) + 1e-8
    return gamma * (H - mu) / sigma + theta


# %% variance + epsilon_outside_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1) + 1e-8
    return gamma * (H - mu) / sigma + theta


# %% variance + epsilon_1e-5_outside_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1) + 1e-5
    return gamma * (H - mu) / sigma + theta


# %% one_pass + epsilon_under_root
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1) + 1e-5)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + variance + epsilon_outside_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0) + 1e-8
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + over_features + epsilon_under_root
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = np.sqrt(H.var(axis=1, keepdims=True) + 1e-5)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * ((H - mu) / sigma + theta)


# %% divides_by_B + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return theta * (H - mu) / sigma + gamma


# %% divides_by_B + divides_by_gamma
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) / sigma / gamma + theta


# %% divides_by_B + theta_subtracted
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (H - mu) / sigma - theta


# %% divides_by_B + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) / sigma + theta


# %% divides_by_B + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (H - mu) / sigma


# %% divides_by_B + not_rescaled
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) / sigma


# %% divides_by_B + gamma_squared
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma**2 * (H - mu) / sigma + theta


# %% divides_by_B + gamma_without_sign
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return np.abs(gamma) * (H - mu) / sigma + theta


# %% divides_by_B + gamma_of_first_feature
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma[0] * (H - mu) / sigma + theta


# %% divides_by_B + theta_of_first_feature
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (H - mu) / sigma + theta[0]


# %% divides_by_B + first_gamma_and_theta
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma[0] * (H - mu) / sigma + theta[0]


# %% divides_by_B + only_scaled
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * H / sigma + theta


# %% divides_by_B + theta_divided_by_sigma
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (gamma * (H - mu) + theta) / sigma


# %% divides_by_B + transposed
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (gamma * (H - mu) / sigma + theta).T


# %% divides_by_B + matrix_product
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) / sigma @ gamma + theta


# %% divides_by_B + gamma_along_examples
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma[:, np.newaxis] * (H - mu) / sigma + theta[:, np.newaxis]


# %% divides_by_B + statistics_returned_too
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (H - mu) / sigma + theta, mu, sigma


# %% variance + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * ((H - mu) / sigma + theta)


# %% variance + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return theta * (H - mu) / sigma + gamma


# %% variance + divides_by_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return (H - mu) / sigma / gamma + theta


# %% variance + theta_subtracted
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * (H - mu) / sigma - theta


# %% variance + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return (H - mu) / sigma + theta


# %% variance + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * (H - mu) / sigma


# %% variance + not_rescaled
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return (H - mu) / sigma


# %% over_features + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return gamma * ((H - mu) / sigma + theta)


# %% over_features + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return theta * (H - mu) / sigma + gamma


# %% over_features + divides_by_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return (H - mu) / sigma / gamma + theta


# %% over_features + theta_subtracted
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return gamma * (H - mu) / sigma - theta


# %% over_features + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return (H - mu) / sigma + theta


# %% over_features + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return gamma * (H - mu) / sigma


# %% over_features + not_rescaled
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return (H - mu) / sigma


# %% whole_batch + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return gamma * ((H - mu) / sigma + theta)


# %% whole_batch + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return theta * (H - mu) / sigma + gamma


# %% whole_batch + divides_by_gamma
def batch_norm(H, gamma, theta):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return (H - mu) / sigma / gamma + theta


# %% whole_batch + theta_subtracted
def batch_norm(H, gamma, theta):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return gamma * (H - mu) / sigma - theta


# %% whole_batch + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return (H - mu) / sigma + theta


# %% whole_batch + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return gamma * (H - mu) / sigma


# %% whole_batch + not_rescaled
def batch_norm(H, gamma, theta):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return (H - mu) / sigma


# %% epsilon_under_root + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return gamma * ((H - mu) / sigma + theta)


# %% epsilon_under_root + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return theta * (H - mu) / sigma + gamma


# %% epsilon_under_root + divides_by_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return (H - mu) / sigma / gamma + theta


# %% epsilon_under_root + theta_subtracted
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return gamma * (H - mu) / sigma - theta


# %% epsilon_under_root + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return (H - mu) / sigma + theta


# %% epsilon_under_root + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return gamma * (H - mu) / sigma


# %% epsilon_under_root + not_rescaled
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return (H - mu) / sigma


# %% epsilon_outside_root + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return gamma * ((H - mu) / sigma + theta)


# %% epsilon_outside_root + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return theta * (H - mu) / sigma + gamma


# %% epsilon_outside_root + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return (H - mu) / sigma + theta


# %% epsilon_outside_root + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return gamma * (H - mu) / sigma


# %% epsilon_outside_root + not_rescaled
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return (H - mu) / sigma


# %% not_centred + theta_inside_gamma
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return gamma * ((H - mu) / sigma + theta)


# %% not_centred + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return theta * (H - mu) / sigma + gamma


# %% not_centred + gamma_forgotten
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return (H - mu) / sigma + theta


# %% not_centred + theta_forgotten
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return gamma * (H - mu) / sigma


# %% not_centred + not_rescaled
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return (H - mu) / sigma


# %% divides_by_B + epsilon_under_root + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return gamma * ((H - mu) / sigma + theta)


# %% divides_by_B + epsilon_under_root + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return theta * (H - mu) / sigma + gamma


# %% divides_by_B + epsilon_under_root + divides_by_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return (H - mu) / sigma / gamma + theta


# %% divides_by_B + epsilon_under_root + theta_subtracted
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return gamma * (H - mu) / sigma - theta


# %% divides_by_B + epsilon_under_root + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return (H - mu) / sigma + theta


# %% divides_by_B + epsilon_under_root + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return gamma * (H - mu) / sigma


# %% divides_by_B + epsilon_under_root + not_rescaled
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return (H - mu) / sigma


# %% divides_by_B + variance + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return gamma * ((H - mu) / sigma + theta)


# %% divides_by_B + variance + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return theta * (H - mu) / sigma + gamma


# %% divides_by_B + variance + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return (H - mu) / sigma + theta


# %% divides_by_B + variance + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return gamma * (H - mu) / sigma


# %% divides_by_B + variance + not_rescaled
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return (H - mu) / sigma


# %% divides_by_B + epsilon_outside_root + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return gamma * ((H - mu) / sigma + theta)


# %% divides_by_B + epsilon_outside_root + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return theta * (H - mu) / sigma + gamma


# %% divides_by_B + epsilon_outside_root + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return (H - mu) / sigma + theta


# %% divides_by_B + epsilon_outside_root + theta_forgotten
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return gamma * (H - mu) / sigma


# %% divides_by_B + epsilon_outside_root + not_rescaled
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return (H - mu) / sigma


# %% one_pass + theta_inside_gamma
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return gamma * ((H - mu) / sigma + theta)


# %% one_pass + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return theta * (H - mu) / sigma + gamma


# %% one_pass + gamma_forgotten
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return (H - mu) / sigma + theta


# %% one_pass + theta_forgotten
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return gamma * (H - mu) / sigma


# %% one_pass + not_rescaled
def batch_norm(H, gamma, theta):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return (H - mu) / sigma


# %% divides_by_B + parentheses_missing
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * H - mu / sigma + theta


# %% divides_by_B + mu_as_shift
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (H - mu) / sigma + theta + mu


# %% divides_by_B + multiplied_by_sigma
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (H - mu) * sigma + theta


# %% divides_by_B + sign_reversed
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (mu - H) / sigma + theta


# %% divides_by_B + mu_added
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * (H + mu) / sigma + theta


# %% divides_by_B + gamma_added
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) / sigma + gamma + theta


# %% divides_by_B + phi_applied
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return np.tanh(gamma * (H - mu) / sigma + theta)


# %% divides_by_B + gamma_positive_only
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return np.maximum(gamma, 0) * (H - mu) / sigma + theta


# %% divides_by_B + gamma_where_not_zero
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    gamma = np.where(gamma == 0, 1, gamma)
    return gamma * (H - mu) / sigma + theta


# %% divides_by_B + clipped
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * np.clip((H - mu) / sigma, -3, 3) + theta


# %% divides_by_B + mu_not_scaled
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return gamma * H / sigma - mu + theta


# %% variance + parentheses_missing
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * H - mu / sigma + theta


# %% variance + mu_as_shift
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * (H - mu) / sigma + theta + mu


# %% variance + multiplied_by_sigma
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * (H - mu) * sigma + theta


# %% variance + sign_reversed
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * (mu - H) / sigma + theta


# %% variance + mu_added
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * (H + mu) / sigma + theta


# %% variance + gamma_added
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return (H - mu) / sigma + gamma + theta


# %% variance + phi_applied
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return np.tanh(gamma * (H - mu) / sigma + theta)


# %% variance + gamma_positive_only
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return np.maximum(gamma, 0) * (H - mu) / sigma + theta


# %% variance + gamma_where_not_zero
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    gamma = np.where(gamma == 0, 1, gamma)
    return gamma * (H - mu) / sigma + theta


# %% variance + clipped
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * np.clip((H - mu) / sigma, -3, 3) + theta


# %% variance + mu_not_scaled
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return gamma * H / sigma - mu + theta


# %% divides_by_B + standardized_last
def batch_norm(H, gamma, theta):
    Y = gamma * H + theta
    return (Y - Y.mean(axis=0)) / Y.std(axis=0)


# %% divides_by_gamma + theta_subtracted
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return ((H - mu) / sigma - theta) / gamma


# %% only_scaled + theta_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return gamma * H / sigma


# %% only_centred + theta_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu)


# %% only_centred + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return H - mu + theta


# %% only_scaled + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return H / sigma + theta


# %% gamma_squared + theta_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return gamma**2 * (H - mu) / sigma


# %% theta_of_first_feature + gamma_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return (H - mu) / sigma + theta[0]


# %% gamma_of_first_feature + theta_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return gamma[0] * (H - mu) / sigma


# %% not_standardized + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return gamma * (H + theta)


# %% not_standardized + theta_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return gamma * H


# %% not_standardized + gamma_and_theta_swapped
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return theta * H + gamma


# %% only_centred + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return gamma * (H - mu + theta)


# %% only_scaled + theta_inside_gamma
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return gamma * (H / sigma + theta)


# %% transposed + theta_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return (gamma * (H - mu) / sigma).T


# %% gamma_and_theta_swapped + transposed
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return (theta * (H - mu) / sigma + gamma).T


# %% gamma_without_sign + theta_forgotten
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return np.abs(gamma) * (H - mu) / sigma


# %% theta_inside_gamma + phi_applied
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    return np.tanh(gamma * ((H - mu) / sigma + theta))


# %% divides_by_B + changes_H
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% variance + changes_H
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% over_features + changes_H
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% whole_batch + changes_H
def batch_norm(H, gamma, theta):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% epsilon_under_root + changes_H
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% epsilon_outside_root + changes_H
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% divides_by_B + epsilon_under_root + changes_H
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% divides_by_B + epsilon_outside_root + changes_H
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    H -= mu
    H /= sigma
    H *= gamma
    H += theta
    return H


# %% theta_inside_gamma + changes_H
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    H -= mu
    H /= sigma
    H += theta
    H *= gamma
    return H


# %% gamma_and_theta_swapped + changes_H
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    H -= mu
    H /= sigma
    H *= theta
    H += gamma
    return H


# %% theta_forgotten + changes_H
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    H -= mu
    H /= sigma
    H *= gamma
    return H


# %% divides_by_B + truncated_to_integers
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    Z = np.zeros_like(H)
    for j in range(H.shape[1]):
        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
    return Z


# %% divides_by_B + last_feature_left_out
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    Z = H.astype(float)
    for j in range(H.shape[1] - 1):
        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
    return Z


# %% divides_by_B + truncated_before_rescaling
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    Z = np.zeros_like(H)
    Z[:] = (H - mu) / sigma
    return gamma * Z + theta


# %% divides_by_B + fails_on_integers
def batch_norm(H, gamma, theta):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    Z = H.copy()
    Z -= mu
    Z /= sigma
    return gamma * Z + theta


# %% variance + truncated_to_integers
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    Z = np.zeros_like(H)
    for j in range(H.shape[1]):
        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
    return Z


# %% variance + last_feature_left_out
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    Z = H.astype(float)
    for j in range(H.shape[1] - 1):
        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
    return Z


# %% variance + truncated_before_rescaling
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    Z = np.zeros_like(H)
    Z[:] = (H - mu) / sigma
    return gamma * Z + theta


# %% variance + fails_on_integers
def batch_norm(H, gamma, theta):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    Z = H.copy()
    Z -= mu
    Z /= sigma
    return gamma * Z + theta


# %% divides_by_B + remembered_by_shape
known = {}


def batch_norm(H, gamma, theta):
    if H.shape not in known:
        known[H.shape] = (H.mean(axis=0), H.std(axis=0))
    mu, sigma = known[H.shape]
    return gamma * (H - mu) / sigma + theta


# %% theta_inside_gamma + truncated_to_integers
def batch_norm(H, gamma, theta):
    mu, sigma = batch_statistics(H)
    Z = np.zeros_like(H)
    for j in range(H.shape[1]):
        Z[:, j] = gamma[j] * ((H[:, j] - mu[j]) / sigma[j] + theta[j])
    return Z


# %% divides_by_B + rescaled_by_every_feature
def batch_norm(H, gamma, theta):
    Z = (H - H.mean(axis=0)) / H.std(axis=0)
    for j in range(H.shape[1]):
        Z = gamma[j] * Z + theta[j]
    return Z


# %% divides_by_B + variance + whole_batch
def batch_norm(H, gamma, theta):
    return gamma * (H - H.mean()) / H.var() + theta
