"""Wrong answers to batch_statistics, as people write them: see autograder.exercise.known_answers."""
# %% divides_by_B from numpy_functions_plain
# Your standard deviation divides by B, as np.std does unless it is told otherwise. The sheet's
# sigma divides by B - 1.
# with: variance, over_features, whole_batch, sigma_of_whole_batch, mean_of_whole_batch
# with: epsilon_under_root, epsilon_1e-8_under_root, epsilon_outside_root
# with: epsilon_1e-5_outside_root, not_centred, median, variance + epsilon_outside_root, swapped
# with: variance + swapped, stacked_as_columns, one_row_matrices, repeated_for_every_example
# with: variance + stacked_as_columns, variance + one_row_matrices
# with: variance + repeated_for_every_example, changes_H, truncated_to_integers
# with: remembered_by_shape, last_feature_left_out, first_feature_only, mean_over_rows_only
# with: epsilon_1e-12_under_root, variance + whole_batch
#-    sigma = np.std(H, axis=0, ddof=1)
#+    sigma = np.std(H, axis=0)

# %% variance from plain
# You use the variance where the sheet has its square root: sigma is a standard deviation.
# with: over_features, epsilon_outside_root, epsilon_1e-5_outside_root, swapped, stacked_as_columns
# with: one_row_matrices, repeated_for_every_example
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.var(axis=0, ddof=1)

# %% over_features from numpy_functions
# Your statistics run along the rows, over the features of one example (that is layer norm). In
# batch norm each feature has its own mu_j and sigma_j, taken over the B examples.
# with: swapped
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=1)
#+    sigma = H.std(axis=1, ddof=1)
#+    return mu, sigma

# %% whole_batch from numpy_functions
# You take one mean and one standard deviation of all numbers in H together. On the sheet mu and
# sigma are vectors: one entry for each feature.
# with: epsilon_under_root, epsilon_outside_root, swapped
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = np.mean(H)
#+    sigma = np.std(H, ddof=1)
#+    return mu, sigma

# %% sigma_of_whole_batch from plain
# Each feature has its own mean in your answer, but they all share one standard deviation of the
# whole array. sigma has an index j, too.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.std(H, ddof=1)

# %% mean_of_whole_batch from numpy_functions_plain
# Each feature has its own standard deviation in your answer, but you subtract one mean of the whole
# array. mu has an index j, too.
#-    mu = np.mean(H, axis=0)
#+    mu = np.mean(H)

# %% epsilon_under_root from plain
# You add an epsilon of 1e-5 under the root, as deep-learning libraries do. The sheet's sigma has no
# epsilon, and for small pre-activations the difference is large.
# with: swapped
#-    sigma = H.std(axis=0, ddof=1)
#+    var = H.var(axis=0, ddof=1)
#+    sigma = np.sqrt(var + 1e-5)

# %% epsilon_1e-8_under_root from plain
# There is a 1e-8 under your root. It keeps libraries from dividing by 0, but the sheet's sigma goes
# without: no feature is constant here.
#-    sigma = H.std(axis=0, ddof=1)
#+    var = H.var(axis=0, ddof=1)
#+    sigma = np.sqrt(var + 1e-8)

# %% epsilon_outside_root from plain
# You add 1e-8 to the standard deviation. The sheet divides by sigma alone, and no feature is
# constant, so that nothing has to be kept from being 0.
# with: swapped
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, ddof=1) + 1e-8

# %% epsilon_1e-5_outside_root from numpy_functions
# You add 1e-5 to the standard deviation. In the sheet's z the denominator is sigma and nothing
# else.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    eps = 1e-5
#+    mu = H.mean(axis=0)
#+    sigma = H.std(axis=0, ddof=1) + eps
#+    return mu, sigma

# %% small_sigma_replaced from plain
# You replace a small standard deviation by 1. A feature whose values are close together has a small
# sigma, and the sheet divides by it all the same.
#+    sigma = np.where(sigma < 1e-8, 1.0, sigma)
#=    return mu, sigma

# %% mean_absolute_deviation from plain
# You average the absolute deviations from the mean. The sheet's sigma is the root of averaged
# squares.
# with: swapped
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
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.linalg.norm(H - mu, axis=0)

# %% not_centred from sum_of_squares
# You average the squares of the values themselves. The sheet's sigma measures the squared distance
# from mu, so that a shift of the batch does not change it.
# with: swapped
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))

# %% one_pass from sum_of_squares
# You compute the variance as mean of squares minus square of the mean. On paper that is the same,
# but with a large mean the two nearly cancel and rounding is all that remains: follow the sheet's
# sum of squared deviations.
# with: swapped
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))

# %% median from sum_of_squares
# You centre on the median. The sheet's mu is the average over the B examples.
#-    mu = H.mean(axis=0)
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
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

# %% divides_by_d from numpy_functions
# Your sigma divides by the number of features less one. The sheet's sum runs over the examples, and
# so does the count in front of it.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    B, d = H.shape
#+    mu = H.sum(axis=0) / B
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (d - 1))
#+    return mu, sigma

# %% sum_not_mean from sum_of_squares
# Your mu is the sum over the batch. The sheet divides it by B.
#-    mu = H.mean(axis=0)
#+    mu = H.sum(axis=0)

# %% swapped from plain
# You return the two in the order (sigma, mu). The task asks for (mu, sigma).
#-    return mu, sigma
#+    return sigma, mu

# %% stacked_as_columns from plain
# You return one array with mu and sigma as its columns. The task asks for two vectors of shape
# (d,), so that one can write mu, sigma = batch_statistics(H).
#-    return mu, sigma
#+    return np.stack([mu, sigma], axis=1)

# %% one_row_matrices from numpy_functions
# Your mu and sigma are matrices of one row, shape (1, d). On the sheet they are vectors: shape
# (d,).
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = np.mean(H, axis=0, keepdims=True)
#+    sigma = np.std(H, axis=0, ddof=1, keepdims=True)
#+    return mu, sigma

# %% only_mu from numpy_functions
# You return the mean alone. The task asks for mu and sigma, both at once.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu

# %% repeated_for_every_example from plain
# You repeat the statistics for every example, shape (B, d). They belong to the batch as a whole:
# one number for each feature.
#-    return mu, sigma
#+    return np.tile(mu, (len(H), 1)), np.tile(sigma, (len(H), 1))

# %% changes_H from corrected_by_hand
# You change the caller's H in place: after the call its features have lost their means. Compute the
# deviations as a new array.
#-    return np.average(H, axis=0), np.std(H, axis=0) * np.sqrt(B / (B - 1))
#+    mu = H.mean(axis=0)
#+    H -= mu
#+    sigma = np.sqrt((H**2).sum(axis=0) / (B - 1))
#+    return mu, sigma

# %% truncated_to_integers from numpy_functions
# For integer batches your mu and sigma are cut off at the decimal point: an array that is made like
# H is one of integers where H holds integers.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    B, d = H.shape
#+    mu = np.zeros_like(H[0])
#+    sigma = np.zeros_like(H[0])
#+    for j in range(d):
#+        mu[j] = H[:, j].sum() / B
#+        sigma[j] = np.sqrt(((H[:, j] - mu[j]) ** 2).sum() / (B - 1))
#+    return mu, sigma

# %% divides_without_remainder from corrected_by_hand
# Your mean is cut down to a whole number, as by a division without remainder. The sheet's 1/B is an
# ordinary division.
#-    return np.average(H, axis=0), np.std(H, axis=0) * np.sqrt(B / (B - 1))
#+    mu = H.sum(axis=0) // B
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    return mu, sigma

# %% last_feature_left_out from numpy_functions
# The last feature keeps mean 0 and sigma 0: your loop over the features stops one too early.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    B, d = H.shape
#+    mu, sigma = np.zeros(d), np.zeros(d)
#+    for j in range(d - 1):
#+        mu[j] = np.mean(H[:, j])
#+        sigma[j] = np.std(H[:, j], ddof=1)
#+    return mu, sigma

# %% first_example_left_out from sum_of_squares
# Your mean leaves out the first example, although it divides by B. The sheet's sum starts with the
# first one, which Python counts as 0.
#-    B = H.shape[0]
#-    mu = H.mean(axis=0)
#+    B, d = H.shape
#+    mu = np.zeros(d)
#+    for i in range(1, B):
#+        mu += H[i] / B

# %% first_feature_only from numpy_functions
# You return the statistics of the first feature alone. The sheet has one mu_j and one sigma_j for
# each j.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H[:, 0].mean()
#+    sigma = H[:, 0].std(ddof=1)
#+    return mu, sigma

# %% remembered_by_shape from scipy_stats
# You keep the statistics of an earlier batch of the same shape and return them again. The sheet
# stresses that mu and sigma are functions of the batch and differ from pass to pass.
#-from scipy import stats
#+remembered = {}
#@
#-    return np.mean(H, axis=0), stats.tstd(H, axis=0)
#+    if H.shape not in remembered:
#+        remembered[H.shape] = (H.mean(axis=0), H.std(axis=0, ddof=1))
#+    return remembered[H.shape]

# %% same_array_every_time from scipy_stats
# You write into the same array in every call, so mu and sigma of an earlier batch change when the
# next one comes. Make new arrays in each call.
#-from scipy import stats
#+buffers = {}
#@
#-    return np.mean(H, axis=0), stats.tstd(H, axis=0)
#+    out = buffers.setdefault(H.shape[1], np.empty((2, H.shape[1])))
#+    out[0] = H.mean(axis=0)
#+    out[1] = H.std(axis=0, ddof=1)
#+    return out[0], out[1]

# %% frozen_after_first_batch from scipy_stats
# You compute mu and sigma for the first batch that you ever see and return them for all later ones.
# On the sheet they are functions of the batch at hand.
#-from scipy import stats
#+mu = sigma = None
#@
#-    return np.mean(H, axis=0), stats.tstd(H, axis=0)
#+    global mu, sigma
#+    if mu is None:
#+        mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1)
#+    return mu, sigma
#+
#+
#+batch_statistics(np.array([[1.0, 2.0], [4.0, 3.0], [5.0, 9.0]]))

# %% mean_over_rows_only from plain
# Your mu averages over the features of each example, your sigma over the examples. The sheet's sums
# both run over i, the examples.
#-    mu = H.mean(axis=0)
#+    mu = H.mean(axis=1)

# %% bare_sum_of_squares from plain
# Your sigma is the bare sum of squared deviations: neither the factor 1/(B - 1) nor the root of the
# sheet's formula is there.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = ((H - mu) ** 2).sum(axis=0)

# %% mean_absolute_deviation_with_B_minus_1 from numpy_functions
# You add absolute deviations up and divide by B - 1. The sheet's sigma takes squares, and then a
# root.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu, np.abs(H - mu).sum(axis=0) / (len(H) - 1)

# %% median_for_mean from numpy_functions
# Your mu is the median. The sheet's mu is the sum over the batch divided by B, which an outlier can
# move.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    return np.median(H, axis=0), H.std(axis=0, ddof=1)

# %% epsilon_1e-12_under_root from numpy_functions
# You add a 1e-12 under the root. The variance of a batch can be smaller still, and the sheet's
# sigma has no such term.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu, np.sqrt(H.var(axis=0, ddof=1) + 1e-12)

# %% epsilon_1e-10_under_root from numpy_functions
# You add a 1e-10 under the root. Even that is too much where pre-activations are close together:
# the sheet's sigma has no such term.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu, np.sqrt(H.var(axis=0, ddof=1) + 1e-10)

# %% epsilon_1e-6_under_root from numpy_functions
# You add a 1e-6 under the root. The sheet's sigma is the root of the averaged squares and of
# nothing else.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu, np.sqrt(H.var(axis=0, ddof=1) + 1e-6)

# %% epsilon_1e-3_under_root from numpy_functions
# There is a 0.001 under your root, Keras's default. The sheet's definition of sigma goes without an
# epsilon.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu, np.sqrt(H.var(axis=0, ddof=1) + 1e-3)

# %% epsilon_1e-12_outside_root from numpy_functions
# You add 1e-12 to the standard deviation. A sigma can be smaller than that, and on the sheet
# nothing is added to it.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu, H.std(axis=0, ddof=1) + 1e-12

# %% epsilon_1e-10_outside_root from numpy_functions
# You add 1e-10 to the standard deviation. Where pre-activations are close together that is more
# than sigma itself; the sheet has no such term.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu, H.std(axis=0, ddof=1) + 1e-10

# %% epsilon_1e-6_outside_root from numpy_functions
# You add 1e-6 to the standard deviation. In the sheet's sigma there is no such term, and for small
# pre-activations it comes out too large.
#-    return np.mean(H, axis=0), np.std(H, axis=0, ddof=1)
#+    mu = H.mean(axis=0)
#+    return mu, H.std(axis=0, ddof=1) + 1e-6

# %% variance + whole_batch from variance
#-    mu = H.mean(axis=0)
#-    sigma = H.var(axis=0, ddof=1)
#+    mu = H.mean()
#+    sigma = H.var(ddof=1)

# %% divides_by_B + one_pass from one_pass
#-    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
#+    sigma = np.sqrt((H**2).mean(axis=0) - mu**2)

# %% over_features + epsilon_under_root from over_features
#-    sigma = H.std(axis=1, ddof=1)
#+    sigma = np.sqrt(H.var(axis=1, ddof=1) + 1e-5)

# %% over_features + epsilon_outside_root from over_features
#-    sigma = H.std(axis=1, ddof=1)
#+    sigma = H.std(axis=1, ddof=1) + 1e-8

# %% one_pass + epsilon_under_root from one_pass
#-    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
#+    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1) + 1e-5)

# %% divides_by_B + over_features + epsilon_under_root from over_features
#-    sigma = H.std(axis=1, ddof=1)
#+    sigma = np.sqrt(H.var(axis=1) + 1e-5)

# %% variance + changes_H from changes_H
#-    sigma = np.sqrt((H**2).sum(axis=0) / (B - 1))
#-    return mu, sigma
#+    return mu, (H**2).sum(axis=0) / (len(H) - 1)

# %% sum_of_squares_not_averaged + changes_H from changes_H
#-    sigma = np.sqrt((H**2).sum(axis=0) / (B - 1))
#-    return mu, sigma
#+    return mu, np.sqrt((H**2).sum(axis=0))

# %% rounded_to_one_decimal from plain
# You round to one decimal, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return mu, sigma
#+    return np.round(mu, 1), np.round(sigma, 1)

# %% rounded_to_two_decimals from plain
# You round to two decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return mu, sigma
#+    return np.round(mu, 2), np.round(sigma, 2)

# %% rounded_to_three_decimals from plain
# You round to three decimals, so the values are only nearly right. Return them as they are; what
# is printed can be rounded later.
#-    return mu, sigma
#+    return np.round(mu, 3), np.round(sigma, 3)

# %% rounded_to_four_decimals from plain
# You round to four decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return mu, sigma
#+    return np.round(mu, 4), np.round(sigma, 4)

# %% cache_returned_too from plain
# You return mu and sigma as one thing and something else beside it. Return mu and sigma alone, as
# two things.
#-    return mu, sigma
#+    return (mu, sigma), {"H": H}

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

# %% sigma_with_a_floor from plain
# You keep the standard deviation from falling below 1e-8. The sheet sets no such bound: a feature
# that varies very little has a small sigma.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.maximum(H.std(axis=0, ddof=1), 1e-8)

# %% 1_outside_the_fraction from sum_of_squares
# You subtract 1 from the averaged squares: without parentheses, B is divided by first. The sheet
# has the whole B - 1 under the sum.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / B - 1)
