"""Wrong answers to standardize, as people write them."""
# ruff: noqa


# %% divides_by_B
def standardize(H):
    """Your standard deviation divides by B, as np.std does unless it is told otherwise. The
    sheet's sigma divides by B - 1.
    """
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) / sigma


# %% variance
def standardize(H):
    """You use the variance where the sheet has its square root: sigma is a standard deviation."""
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return (H - mu) / sigma


# %% over_features
def standardize(H):
    """Your statistics run along the rows, over the features of one example (that is layer norm).
    In batch norm each feature has its own mu_j and sigma_j, taken over the B examples.
    """
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return (H - mu) / sigma


# %% whole_batch
def standardize(H):
    """You take one mean and one standard deviation of all numbers in H together. On the sheet mu
    and sigma are vectors: one entry for each feature.
    """
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return (H - mu) / sigma


# %% sigma_of_whole_batch
def standardize(H):
    """Each feature has its own mean in your answer, but they all share one standard deviation of
    the whole array. sigma has an index j, too.
    """
    mu = H.mean(axis=0)
    sigma = np.std(H, ddof=1)
    return (H - mu) / sigma


# %% mean_of_whole_batch
def standardize(H):
    """Each feature has its own standard deviation in your answer, but you subtract one mean of
    the whole array. mu has an index j, too.
    """
    mu = np.mean(H)
    sigma = np.std(H, axis=0, ddof=1)
    return (H - mu) / sigma


# %% epsilon_under_root
def standardize(H):
    """You add an epsilon of 1e-5 under the root, as deep-learning libraries do. The sheet's sigma
    has no epsilon, and for small pre-activations the difference is large.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return (H - mu) / sigma


# %% epsilon_1e-8_under_root
def standardize(H):
    """There is a 1e-8 under your root. It keeps libraries from dividing by 0, but the sheet's
    sigma goes without: no feature is constant here.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-8)
    return (H - mu) / sigma


# %% epsilon_1e-3_under_root
def standardize(H):
    """There is a 0.001 under your root, Keras's default. The sheet's definition of sigma goes
    without an epsilon.
    """
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 0.001)
    return (H - mu) / sigma


# %% epsilon_outside_root
def standardize(H):
    """You add 1e-8 to the standard deviation. The sheet divides by sigma alone, and no feature is
    constant, so that nothing has to be kept from being 0.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    return (H - mu) / sigma


# %% epsilon_1e-5_outside_root
def standardize(H):
    """You add 1e-5 to the standard deviation. In the sheet's z the denominator is sigma and
    nothing else.
    """
    eps = 1e-5
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + eps
    return (H - mu) / sigma


# %% epsilon_1e-6_outside_root
def standardize(H):
    """You add 1e-6 to the standard deviation. In the sheet's formula there is no such term, and
    small pre-activations come out too small with it.
    """
    eps = 1e-6
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + eps
    return (H - mu) / sigma


# %% epsilon_1e-12_outside_root
def standardize(H):
    """You add 1e-12 to the standard deviation. That is very little, but there are batches whose
    sigma is smaller still, and the sheet has no such term.
    """
    eps = 1e-12
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + eps
    return (H - mu) / sigma


# %% epsilon_1e-6_under_root
def standardize(H):
    """You add a 1e-6 under the root. The sheet's sigma is the root of the averaged squares and of
    nothing else.
    """
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-6)
    return (H - mu) / sigma


# %% epsilon_1e-7_under_root
def standardize(H):
    """You add a 1e-7 under the root. In the sheet's sigma nothing is added to the averaged
    squares, and small pre-activations show the difference.
    """
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-7)
    return (H - mu) / sigma


# %% epsilon_1e-10_under_root
def standardize(H):
    """You add a 1e-10 under the root. Even that is too much where pre-activations are close
    together: the sheet's sigma has no such term.
    """
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-10)
    return (H - mu) / sigma


# %% epsilon_1e-12_under_root
def standardize(H):
    """You add a 1e-12 under the root. The variance of a batch can be smaller still, and the
    sheet's sigma has no such term.
    """
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-12)
    return (H - mu) / sigma


# %% epsilon_1e-3_outside_root
def standardize(H):
    """You add 0.001 to the standard deviation, which already shows in batches of ordinary size.
    The sheet divides by sigma alone.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-3
    return (H - mu) / sigma


# %% epsilon_1e-7_outside_root
def standardize(H):
    """You add 1e-7 to the standard deviation. The sheet divides by sigma and by nothing more: no
    feature of our batches is constant.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-7
    return (H - mu) / sigma


# %% epsilon_1e-10_outside_root
def standardize(H):
    """You add 1e-10 to the standard deviation. Where pre-activations are close together that is
    more than sigma itself; the sheet has no such term.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-10
    return (H - mu) / sigma


# %% machine_epsilon_outside_root
def standardize(H):
    """You add the machine epsilon to the standard deviation. It is small beside 1, but not beside
    every sigma: the sheet has no such term.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + np.finfo(float).eps
    return (H - mu) / sigma


# %% small_sigma_replaced
def standardize(H):
    """You replace a small standard deviation by 1. A feature whose values are close together has
    a small sigma, and the sheet divides by it all the same.
    """
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1)
    sigma = np.where(sigma < 1e-8, 1.0, sigma)
    return (H - mu) / sigma


# %% sigma_with_a_floor
def standardize(H):
    """You keep the standard deviation from falling below 1e-8. The sheet sets no such bound:
    features that vary very little are standardized like all others.
    """
    mu = H.mean(axis=0)
    sigma = np.maximum(H.std(axis=0, ddof=1), 1e-8)
    return (H - mu) / sigma


# %% mean_absolute_deviation
def standardize(H):
    """You average the absolute deviations from the mean. The sheet's sigma is the root of
    averaged squares.
    """
    mu = H.mean(axis=0)
    sigma = np.abs(H - mu).mean(axis=0)
    return (H - mu) / sigma


# %% range
def standardize(H):
    """You measure the spread by the largest minus the smallest value. The sheet's sigma is a
    standard deviation, to which all B examples contribute.
    """
    mu = H.mean(axis=0)
    sigma = H.max(axis=0) - H.min(axis=0)
    return (H - mu) / sigma


# %% sum_of_squares_not_averaged
def standardize(H):
    """Under your root stands the plain sum of the squared deviations (the length of the vector).
    The sheet's sigma also divides it by a number of examples.
    """
    mu = H.mean(axis=0)
    sigma = np.linalg.norm(H - mu, axis=0)
    return (H - mu) / sigma


# %% not_centred
def standardize(H):
    """You average the squares of the values themselves. The sheet's sigma measures the squared
    distance from mu, so that a shift of the batch does not change it.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    return (H - mu) / sigma


# %% one_pass
def standardize(H):
    """You compute the variance as mean of squares minus square of the mean. On paper that is the
    same, but with a large mean the two nearly cancel and rounding is all that remains: follow the
    sheet's sum of squared deviations.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
    return (H - mu) / sigma


# %% median
def standardize(H):
    """You centre on the median. The sheet's mu is the average over the B examples."""
    B = H.shape[0]
    mu = np.median(H, axis=0)
    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (B - 1))
    return (H - mu) / sigma


# %% mean_with_B_minus_1
def standardize(H):
    """Your mean divides by B - 1. On the sheet only the sum inside sigma does; mu divides by B."""
    B = H.shape[0]
    mu = H.sum(axis=0) / (B - 1)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return (H - mu) / sigma


# %% divides_outside_root
def standardize(H):
    """You take the root first and divide then. In the sheet's sigma the factor 1/(B - 1) stands
    under the root.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0)) / (B - 1)
    return (H - mu) / sigma


# %% standard_error
def standardize(H):
    """You divide the standard deviation by the root of B, which is the standard error of the
    mean. The sheet's sigma describes the spread of single examples.
    """
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) / np.sqrt(B)
    return (H - mu) / sigma


# %% divides_by_B_minus_2
def standardize(H):
    """You divide the sum of squares by B - 2. Count again what the sheet subtracts from B."""
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 2))
    return (H - mu) / sigma


# %% divides_by_d
def standardize(H):
    """Your sigma divides by the number of features less one. The sheet's sum runs over the
    examples, and so does the count in front of it.
    """
    B, d = H.shape
    mu = H.sum(axis=0) / B
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (d - 1))
    return (H - mu) / sigma


# %% sum_not_mean
def standardize(H):
    """Your mu is the sum over the batch. The sheet divides it by B."""
    B = H.shape[0]
    mu = H.sum(axis=0)
    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
    return (H - mu) / sigma


# %% only_centred
def standardize(H):
    """You subtract the mean but do not divide by sigma. After standardizing, each feature has
    standard deviation 1.
    """
    mu = H.mean(axis=0)
    return H - mu


# %% only_scaled
def standardize(H):
    """You divide by sigma but do not subtract mu. After standardizing, each feature has mean 0."""
    mu, sigma = batch_statistics(H)
    return H / sigma


# %% parentheses_missing
def standardize(H):
    """Only mu is divided by sigma in your answer, since / binds more tightly than -. In the
    sheet's z the whole difference is divided.
    """
    mu, sigma = batch_statistics(H)
    return H - mu / sigma


# %% min_max_scaling
def standardize(H):
    """You scale each feature to the interval from 0 to 1 (min-max scaling). The sheet uses mean
    and standard deviation.
    """
    low, high = H.min(axis=0), H.max(axis=0)
    return (H - low) / (high - low)


# %% multiplied_by_sigma
def standardize(H):
    """You multiply by sigma. The sheet divides by it, so that the spread becomes 1."""
    mu, sigma = batch_statistics(H)
    return (H - mu) * sigma


# %% mu_added
def standardize(H):
    """You add the mean. The sheet subtracts it, so that each feature has mean 0 afterwards."""
    mu, sigma = batch_statistics(H)
    return (H + mu) / sigma


# %% sign_reversed
def standardize(H):
    """You subtract the values from the mean, which turns every sign round. In the sheet's z the
    example comes first, and mu is subtracted from it.
    """
    mu, sigma = batch_statistics(H)
    return (mu - H) / sigma


# %% statistics_swapped
def standardize(H):
    """You subtract sigma and divide by mu: batch_statistics returns them in the order (mu,
    sigma).
    """
    sigma, mu = batch_statistics(H)
    return (H - mu) / sigma


# %% sigma_under_another_root
def standardize(H):
    """You take a root of sigma, but sigma is already the root of the variance."""
    mu, sigma = batch_statistics(H)
    return (H - mu) / np.sqrt(sigma)


# %% sigma_of_scaled_values
def standardize(H):
    """You divide first and then subtract the mean that the values had before. The mean has to
    leave before sigma divides, or it has to be divided as well.
    """
    Z = H / H.std(axis=0, ddof=1)
    return Z - H.mean(axis=0)


# %% length_one
def standardize(H):
    """You give each example, each row, the length 1. Batch norm looks at one feature over all
    examples of the batch.
    """
    Z = H - H.mean(axis=1, keepdims=True)
    return Z / np.linalg.norm(Z, axis=1, keepdims=True)


# %% features_of_length_one
def standardize(H):
    """You give each feature, each column, the length 1 without centring it. The sheet asks for
    mean 0 and standard deviation 1.
    """
    return H / np.linalg.norm(H, axis=0)


# %% over_features_unaligned
def standardize(H):
    """Your mu and sigma have one entry for each example, and they do not even fit H unless B = d.
    On the sheet they have one entry for each feature: take them along the other axis.
    """
    mu = np.mean(H, axis=1)
    sigma = np.std(H, axis=1, ddof=1)
    return (H - mu) / sigma


# %% transposed
def standardize(H):
    """Your result has one row for each feature. It must have the shape of H, with one example per
    row.
    """
    mu, sigma = batch_statistics(H)
    return ((H - mu) / sigma).T


# %% flattened
def standardize(H):
    """You return all values in one long vector. It must have the shape of H, with one example per
    row.
    """
    mu, sigma = batch_statistics(H)
    return ((H - mu) / sigma).ravel()


# %% statistics_returned_too
def standardize(H):
    """You return mu and sigma along with the batch. Here only the standardized batch is asked
    for.
    """
    mu, sigma = batch_statistics(H)
    Z = (H - mu) / sigma
    return Z, mu, sigma


# %% changes_H
def standardize(H):
    """Your answer writes its result into the caller's H, in place. The batch must be the same
    after the call as before, so work on a new array.
    """
    mu, sigma = batch_statistics(H)
    H -= mu
    H /= sigma
    return H


# %% changes_H_by_column
def standardize(H):
    """You write the standardized columns into the caller's H, which then holds other numbers; and
    if H holds integers, the results lose their decimals. Make a new array of floats for them.
    """
    for j in range(H.shape[1]):
        h = H[:, j].copy()
        H[:, j] = (h - h.mean()) / h.std(ddof=1)
    return H


# %% fails_on_integers
def standardize(H):
    """Your answer only works on floats: an array of integers stays one when it is copied, and
    decimals cannot be put into it in place. Make an array of floats first.
    """
    mu, sigma = batch_statistics(H)
    Z = H.copy()
    Z -= mu
    Z /= sigma
    return Z


# %% truncated_to_integers
def standardize(H):
    """For integer batches your result is cut off at the decimal point: an array that is made
    like H is one of integers where H holds integers.
    """
    B, d = H.shape
    Z = np.zeros_like(H)
    for i in range(B):
        for j in range(d):
            h = H[:, j]
            Z[i, j] = (H[i, j] - h.mean()) / h.std(ddof=1)
    return Z


# %% last_feature_left_out
def standardize(H):
    """The last feature stays as it was: your loop over the features stops one too early."""
    Z = np.array(H, dtype=float)
    mu, sigma = batch_statistics(H)
    for j in range(H.shape[1] - 1):
        Z[:, j] = (H[:, j] - mu[j]) / sigma[j]
    return Z


# %% first_feature_only
def standardize(H):
    """You use the statistics of the first feature for all features. On the sheet, mu and sigma
    carry the same index j as h does.
    """
    mu, sigma = batch_statistics(H)
    return (H - mu[0]) / sigma[0]


# %% clipped
def standardize(H):
    """Values beyond 3 standard deviations are cut off in your answer. The sheet keeps outliers as
    they are.
    """
    mu, sigma = batch_statistics(H)
    return np.clip((H - mu) / sigma, -3, 3)


# %% remembered_by_shape
known = {}


def standardize(H):
    """You standardize with mu and sigma of an earlier batch of the same shape. The sheet stresses
    that they are functions of the batch and change with every forward pass.
    """
    if H.shape not in known:
        known[H.shape] = batch_statistics(H)
    mu, sigma = known[H.shape]
    return (H - mu) / sigma


# %% frozen_after_first_batch
mu = sigma = None


def standardize(H):
    """You keep mu and sigma of the first batch you ever saw and use them for all later ones. On
    the sheet they come from the batch at hand.
    """
    global mu, sigma
    if mu is None:
        mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1)
    return (H - mu) / sigma


standardize(np.array([[1.0, 2.0], [4.0, 3.0], [5.0, 9.0]]))


# %% same_array_every_time
buffers = {}


def standardize(H):
    """You hand out the same array in every call, so an earlier result changes when the next batch
    comes. Make a new array in each call.
    """
    Z = buffers.setdefault(H.shape, np.empty(H.shape))
    mu, sigma = batch_statistics(H)
    np.subtract(H, mu, out=Z)
    Z /= sigma
    return Z


# %% running_mean_over_examples
def standardize(H):
    """Your mean is a running average in which the examples count unequally, as libraries keep one
    for test time. In the sheet's mu every example of the batch has the weight 1/B.
    """
    mu = H[0].astype(float)
    for h in H[1:]:
        mu = 0.9 * mu + 0.1 * h
    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (len(H) - 1))
    return (H - mu) / sigma


# %% first_32_examples
def standardize(H):
    """Your statistics look at no more than 32 examples. The batch has B of them, and B is
    whatever H has.
    """
    mu, sigma = batch_statistics(H[:32])
    return (H - mu) / sigma


# %% whitened
def standardize(H):
    """You rotate the features so that they are no longer correlated (whitening). The sheet
    standardizes each feature by itself.
    """
    X = H - H.mean(axis=0)
    C = X.T @ X / (len(H) - 1)
    values, vectors = np.linalg.eigh(C)
    return X @ vectors / np.sqrt(np.abs(values))


# %% absolute_values
def standardize(H):
    """You return distances from the mean, without their signs. The sheet's z is negative where h
    lies below mu.
    """
    mu, sigma = batch_statistics(H)
    return np.abs(H - mu) / sigma


# %% rounded_to_two_decimals
def standardize(H):
    """You round to two decimals. Leave the values as they are; what is shown can be rounded
    later.
    """
    mu, sigma = batch_statistics(H)
    return np.round((H - mu) / sigma, 2)


# %% median_with_sigma_around_the_mean
def standardize(H):
    """You subtract the median but measure sigma around the mean. Both need the sheet's mu, the
    average over the B examples.
    """
    return (H - np.median(H, axis=0)) / np.std(H, axis=0, ddof=1)


# %% largest_deviation_for_sigma
def standardize(H):
    """You divide by the largest deviation from the mean. The sheet's sigma is a standard deviation,
    to which all examples contribute.
    """
    X = H - H.mean(axis=0)
    return X / np.abs(X).max(axis=0)


# %% sum_subtracted
def standardize(H):
    """You subtract the sum over the batch in place of its mean: the factor 1/B of mu is missing,
    while sigma is right.
    """
    return (H - H.sum(axis=0)) / H.std(axis=0, ddof=1)


# %% phi_applied
def standardize(H):
    """You apply a non-linearity as well. On the sheet phi comes after standardizing, and is not part
    of it.
    """
    return np.tanh((H - H.mean(axis=0)) / H.std(axis=0, ddof=1))


# %% rectified
def standardize(H):
    """Your negative values become 0: that is a ReLU, which comes after standardizing. Half of a
    standardized feature lies below 0.
    """
    return np.maximum((H - H.mean(axis=0)) / H.std(axis=0, ddof=1), 0)


# %% divides_by_B + variance
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    return (H - mu) / sigma


# %% divides_by_B + over_features
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, keepdims=True)
    return (H - mu) / sigma


# %% divides_by_B + whole_batch
def standardize(H):
    mu = H.mean()
    sigma = H.std()
    return (H - mu) / sigma


# %% divides_by_B + sigma_of_whole_batch
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.std()
    return (H - mu) / sigma


# %% divides_by_B + mean_of_whole_batch
def standardize(H):
    mu = H.mean()
    sigma = H.std(axis=0)
    return (H - mu) / sigma


# %% variance + over_features
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.var(axis=1, ddof=1, keepdims=True)
    return (H - mu) / sigma


# %% variance + whole_batch
def standardize(H):
    mu = H.mean()
    sigma = H.var(ddof=1)
    return (H - mu) / sigma


# %% divides_by_B + epsilon_under_root
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return (H - mu) / sigma


# %% divides_by_B + epsilon_1e-8_under_root
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-8)
    return (H - mu) / sigma


# %% divides_by_B + epsilon_1e-3_under_root
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-3)
    return (H - mu) / sigma


# %% divides_by_B + epsilon_outside_root
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    return (H - mu) / sigma


# %% divides_by_B + epsilon_1e-5_outside_root
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-5
    return (H - mu) / sigma


# %% divides_by_B + not_centred
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.mean(H**2, axis=0))
    return (H - mu) / sigma


# %% divides_by_B + one_pass
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt((H**2).mean(axis=0) - mu**2)
    return (H - mu) / sigma


# %% divides_by_B + median
def standardize(H):
    mu = np.median(H, axis=0)
    sigma = np.sqrt(np.mean((H - mu) ** 2, axis=0))
    return (H - mu) / sigma


# %% over_features + epsilon_under_root
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = np.sqrt(H.var(axis=1, ddof=1, keepdims=True) + 1e-5)
    return (H - mu) / sigma


# %% over_features + epsilon_outside_root
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True) + 1e-8
    return (H - mu) / sigma


# %% whole_batch + epsilon_under_root
def standardize(H):
    mu = H.mean()
    sigma = np.sqrt(H.var(ddof=1) + 1e-5)
    return (H - mu) / sigma


# %% whole_batch + epsilon_outside_root
def standardize(H):
    mu = H.mean()
    sigma = H.std(ddof=1) + 1e-8
    return (H - mu) / sigma


# %% variance + epsilon_outside_root
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1) + 1e-8
    return (H - mu) / sigma


# %% variance + epsilon_1e-5_outside_root
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1) + 1e-5
    return (H - mu) / sigma


# %% one_pass + epsilon_under_root
def standardize(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1) + 1e-5)
    return (H - mu) / sigma


# %% divides_by_B + variance + epsilon_outside_root
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0) + 1e-8
    return (H - mu) / sigma


# %% divides_by_B + over_features + epsilon_under_root
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = np.sqrt(H.var(axis=1, keepdims=True) + 1e-5)
    return (H - mu) / sigma


# %% divides_by_B + only_scaled
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return H / sigma


# %% variance + only_scaled
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return H / sigma


# %% over_features + only_scaled
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return H / sigma


# %% whole_batch + only_scaled
def standardize(H):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return H / sigma


# %% divides_by_B + parentheses_missing
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return H - mu / sigma


# %% variance + parentheses_missing
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return H - mu / sigma


# %% over_features + parentheses_missing
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return H - mu / sigma


# %% divides_by_B + multiplied_by_sigma
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) * sigma


# %% divides_by_B + mu_added
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H + mu) / sigma


# %% divides_by_B + sign_reversed
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (mu - H) / sigma


# %% variance + sign_reversed
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return (mu - H) / sigma


# %% divides_by_B + transposed
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return ((H - mu) / sigma).T


# %% variance + transposed
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return ((H - mu) / sigma).T


# %% epsilon_under_root + transposed
def standardize(H):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    return ((H - mu) / sigma).T


# %% over_features + transposed
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    return ((H - mu) / sigma).T


# %% whole_batch + transposed
def standardize(H):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    return ((H - mu) / sigma).T


# %% divides_by_B + flattened
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return ((H - mu) / sigma).ravel()


# %% divides_by_B + statistics_returned_too
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) / sigma, mu, sigma


# %% divides_by_B + first_feature_only
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu[0]) / sigma[0]


# %% variance + first_feature_only
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    return (H - mu[0]) / sigma[0]


# %% divides_by_B + clipped
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return np.clip((H - mu) / sigma, -3, 3)


# %% divides_by_B + absolute_values
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return np.abs((H - mu) / sigma)


# %% divides_by_B + sigma_under_another_root
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    return (H - mu) / np.sqrt(sigma)


# %% divides_by_B + epsilon_under_root + statistics_returned_too
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return (H - mu) / sigma, mu, sigma


# %% divides_by_B + epsilon_under_root + transposed
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    return ((H - mu) / sigma).T


# %% divides_by_B + changes_H
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    H -= mu
    H /= sigma
    return H


# %% variance + changes_H
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    H -= mu
    H /= sigma
    return H


# %% over_features + changes_H
def standardize(H):
    mu = H.mean(axis=1, keepdims=True)
    sigma = H.std(axis=1, ddof=1, keepdims=True)
    H -= mu
    H /= sigma
    return H


# %% whole_batch + changes_H
def standardize(H):
    mu = np.mean(H)
    sigma = np.std(H, ddof=1)
    H -= mu
    H /= sigma
    return H


# %% epsilon_under_root + changes_H
def standardize(H):
    mu = H.mean(axis=0)
    var = H.var(axis=0, ddof=1)
    sigma = np.sqrt(var + 1e-5)
    H -= mu
    H /= sigma
    return H


# %% epsilon_outside_root + changes_H
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0, ddof=1) + 1e-8
    H -= mu
    H /= sigma
    return H


# %% divides_by_B + epsilon_under_root + changes_H
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    H -= mu
    H /= sigma
    return H


# %% divides_by_B + epsilon_outside_root + changes_H
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.std(axis=0) + 1e-8
    H -= mu
    H /= sigma
    return H


# %% divides_by_B + variance + changes_H
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0)
    H -= mu
    H /= sigma
    return H


# %% not_centred + changes_H
def standardize(H):
    B = H.shape[0]
    mu = H.mean(axis=0)
    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))
    H -= mu
    H /= sigma
    return H


# %% sum_of_squares_not_averaged + changes_H
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.linalg.norm(H - mu, axis=0)
    H -= mu
    H /= sigma
    return H


# %% only_centred + changes_H
def standardize(H):
    H -= H.mean(axis=0)
    return H


# %% divides_by_B + changes_H_by_column
def standardize(H):
    for j in range(H.shape[1]):
        h = H[:, j].copy()
        H[:, j] = (h - h.mean()) / h.std()
    return H


# %% divides_by_B + truncated_to_integers
def standardize(H):
    Z = np.zeros_like(H)
    for j in range(H.shape[1]):
        h = H[:, j]
        Z[:, j] = (h - h.mean()) / h.std()
    return Z


# %% divides_by_B + last_feature_left_out
def standardize(H):
    Z = H.astype(float)
    for j in range(H.shape[1] - 1):
        h = H[:, j]
        Z[:, j] = (h - h.mean()) / h.std()
    return Z


# %% variance + changes_H_by_column
def standardize(H):
    for j in range(H.shape[1]):
        h = H[:, j].copy()
        H[:, j] = (h - h.mean()) / h.var(ddof=1)
    return H


# %% variance + truncated_to_integers
def standardize(H):
    Z = np.zeros_like(H)
    for j in range(H.shape[1]):
        h = H[:, j]
        Z[:, j] = (h - h.mean()) / h.var(ddof=1)
    return Z


# %% variance + last_feature_left_out
def standardize(H):
    Z = H.astype(float)
    for j in range(H.shape[1] - 1):
        h = H[:, j]
        Z[:, j] = (h - h.mean()) / h.var(ddof=1)
    return Z


# %% divides_by_B + variance + changes_H_by_column
def standardize(H):
    for j in range(H.shape[1]):
        h = H[:, j].copy()
        H[:, j] = (h - h.mean()) / h.var()
    return H


# %% divides_by_B + variance + truncated_to_integers
def standardize(H):
    Z = np.zeros_like(H)
    for j in range(H.shape[1]):
        h = H[:, j]
        Z[:, j] = (h - h.mean()) / h.var()
    return Z


# %% divides_by_B + variance + last_feature_left_out
def standardize(H):
    Z = H.astype(float)
    for j in range(H.shape[1] - 1):
        h = H[:, j]
        Z[:, j] = (h - h.mean()) / h.var()
    return Z


# %% divides_by_B + fails_on_integers
def standardize(H):
    mu = np.mean(H, axis=0)
    sigma = np.std(H, axis=0)
    Z = H.copy()
    Z -= mu
    Z /= sigma
    return Z


# %% variance + fails_on_integers
def standardize(H):
    mu = H.mean(axis=0)
    sigma = H.var(axis=0, ddof=1)
    Z = H.copy()
    Z -= mu
    Z /= sigma
    return Z


# %% divides_by_B + epsilon_under_root + fails_on_integers
def standardize(H):
    mu = H.mean(axis=0)
    sigma = np.sqrt(H.var(axis=0) + 1e-5)
    Z = H.copy()
    Z -= mu
    Z /= sigma
    return Z


# %% over_features + truncated_to_integers
def standardize(H):
    Z = np.empty_like(H)
    for i in range(len(H)):
        Z[i] = (H[i] - H[i].mean()) / H[i].std(ddof=1)
    return Z


# %% divides_by_B + over_features + truncated_to_integers
def standardize(H):
    Z = np.empty_like(H)
    for i in range(len(H)):
        Z[i] = (H[i] - H[i].mean()) / H[i].std()
    return Z


# %% divides_by_B + over_features_unaligned
def standardize(H):
    return (H - H.mean(axis=1)) / H.std(axis=1)


# %% variance + over_features_unaligned
def standardize(H):
    return (H - H.mean(axis=1)) / H.var(axis=1, ddof=1)


# %% divides_by_B + remembered_by_shape
known = {}


def standardize(H):
    if H.shape not in known:
        known[H.shape] = (H.mean(axis=0), H.std(axis=0))
    mu, sigma = known[H.shape]
    return (H - mu) / sigma


# %% divides_by_B + first_32_examples
def standardize(H):
    mu, sigma = H[:32].mean(axis=0), H[:32].std(axis=0)
    return (H - mu) / sigma


# %% divides_by_B + running_mean_over_examples
def standardize(H):
    mu = H[0].astype(float)
    for h in H[1:]:
        mu = 0.9 * mu + 0.1 * h
    sigma = np.sqrt(np.mean((H - mu) ** 2, axis=0))
    return (H - mu) / sigma


# %% divides_by_B + whitened
def standardize(H):
    X = H - H.mean(axis=0)
    values, vectors = np.linalg.eigh(X.T @ X / len(H))
    return X @ vectors / np.sqrt(np.abs(values))


# %% divides_by_B + variance + whole_batch
def standardize(H):
    return (H - H.mean()) / H.var()
