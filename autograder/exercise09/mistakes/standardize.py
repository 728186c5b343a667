"""Wrong answers to standardize, as people write them: see autograder.exercise.known_answers."""
# %% divides_by_B from own_statistics
# Your standard deviation divides by B, as np.std does unless it is told otherwise. The sheet's
# sigma divides by B - 1.
# with: variance, over_features, whole_batch, sigma_of_whole_batch, mean_of_whole_batch
# with: epsilon_under_root, epsilon_1e-8_under_root, epsilon_1e-3_under_root, epsilon_outside_root
# with: epsilon_1e-5_outside_root, not_centred, median, variance + epsilon_outside_root
# with: over_features + epsilon_under_root, only_scaled, parentheses_missing, multiplied_by_sigma
# with: mu_added, sign_reversed, transposed, flattened, statistics_returned_too, first_feature_only
# with: clipped, absolute_values, sigma_under_another_root
# with: epsilon_under_root + statistics_returned_too, epsilon_under_root + transposed, changes_H
# with: epsilon_under_root + changes_H, epsilon_outside_root + changes_H, variance + changes_H
# with: changes_H_by_column, truncated_to_integers, last_feature_left_out
# with: variance + changes_H_by_column, variance + truncated_to_integers
# with: variance + last_feature_left_out, fails_on_integers, epsilon_under_root + fails_on_integers
# with: over_features_unaligned, remembered_by_shape, first_32_examples, running_mean_over_examples
# with: whitened, variance + whole_batch
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H, axis=0)
#+    sigma = np.std(H, axis=0)

# %% variance from plain
# You use the variance where the sheet has its square root: sigma is a standard deviation.
# with: over_features, epsilon_outside_root, epsilon_1e-5_outside_root, only_scaled
# with: parentheses_missing, sign_reversed, transposed, first_feature_only, changes_H
# with: changes_H_by_column, truncated_to_integers, last_feature_left_out, fails_on_integers
# with: over_features_unaligned
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.var(axis=0, ddof=1)

# %% over_features from own_statistics
# Your statistics run along the rows, over the features of one example (that is layer norm). In
# batch norm each feature has its own mu_j and sigma_j, taken over the B examples.
# with: epsilon_under_root, epsilon_outside_root, only_scaled, parentheses_missing, transposed
# with: changes_H
#-    mu, sigma = batch_statistics(H)
#+    mu = H.mean(axis=1, keepdims=True)
#+    sigma = H.std(axis=1, ddof=1, keepdims=True)

# %% whole_batch from own_statistics
# You take one mean and one standard deviation of all numbers in H together. On the sheet mu and
# sigma are vectors: one entry for each feature.
# with: epsilon_under_root, epsilon_outside_root, only_scaled, transposed, changes_H
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H)
#+    sigma = np.std(H, ddof=1)

# %% sigma_of_whole_batch from plain
# Each feature has its own mean in your answer, but they all share one standard deviation of the
# whole array. sigma has an index j, too.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.std(H, ddof=1)

# %% mean_of_whole_batch from own_statistics
# Each feature has its own standard deviation in your answer, but you subtract one mean of the whole
# array. mu has an index j, too.
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H)
#+    sigma = np.std(H, axis=0, ddof=1)

# %% epsilon_under_root from plain
# You add an epsilon of 1e-5 under the root, as deep-learning libraries do. The sheet's sigma has no
# epsilon, and for small pre-activations the difference is large.
# with: transposed, changes_H
#-    sigma = H.std(axis=0, ddof=1)
#+    var = H.var(axis=0, ddof=1)
#+    sigma = np.sqrt(var + 1e-5)

# %% epsilon_1e-8_under_root from plain
# There is a 1e-8 under your root. It keeps libraries from dividing by 0, but the sheet's sigma goes
# without: no feature is constant here.
#-    sigma = H.std(axis=0, ddof=1)
#+    var = H.var(axis=0, ddof=1)
#+    sigma = np.sqrt(var + 1e-8)

# %% epsilon_1e-3_under_root from plain
# There is a 0.001 under your root, Keras's default. The sheet's definition of sigma goes without an
# epsilon.
#-    sigma = H.std(axis=0, ddof=1)
#+    var = H.var(axis=0, ddof=1)
#+    sigma = np.sqrt(var + 0.001)

# %% epsilon_outside_root from plain
# You add 1e-8 to the standard deviation. The sheet divides by sigma alone, and no feature is
# constant, so that nothing has to be kept from being 0.
# with: changes_H
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, ddof=1) + 1e-8

# %% epsilon_1e-5_outside_root from own_statistics
# You add 1e-5 to the standard deviation. In the sheet's z the denominator is sigma and nothing
# else.
#-    mu, sigma = batch_statistics(H)
#+    eps = 1e-5
#+    mu = H.mean(axis=0)
#+    sigma = H.std(axis=0, ddof=1) + eps

# %% epsilon_1e-6_outside_root from own_statistics
# You add 1e-6 to the standard deviation. In the sheet's formula there is no such term, and small
# pre-activations come out too small with it.
#-    mu, sigma = batch_statistics(H)
#+    eps = 1e-6
#+    mu = H.mean(axis=0)
#+    sigma = H.std(axis=0, ddof=1) + eps

# %% epsilon_1e-12_outside_root from own_statistics
# You add 1e-12 to the standard deviation. That is very little, but there are batches whose sigma is
# smaller still, and the sheet has no such term.
#-    mu, sigma = batch_statistics(H)
#+    eps = 1e-12
#+    mu = H.mean(axis=0)
#+    sigma = H.std(axis=0, ddof=1) + eps

# %% epsilon_1e-6_under_root from plain
# You add a 1e-6 under the root. The sheet's sigma is the root of the averaged squares and of
# nothing else.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-6)

# %% epsilon_1e-7_under_root from plain
# You add a 1e-7 under the root. In the sheet's sigma nothing is added to the averaged squares, and
# small pre-activations show the difference.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-7)

# %% epsilon_1e-10_under_root from plain
# You add a 1e-10 under the root. Even that is too much where pre-activations are close together:
# the sheet's sigma has no such term.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-10)

# %% epsilon_1e-12_under_root from plain
# You add a 1e-12 under the root. The variance of a batch can be smaller still, and the sheet's
# sigma has no such term.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.sqrt(np.var(H, axis=0, ddof=1) + 1e-12)

# %% epsilon_1e-3_outside_root from plain
# You add 0.001 to the standard deviation, which already shows in batches of ordinary size. The
# sheet divides by sigma alone.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, ddof=1) + 1e-3

# %% epsilon_1e-7_outside_root from plain
# You add 1e-7 to the standard deviation. The sheet divides by sigma and by nothing more: no feature
# of our batches is constant.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, ddof=1) + 1e-7

# %% epsilon_1e-10_outside_root from plain
# You add 1e-10 to the standard deviation. Where pre-activations are close together that is more
# than sigma itself; the sheet has no such term.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, ddof=1) + 1e-10

# %% machine_epsilon_outside_root from plain
# You add the machine epsilon to the standard deviation. It is small beside 1, but not beside every
# sigma: the sheet has no such term.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, ddof=1) + np.finfo(float).eps

# %% small_sigma_replaced from plain
# You replace a small standard deviation by 1. A feature whose values are close together has a small
# sigma, and the sheet divides by it all the same.
#+    sigma = np.where(sigma < 1e-8, 1.0, sigma)
#=    return (H - mu) / sigma

# %% sigma_with_a_floor from plain
# You keep the standard deviation from falling below 1e-8. The sheet sets no such bound: features
# that vary very little are standardized like all others.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.maximum(H.std(axis=0, ddof=1), 1e-8)

# %% mean_absolute_deviation from plain
# You average the absolute deviations from the mean. The sheet's sigma is the root of averaged
# squares.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.abs(H - mu).mean(axis=0)

# %% range from plain
# You measure the spread by the largest minus the smallest value. The sheet's sigma is a standard
# deviation, to which all B examples contribute.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.max(axis=0) - H.min(axis=0)

# %% sum_of_squares_not_averaged from plain
# Under your root stands the plain sum of the squared deviations (the length of the vector). The
# sheet's sigma also divides it by a number of examples.
# with: changes_H
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.linalg.norm(H - mu, axis=0)

# %% not_centred from sum_of_squares
# You average the squares of the values themselves. The sheet's sigma measures the squared distance
# from mu, so that a shift of the batch does not change it.
# with: changes_H
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))

# %% one_pass from sum_of_squares
# You compute the variance as mean of squares minus square of the mean. On paper that is the same,
# but with a large mean the two nearly cancel and rounding is all that remains: follow the sheet's
# sum of squared deviations.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))

# %% median from own_statistics
# You centre on the median. The sheet's mu is the average over the B examples.
#-    mu, sigma = batch_statistics(H)
#+    B = H.shape[0]
#+    mu = np.median(H, axis=0)
#+    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (B - 1))

# %% mean_with_B_minus_1 from sum_of_squares
# Your mean divides by B - 1. On the sheet only the sum inside sigma does; mu divides by B.
#-    mu = H.mean(axis=0)
#+    mu = H.sum(axis=0) / (B - 1)

# %% divides_outside_root from sum_of_squares
# You take the root first and divide then. In the sheet's sigma the factor 1/(B - 1) stands under
# the root.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0)) / (B - 1)

# %% standard_error from sum_of_squares
# You divide the standard deviation by the root of B, which is the standard error of the mean. The
# sheet's sigma describes the spread of single examples.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = H.std(axis=0, ddof=1) / np.sqrt(B)

# %% divides_by_B_minus_2 from sum_of_squares
# You divide the sum of squares by B - 2. Count again what the sheet subtracts from B.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 2))

# %% divides_by_d from own_statistics
# Your sigma divides by the number of features less one. The sheet's sum runs over the examples, and
# so does the count in front of it.
#-    mu, sigma = batch_statistics(H)
#+    B, d = H.shape
#+    mu = H.sum(axis=0) / B
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (d - 1))

# %% sum_not_mean from sum_of_squares
# Your mu is the sum over the batch. The sheet divides it by B.
#-    mu = H.mean(axis=0)
#+    mu = H.sum(axis=0)

# %% only_centred from stacked_columns
# You subtract the mean but do not divide by sigma. After standardizing, each feature has standard
# deviation 1.
# with: changes_H
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    mu = H.mean(axis=0)
#+    return H - mu

# %% only_scaled from own_statistics
# You divide by sigma but do not subtract mu. After standardizing, each feature has mean 0.
#-    return (H - mu) / sigma
#+    return H / sigma

# %% parentheses_missing from own_statistics
# Only mu is divided by sigma in your answer, since / binds more tightly than -. In the sheet's z
# the whole difference is divided.
#-    return (H - mu) / sigma
#+    return H - mu / sigma

# %% min_max_scaling from stacked_columns
# You scale each feature to the interval from 0 to 1 (min-max scaling). The sheet uses mean and
# standard deviation.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    low, high = H.min(axis=0), H.max(axis=0)
#+    return (H - low) / (high - low)

# %% multiplied_by_sigma from own_statistics
# You multiply by sigma. The sheet divides by it, so that the spread becomes 1.
#-    return (H - mu) / sigma
#+    return (H - mu) * sigma

# %% mu_added from own_statistics
# You add the mean. The sheet subtracts it, so that each feature has mean 0 afterwards.
#-    return (H - mu) / sigma
#+    return (H + mu) / sigma

# %% sign_reversed from own_statistics
# You subtract the values from the mean, which turns every sign round. In the sheet's z the example
# comes first, and mu is subtracted from it.
#-    return (H - mu) / sigma
#+    return (mu - H) / sigma

# %% statistics_swapped from own_statistics
# You subtract sigma and divide by mu: batch_statistics returns them in the order (mu, sigma).
#-    mu, sigma = batch_statistics(H)
#+    sigma, mu = batch_statistics(H)

# %% sigma_under_another_root from own_statistics
# You take a root of sigma, but sigma is already the root of the variance.
#-    return (H - mu) / sigma
#+    return (H - mu) / np.sqrt(sigma)

# %% sigma_of_scaled_values from stacked_columns
# You divide first and then subtract the mean that the values had before. The mean has to leave
# before sigma divides, or it has to be divided as well.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    Z = H / H.std(axis=0, ddof=1)
#+    return Z - H.mean(axis=0)

# %% length_one from stacked_columns
# You give each example, each row, the length 1. Batch norm looks at one feature over all examples
# of the batch.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    Z = H - H.mean(axis=1, keepdims=True)
#+    return Z / np.linalg.norm(Z, axis=1, keepdims=True)

# %% features_of_length_one from stacked_columns
# You give each feature, each column, the length 1 without centring it. The sheet asks for mean 0
# and standard deviation 1.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    return H / np.linalg.norm(H, axis=0)

# %% over_features_unaligned from own_statistics
# Your mu and sigma have one entry for each example, and they do not even fit H unless B = d. On the
# sheet they have one entry for each feature: take them along the other axis.
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H, axis=1)
#+    sigma = np.std(H, axis=1, ddof=1)

# %% transposed from own_statistics
# Your result has one row for each feature. It must have the shape of H, with one example per row.
#-    return (H - mu) / sigma
#+    return ((H - mu) / sigma).T

# %% flattened from own_statistics
# You return all values in one long vector. It must have the shape of H, with one example per row.
#-    return (H - mu) / sigma
#+    return ((H - mu) / sigma).ravel()

# %% statistics_returned_too from own_statistics
# You return more than one thing, such as mu and sigma beside the batch or what a backward pass
# needs. Here only the standardized batch is asked for.
#-    return (H - mu) / sigma
#+    Z = (H - mu) / sigma
#+    return Z, mu, sigma

# %% changes_H from own_statistics
# Your answer writes its result into the caller's H, in place. The batch must be the same after the
# call as before, so work on a new array.
#-    return (H - mu) / sigma
#+    H -= mu
#+    H /= sigma
#+    return H

# %% changes_H_by_column from stacked_columns
# You write the standardized columns into the caller's H, which then holds other numbers; and if H
# holds integers, the results lose their decimals. Make a new array of floats for them.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    for j in range(H.shape[1]):
#+        h = H[:, j].copy()
#+        H[:, j] = (h - h.mean()) / h.std(ddof=1)
#+    return H

# %% fails_on_integers from own_statistics
# Your answer only works on floats: an array of integers stays one when it is copied, and decimals
# cannot be put into it in place. Make an array of floats first.
#-    return (H - mu) / sigma
#+    Z = H.copy()
#+    Z -= mu
#+    Z /= sigma
#+    return Z

# %% truncated_to_integers from nested_loops
# For integer batches your result is cut off at the decimal point: an array that is made like H is
# one of integers where H holds integers.
#-    mu, sigma = batch_statistics(H)
#-    Z = np.zeros((B, d))
#+    Z = np.zeros_like(H)
#@
#-            Z[i, j] = (H[i, j] - mu[j]) / sigma[j]
#+            h = H[:, j]
#+            Z[i, j] = (H[i, j] - h.mean()) / h.std(ddof=1)

# %% last_feature_left_out from columns_in_place_on_a_copy
# The last feature stays as it was: your loop over the features stops one too early.
#-    for j in range(Z.shape[1]):
#-        Z[:, j] -= Z[:, j].mean()
#-        Z[:, j] /= Z[:, j].std(ddof=1)
#+    mu, sigma = batch_statistics(H)
#+    for j in range(H.shape[1] - 1):
#+        Z[:, j] = (H[:, j] - mu[j]) / sigma[j]

# %% first_feature_only from own_statistics
# You use the statistics of the first feature for all features. On the sheet, mu and sigma carry the
# same index j as h does.
#-    return (H - mu) / sigma
#+    return (H - mu[0]) / sigma[0]

# %% clipped from own_statistics
# Values beyond 3 standard deviations are cut off in your answer. The sheet keeps outliers as they
# are.
#-    return (H - mu) / sigma
#+    return np.clip((H - mu) / sigma, -3, 3)

# %% remembered_by_shape from scipy_zscore
# You standardize with mu and sigma of an earlier batch of the same shape. The sheet stresses that
# they are functions of the batch and change with every forward pass.
#-from scipy.stats import zscore
#+remembered = {}
#@
#-    return zscore(H, axis=0, ddof=1)
#+    if H.shape not in remembered:
#+        remembered[H.shape] = batch_statistics(H)
#+    mu, sigma = remembered[H.shape]
#+    return (H - mu) / sigma

# %% frozen_after_first_batch from scipy_zscore
# You keep mu and sigma of the first batch you ever saw and use them for all later ones. On the
# sheet they come from the batch at hand.
#-from scipy.stats import zscore
#+mu = sigma = None
#@
#-    return zscore(H, axis=0, ddof=1)
#+    global mu, sigma
#+    if mu is None:
#+        mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1)
#+    return (H - mu) / sigma
#+
#+
#+standardize(np.array([[1.0, 2.0], [4.0, 3.0], [5.0, 9.0]]))

# %% same_array_every_time from scipy_zscore
# You hand out the same array in every call, so an earlier result changes when the next batch comes.
# Make a new array in each call.
#-from scipy.stats import zscore
#+buffers = {}
#@
#-    return zscore(H, axis=0, ddof=1)
#+    Z = buffers.setdefault(H.shape, np.empty(H.shape))
#+    mu, sigma = batch_statistics(H)
#+    np.subtract(H, mu, out=Z)
#+    Z /= sigma
#+    return Z

# %% running_mean_over_examples from own_statistics
# Your mean is a running average in which the examples count unequally, as libraries keep one for
# test time. In the sheet's mu every example of the batch has the weight 1/B.
#-    mu, sigma = batch_statistics(H)
#+    mu = H[0].astype(float)
#+    for h in H[1:]:
#+        mu = 0.9 * mu + 0.1 * h
#+    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (len(H) - 1))

# %% first_32_examples from own_statistics
# Your statistics look at no more than 32 examples. The batch has B of them, and B is whatever H
# has.
#-    mu, sigma = batch_statistics(H)
#+    mu, sigma = batch_statistics(H[:32])

# %% whitened from length_of_columns
# You rotate the features so that they are no longer correlated (whitening). The sheet standardizes
# each feature by itself.
#-    return np.sqrt(len(H) - 1) * X / np.linalg.norm(X, axis=0)
#+    C = X.T @ X / (len(H) - 1)
#+    values, vectors = np.linalg.eigh(C)
#+    return X @ vectors / np.sqrt(np.abs(values))

# %% absolute_values from own_statistics
# You return distances from the mean, without their signs. The sheet's z is negative where h lies
# below mu.
#-    return (H - mu) / sigma
#+    return np.abs(H - mu) / sigma

# %% rounded_to_two_decimals from own_statistics
# You round to two decimals. Leave the values as they are; what is shown can be rounded later.
#-    return (H - mu) / sigma
#+    return np.round((H - mu) / sigma, 2)

# %% median_with_sigma_around_the_mean from stacked_columns
# You subtract the median but measure sigma around the mean. Both need the sheet's mu, the average
# over the B examples.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    return (H - np.median(H, axis=0)) / np.std(H, axis=0, ddof=1)

# %% largest_deviation_for_sigma from length_of_columns
# You divide by the largest deviation from the mean. The sheet's sigma is a standard deviation, to
# which all examples contribute.
#-    return np.sqrt(len(H) - 1) * X / np.linalg.norm(X, axis=0)
#+    return X / np.abs(X).max(axis=0)

# %% sum_subtracted from stacked_columns
# You subtract the sum over the batch in place of its mean: the factor 1/B of mu is missing, while
# sigma is right.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    return (H - H.sum(axis=0)) / H.std(axis=0, ddof=1)

# %% phi_applied from stacked_columns
# You apply a non-linearity as well. On the sheet phi comes after standardizing, and is not part of
# it.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    return np.tanh((H - H.mean(axis=0)) / H.std(axis=0, ddof=1))

# %% rectified from stacked_columns
# Your negative values become 0: that is a ReLU, which comes after standardizing. Half of a
# standardized feature lies below 0.
#-    return np.column_stack([(h - np.mean(h)) / np.std(h, ddof=1) for h in H.T])
#+    return np.maximum((H - H.mean(axis=0)) / H.std(axis=0, ddof=1), 0)

# %% variance + whole_batch from variance
#-    mu = H.mean(axis=0)
#-    sigma = H.var(axis=0, ddof=1)
#+    mu = H.mean()
#+    sigma = H.var(ddof=1)

# %% divides_by_B + one_pass from one_pass
#-    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
#+    sigma = np.sqrt((H**2).mean(axis=0) - mu**2)

# %% one_pass + epsilon_under_root from one_pass
#-    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
#+    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1) + 1e-5)

# %% over_features + truncated_to_integers from scipy_zscore
#-    return zscore(H, axis=0, ddof=1)
#+    Z = np.empty_like(H)
#+    for i in range(len(H)):
#+        Z[i] = (H[i] - H[i].mean()) / H[i].std(ddof=1)
#+    return Z

# %% divides_by_B + over_features + truncated_to_integers from scipy_zscore
#-    return zscore(H, axis=0, ddof=1)
#+    Z = np.empty_like(H)
#+    for i in range(len(H)):
#+        Z[i] = (H[i] - H[i].mean()) / H[i].std()
#+    return Z

# %% rounded_to_one_decimal from plain
# You round to one decimal, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return (H - mu) / sigma
#+    return np.round((H - mu) / sigma, 1)

# %% rounded_to_three_decimals from plain
# You round to three decimals, so the values are only nearly right. Return them as they are; what
# is printed can be rounded later.
#-    return (H - mu) / sigma
#+    return np.round((H - mu) / sigma, 3)

# %% rounded_to_four_decimals from plain
# You round to four decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return (H - mu) / sigma
#+    return np.round((H - mu) / sigma, 4)

# %% mean_divided_again from plain
# You take the mean and divide it by B once more. A mean is the sum divided by B already.
#-    mu = H.mean(axis=0)
#+    mu = H.mean(axis=0) / len(H)

# %% mean_square_divided_by_B_again from plain
# Under your root stands the mean of the squared deviations, divided by B once more. The mean has
# divided by B already, and the sheet's factor is 1/(B - 1), once.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.sqrt(np.mean((H - mu) ** 2, axis=0) / len(H))

# %% variance_of_the_last_axis from plain
# You take mean and variance along the last axis, over the features of one example, and no root.
# The sheet's mu_j and sigma_j belong to one feature, and sigma is the root of the variance.
#-    mu = H.mean(axis=0)
#-    sigma = H.std(axis=0, ddof=1)
#+    mu = H.mean(axis=-1, keepdims=True)
#+    sigma = H.var(axis=-1, keepdims=True)

# %% dim_for_axis from plain
# You say dim where NumPy says axis: dim is PyTorch's word. Read the message: it names what the
# function does not know.
#-    mu = H.mean(axis=0)
#-    sigma = H.std(axis=0, ddof=1)
#+    mu = H.mean(dim=0)
#+    sigma = H.std(dim=0)

# %% unbiased_for_ddof from plain
# You pass PyTorch's unbiased (or correction), which NumPy does not know. Look up in NumPy's text
# on std what makes it divide by B - 1.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, unbiased=True)

# %% running_statistics_once from plain
# You mix mu and sigma of the batch with 0 and 1, as the running statistics of a library begin. The
# sheet's mu and sigma are those of the batch at hand.
#-    mu = H.mean(axis=0)
#-    sigma = H.std(axis=0, ddof=1)
#+    mu = 0.9 * 0.0 + 0.1 * H.mean(axis=0)
#+    sigma = np.sqrt(0.9 * 1.0 + 0.1 * H.var(axis=0, ddof=1))

# %% running_statistics_from_zero from plain
# You keep a tenth of mu and of the variance, as running statistics that begin at 0. The sheet's mu
# and sigma are those of the batch at hand, all of them.
#-    mu = H.mean(axis=0)
#-    sigma = H.std(axis=0, ddof=1)
#+    mu = 0.9 * 0.0 + 0.1 * H.mean(axis=0)
#+    sigma = np.sqrt(0.9 * 0.0 + 0.1 * H.var(axis=0, ddof=1))

# %% 1_outside_the_fraction from sum_of_squares
# You subtract 1 from the averaged squares: without parentheses, B is divided by first. The sheet
# has the whole B - 1 under the sum.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / B - 1)
