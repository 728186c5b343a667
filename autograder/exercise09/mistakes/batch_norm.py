"""Wrong answers to batch_norm, as people write them: see autograder.exercise.known_answers."""
# %% divides_by_B from short
# Your standard deviation divides by B, as np.std does unless it is told otherwise. The sheet's
# sigma divides by B - 1.
# with: variance, over_features, whole_batch, sigma_of_whole_batch, mean_of_whole_batch
# with: epsilon_under_root, epsilon_1e-8_under_root, epsilon_1e-3_under_root, epsilon_outside_root
# with: epsilon_1e-5_outside_root, not_centred, median, variance + epsilon_outside_root
# with: over_features + epsilon_under_root, theta_inside_gamma, gamma_and_theta_swapped
# with: divides_by_gamma, theta_subtracted, gamma_forgotten, theta_forgotten, not_rescaled
# with: gamma_squared, gamma_without_sign, gamma_of_first_feature, theta_of_first_feature
# with: first_gamma_and_theta, only_scaled, theta_divided_by_sigma, transposed, matrix_product
# with: gamma_along_examples, statistics_returned_too, epsilon_under_root + theta_inside_gamma
# with: epsilon_under_root + gamma_and_theta_swapped, epsilon_under_root + divides_by_gamma
# with: epsilon_under_root + theta_subtracted, epsilon_under_root + gamma_forgotten
# with: epsilon_under_root + theta_forgotten, epsilon_under_root + not_rescaled
# with: variance + theta_inside_gamma, variance + gamma_and_theta_swapped
# with: variance + gamma_forgotten, variance + theta_forgotten, variance + not_rescaled
# with: epsilon_outside_root + theta_inside_gamma, epsilon_outside_root + gamma_and_theta_swapped
# with: epsilon_outside_root + gamma_forgotten, epsilon_outside_root + theta_forgotten
# with: epsilon_outside_root + not_rescaled, parentheses_missing, mu_as_shift, multiplied_by_sigma
# with: sign_reversed, mu_added, gamma_added, phi_applied, gamma_positive_only
# with: gamma_where_not_zero, clipped, mu_not_scaled, standardized_last, changes_H
# with: epsilon_under_root + changes_H, epsilon_outside_root + changes_H, truncated_to_integers
# with: last_feature_left_out, truncated_before_rescaling, fails_on_integers, remembered_by_shape
# with: rescaled_by_every_feature, variance + whole_batch
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H, axis=0)
#+    sigma = np.std(H, axis=0)

# %% variance from plain
# You use the variance where the sheet has its square root: sigma is a standard deviation.
# with: over_features, epsilon_outside_root, epsilon_1e-5_outside_root, theta_inside_gamma
# with: gamma_and_theta_swapped, divides_by_gamma, theta_subtracted, gamma_forgotten
# with: theta_forgotten, not_rescaled, parentheses_missing, mu_as_shift, multiplied_by_sigma
# with: sign_reversed, mu_added, gamma_added, phi_applied, gamma_positive_only
# with: gamma_where_not_zero, clipped, mu_not_scaled, changes_H, truncated_to_integers
# with: last_feature_left_out, truncated_before_rescaling, fails_on_integers
# with: gamma_without_sign, only_scaled
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.var(axis=0, ddof=1)

# %% over_features from short
# Your statistics run along the rows, over the features of one example (that is layer norm). In
# batch norm each feature has its own mu_j and sigma_j, taken over the B examples.
# with: epsilon_under_root, epsilon_outside_root, theta_inside_gamma, gamma_and_theta_swapped
# with: divides_by_gamma, theta_subtracted, gamma_forgotten, theta_forgotten, not_rescaled
# with: changes_H
#-    mu, sigma = batch_statistics(H)
#+    mu = H.mean(axis=1, keepdims=True)
#+    sigma = H.std(axis=1, ddof=1, keepdims=True)

# %% whole_batch from short
# You take one mean and one standard deviation of all numbers in H together. On the sheet mu and
# sigma are vectors: one entry for each feature.
# with: epsilon_under_root, epsilon_outside_root, theta_inside_gamma, gamma_and_theta_swapped
# with: divides_by_gamma, theta_subtracted, gamma_forgotten, theta_forgotten, not_rescaled
# with: changes_H
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H)
#+    sigma = np.std(H, ddof=1)

# %% sigma_of_whole_batch from plain
# Each feature has its own mean in your answer, but they all share one standard deviation of the
# whole array. sigma has an index j, too.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.std(H, ddof=1)

# %% mean_of_whole_batch from short
# Each feature has its own standard deviation in your answer, but you subtract one mean of the whole
# array. mu has an index j, too.
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H)
#+    sigma = np.std(H, axis=0, ddof=1)

# %% epsilon_under_root from plain
# You add an epsilon of 1e-5 under the root, as deep-learning libraries do. The sheet's sigma has no
# epsilon, and for small pre-activations the difference is large.
# with: theta_inside_gamma, gamma_and_theta_swapped, divides_by_gamma, theta_subtracted
# with: gamma_forgotten, theta_forgotten, not_rescaled, changes_H
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
# with: theta_inside_gamma, gamma_and_theta_swapped, gamma_forgotten, theta_forgotten, not_rescaled
# with: changes_H
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, ddof=1) + 1e-8

# %% epsilon_1e-5_outside_root from short
# You add 1e-5 to the standard deviation. In the sheet's z the denominator is sigma and nothing
# else.
#-    mu, sigma = batch_statistics(H)
#+    eps = 1e-5
#+    mu = H.mean(axis=0)
#+    sigma = H.std(axis=0, ddof=1) + eps

# %% epsilon_1e-6_outside_root from short
# You add 1e-6 to the standard deviation. In the sheet's formula there is no such term, and small
# pre-activations come out too small with it.
#-    mu, sigma = batch_statistics(H)
#+    eps = 1e-6
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
#=    return gamma * (H - mu) / sigma + theta

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
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.linalg.norm(H - mu, axis=0)

# %% not_centred from sum_of_squares
# You average the squares of the values themselves. The sheet's sigma measures the squared distance
# from mu, so that a shift of the batch does not change it.
# with: theta_inside_gamma, gamma_and_theta_swapped, gamma_forgotten, theta_forgotten, not_rescaled
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))

# %% one_pass from sum_of_squares
# You compute the variance as mean of squares minus square of the mean. On paper that is the same,
# but with a large mean the two nearly cancel and rounding is all that remains: follow the sheet's
# sum of squared deviations.
# with: theta_inside_gamma, gamma_and_theta_swapped, gamma_forgotten, theta_forgotten, not_rescaled
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))

# %% median from short
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

# %% divides_by_d from short
# Your sigma divides by the number of features less one. The sheet's sum runs over the examples, and
# so does the count in front of it.
#-    mu, sigma = batch_statistics(H)
#+    B, d = H.shape
#+    mu = H.sum(axis=0) / B
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (d - 1))

# %% theta_inside_gamma from on_top_of_statistics
# You add theta first and multiply by gamma afterwards, so theta is scaled as well. In the sheet's z
# gamma scales the standardized values alone.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * ((H - mu) / sigma + theta)

# %% gamma_and_theta_swapped from on_top_of_statistics
# You scale by theta and shift by gamma. On the sheet gamma is the factor and theta is what is
# added.
# with: transposed, changes_H
#-    return gamma * ((H - mu) / sigma) + theta
#+    return theta * (H - mu) / sigma + gamma

# %% divides_by_gamma from on_top_of_statistics
# You divide by gamma. On the sheet it is a factor, and it may be 0.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return (H - mu) / sigma / gamma + theta

# %% theta_subtracted from on_top_of_statistics
# You subtract theta. The sheet adds it: theta is the new mean of the feature.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H - mu) / sigma - theta

# %% gamma_forgotten from on_top_of_statistics
# gamma plays no role in your answer. On the sheet each standardized feature is multiplied by its
# own gamma_j.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return (H - mu) / sigma + theta

# %% theta_forgotten from on_top_of_statistics
# theta plays no role in your answer. On the sheet each feature is shifted by its own theta_j at the
# end.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H - mu) / sigma

# %% not_rescaled from on_top_of_statistics
# You return the standardized batch as it is: gamma and theta, the learnable part of batch norm, do
# not come in.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return (H - mu) / sigma

# %% not_standardized from on_top_of_standardize
# You rescale the pre-activations themselves. On the sheet mu is subtracted and sigma divided out
# before gamma and theta come in.
# with: theta_forgotten, gamma_and_theta_swapped
#-    return gamma * standardize(H) + theta
#+    return gamma * H + theta

# %% only_centred from on_top_of_statistics
# You subtract mu and rescale, but the division by sigma is missing.
# with: theta_forgotten, gamma_forgotten
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H - mu) + theta

# %% only_scaled from on_top_of_statistics
# You divide by sigma and rescale, but mu is not subtracted: the new mean of a feature has to be its
# theta.
# with: theta_forgotten, gamma_forgotten
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * H / sigma + theta

# %% gamma_squared from on_top_of_statistics
# Your gamma comes in squared, as if it were a variance's factor. In the sheet's z it stands once.
# with: theta_forgotten
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma**2 * (H - mu) / sigma + theta

# %% gamma_without_sign from on_top_of_statistics
# You use the size of gamma without its sign. gamma is learned and may well be negative.
# with: theta_forgotten
#-    return gamma * ((H - mu) / sigma) + theta
#+    return np.abs(gamma) * (H - mu) / sigma + theta

# %% gamma_of_first_feature from on_top_of_statistics
# You scale all features by the first gamma. On the sheet gamma is a vector: each feature has its
# own.
# with: theta_forgotten
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma[0] * (H - mu) / sigma + theta

# %% theta_of_first_feature from on_top_of_statistics
# You shift all features by the first theta. On the sheet theta is a vector: each feature has its
# own.
# with: gamma_forgotten
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H - mu) / sigma + theta[0]

# %% first_gamma_and_theta from on_top_of_statistics
# You rescale all features by the first gamma and the first theta. On the sheet both carry the index
# j of the feature.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma[0] * (H - mu) / sigma + theta[0]

# %% theta_divided_by_sigma from on_top_of_statistics
# Your theta is divided by sigma along with the rest. On the sheet it is added at the very end.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return (gamma * (H - mu) + theta) / sigma

# %% mu_not_scaled from on_top_of_statistics
# Only H is divided by sigma and multiplied by gamma; mu is subtracted afterwards. In the sheet's
# fraction mu leaves first.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * H / sigma - mu + theta

# %% standardized_last from on_top_of_standardize
# You rescale first and standardize afterwards, which takes gamma and theta out again but for a
# sign. On the sheet the rescaling comes last.
#-    return gamma * standardize(H) + theta
#+    Y = gamma * H + theta
#+    return (Y - Y.mean(axis=0)) / Y.std(axis=0, ddof=1)

# %% standardized_again from on_top_of_statistics
# You standardize once more after rescaling, so that nothing of theta and of the size of gamma
# remains. On the sheet the rescaling is the last step.
#-    return gamma * ((H - mu) / sigma) + theta
#+    Y = gamma * (H - mu) / sigma + theta
#+    return (Y - Y.mean(axis=0)) / Y.std(axis=0, ddof=1)

# %% mu_as_shift from on_top_of_statistics
# You add the old mean back along with theta. On the sheet theta alone is the new mean: it replaces
# mu.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H - mu) / sigma + theta + mu

# %% multiplied_by_sigma from on_top_of_statistics
# You multiply by sigma. On the sheet the standardized values come from dividing by it.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H - mu) * sigma + theta

# %% gamma_divided_by_B from on_top_of_statistics
# Your gamma is divided by the size of the batch. On the sheet it comes in as it is.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma / len(H) * (H - mu) / sigma + theta

# %% gamma_added from on_top_of_statistics
# You add gamma. The sheet's symbol between gamma and the fraction is a product, feature by feature.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return (H - mu) / sigma + gamma + theta

# %% phi_applied from on_top_of_statistics
# You also apply a non-linearity. On the sheet batch norm ends with z; phi comes after it.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return np.tanh(gamma * (H - mu) / sigma + theta)

# %% sign_reversed from on_top_of_statistics
# You subtract the values from mu, so that the scaled part has the wrong sign. On the sheet mu is
# subtracted from h.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (mu - H) / sigma + theta

# %% mu_added from on_top_of_statistics
# You add mu where the sheet subtracts it: the new mean of a feature has to be its theta.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H + mu) / sigma + theta

# %% gamma_where_not_zero from short
# You replace a gamma of 0 by 1. A gamma may be 0: then the feature is constant, equal to its theta.
#+    gamma = np.where(gamma == 0, 1, gamma)
#=    return gamma * (H - mu) / sigma + theta

# %% transposed from on_top_of_statistics
# Your result has one row for each feature. It must have the shape of H, with one example per row.
# with: theta_forgotten
#-    return gamma * ((H - mu) / sigma) + theta
#+    return (gamma * (H - mu) / sigma + theta).T

# %% gamma_along_examples from on_top_of_statistics
# You give each example, each row, a gamma and a theta. On the sheet they belong to the features,
# the columns of H.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma[:, np.newaxis] * (H - mu) / sigma + theta[:, np.newaxis]

# %% matrix_product from on_top_of_statistics
# You multiply by gamma with a matrix product, which adds the features up. The sheet's product works
# feature by feature.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return (H - mu) / sigma @ gamma + theta

# %% parentheses_missing from on_top_of_statistics
# Only mu is divided by sigma in your answer. The whole difference is the numerator of the sheet's
# fraction.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * H - mu / sigma + theta

# %% gamma_positive_only from on_top_of_statistics
# You set negative gammas to 0. gamma is a learned factor and may have either sign.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return np.maximum(gamma, 0) * (H - mu) / sigma + theta

# %% statistics_returned_too from on_top_of_statistics
# You return more than one thing, such as mu and sigma beside z or what a backward pass needs. Here
# only z is asked for.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H - mu) / sigma + theta, mu, sigma

# %% clipped from on_top_of_statistics
# Values beyond 3 standard deviations are cut off in your answer. On the sheet outliers are only
# rescaled.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * np.clip((H - mu) / sigma, -3, 3) + theta

# %% changes_H from on_top_of_statistics
# You write into the arrays that you were given, in place, so that the caller finds other numbers in
# them. The batch, gamma and theta must be the same after the call as before.
#-    return gamma * ((H - mu) / sigma) + theta
#+    H -= mu
#+    H /= sigma
#+    H *= gamma
#+    H += theta
#+    return H

# %% fails_on_integers from on_top_of_standardize
# Your answer only works on floats: an array of integers stays one when it is copied, and decimals
# cannot be put into it in place. Make an array of floats first.
#-    return gamma * standardize(H) + theta
#+    Z = H.copy()
#+    mu, sigma = batch_statistics(H)
#+    Z -= mu
#+    Z /= sigma
#+    return gamma * Z + theta

# %% truncated_to_integers from on_top_of_statistics
# For integer batches your result is cut off at the decimal point: an array that is made like H is
# one of integers where H holds integers.
#-    return gamma * ((H - mu) / sigma) + theta
#+    Z = np.empty_like(H)
#+    for j in range(H.shape[1]):
#+        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
#+    return Z

# %% truncated_before_rescaling from in_two_steps
# For integer batches the standardized values are cut off at the decimal point before gamma and
# theta come in: an array that is made like H is one of integers where H holds integers.
#-    Z = (H - mu) / sigma
#+    Z = np.zeros_like(H)
#+    for j in range(H.shape[1]):
#+        Z[:, j] = (H[:, j] - mu[j]) / sigma[j]

# %% last_feature_left_out from on_top_of_standardize
# The last feature stays as it was: your loop over the features stops one too early.
#-    return gamma * standardize(H) + theta
#+    Z = np.array(H, dtype=float)
#+    mu, sigma = batch_statistics(H)
#+    for j in range(H.shape[1] - 1):
#+        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
#+    return Z

# %% remembered_by_shape from scipy_zscore
# You normalize with mu and sigma of an earlier batch of the same shape. The sheet stresses that
# they vary with the batch, while gamma and theta do not.
#-import scipy.stats
#+remembered = {}
#@
#-    return scipy.stats.zscore(H, ddof=1) * gamma + theta
#+    if H.shape not in remembered:
#+        remembered[H.shape] = batch_statistics(H)
#+    mu, sigma = remembered[H.shape]
#+    return gamma * (H - mu) / sigma + theta

# %% frozen_after_first_batch from scipy_zscore
# You keep mu and sigma of the first batch you ever saw and use them for all later ones. On the
# sheet they come from the batch at hand.
#-import scipy.stats
#+mu = sigma = None
#@
#-    return scipy.stats.zscore(H, ddof=1) * gamma + theta
#+    global mu, sigma
#+    if mu is None:
#+        mu, sigma = H.mean(axis=0), H.std(axis=0, ddof=1)
#+    return gamma * (H - mu) / sigma + theta
#+
#+
#+batch_norm(np.array([[1.0, 2.0], [4.0, 3.0], [5.0, 9.0]]), np.ones(2), np.zeros(2))

# %% parameters_of_first_call from scipy_zscore
# You keep gamma and theta of an earlier call. They are arguments: each call brings the ones to use.
#-import scipy.stats
#+remembered = {}
#@
#-    return scipy.stats.zscore(H, ddof=1) * gamma + theta
#+    gamma, theta = remembered.setdefault(H.shape, (gamma, theta))
#+    mu, sigma = batch_statistics(H)
#+    return gamma * (H - mu) / sigma + theta

# %% same_array_every_time from scipy_zscore
# You hand out the same array in every call, so an earlier result changes when the next batch comes.
# Make a new array in each call.
#-import scipy.stats
#+buffers = {}
#@
#-    return scipy.stats.zscore(H, ddof=1) * gamma + theta
#+    Z = buffers.setdefault(H.shape, np.empty(H.shape))
#+    mu, sigma = batch_statistics(H)
#+    Z[:] = gamma * (H - mu) / sigma + theta
#+    return Z

# %% swapped_and_inside from on_top_of_statistics
# You add gamma first and multiply by theta afterwards. On the sheet gamma is the factor, theta is
# what is added, and the adding comes last.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return theta * ((H - mu) / sigma + gamma)

# %% swapped_and_subtracted from on_top_of_statistics
# You scale by theta and subtract gamma. On the sheet the factor is gamma, and theta is added.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return theta * (H - mu) / sigma - gamma

# %% theta_added_then_divided_by_gamma from on_top_of_statistics
# You add theta and then divide all by gamma. On the sheet gamma multiplies the standardized values
# alone, before theta is added.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return ((H - mu) / sigma + theta) / gamma

# %% theta_subtracted_inside from on_top_of_statistics
# You subtract theta before you multiply by gamma. On the sheet theta is added, and only at the very
# end.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * ((H - mu) / sigma - theta)

# %% running_statistics from scipy_zscore
# You normalize with running statistics that start at 0 and 1 and go on from call to call, as
# libraries keep them for test time. The sheet's mu and sigma are those of the batch at hand.
#-import scipy.stats
#+running = {}
#@
#-    return scipy.stats.zscore(H, ddof=1) * gamma + theta
#+    mu, var = running.get(H.shape[1], (0.0, 1.0))
#+    mu = 0.9 * mu + 0.1 * H.mean(axis=0)
#+    var = 0.9 * var + 0.1 * H.var(axis=0, ddof=1)
#+    running[H.shape[1]] = (mu, var)
#+    return gamma * (H - mu) / np.sqrt(var) + theta

# %% running_statistics_of_all_batches from scipy_zscore
# You mix mu and sigma of a batch with those of the batches before it, as a running average does.
# The sheet takes both from the batch at hand alone.
#-import scipy.stats
#+running = {}
#@
#-    return scipy.stats.zscore(H, ddof=1) * gamma + theta
#+    mean, var = H.mean(axis=0), H.var(axis=0, ddof=1)
#+    mu, variance = running.get(H.shape[1], (mean, var))
#+    mu = 0.9 * mu + 0.1 * mean
#+    variance = 0.9 * variance + 0.1 * var
#+    running[H.shape[1]] = (mu, variance)
#+    return gamma * (H - mu) / np.sqrt(variance) + theta

# %% running_statistics_of_biased_variances from scipy_zscore
# You keep running averages over all batches and use a variance that divides by B. On the sheet mu
# and sigma belong to one batch, and sigma divides by B - 1.
#-import scipy.stats
#+running = {}
#@
#-    return scipy.stats.zscore(H, ddof=1) * gamma + theta
#+    mu, var = running.get(H.shape[1], (0.0, 1.0))
#+    mu = 0.9 * mu + 0.1 * H.mean(axis=0)
#+    var = 0.9 * var + 0.1 * H.var(axis=0)
#+    running[H.shape[1]] = (mu, var)
#+    return gamma * (H - mu) / np.sqrt(var) + theta

# %% changes_gamma_and_theta from on_top_of_statistics
# You change the caller's gamma or theta in place: the next batch is rescaled by other numbers, and
# an array of integers cannot hold the result. Give what you compute from them names of its own.
#-    return gamma * ((H - mu) / sigma) + theta
#+    gamma /= sigma
#+    theta -= gamma * mu
#+    return gamma * H + theta

# %% rescaled_by_every_feature from in_two_steps
# You rescale the whole batch once for each feature, so that every column meets all gammas and
# thetas. On the sheet column j only meets gamma_j and theta_j.
#-    return gamma * Z + theta
#+    for j in range(H.shape[1]):
#+        Z = gamma[j] * Z + theta[j]
#+    return Z

# %% returns_H from on_top_of_statistics
# You return H as it came in: neither the standardizing nor gamma and theta show in it. Check which
# array it is that you return.
#-    return gamma * ((H - mu) / sigma) + theta
#+    Z = gamma * (H - mu) / sigma + theta
#+    return H

# %% theta_averaged from on_top_of_statistics
# You shift all features by the mean of theta. On the sheet each feature has a theta_j of its own.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma * (H - mu) / sigma + theta.mean()

# %% gamma_averaged from on_top_of_statistics
# You scale all features by the mean of gamma. On the sheet each feature has a gamma_j of its own.
#-    return gamma * ((H - mu) / sigma) + theta
#+    return gamma.mean() * (H - mu) / sigma + theta

# %% rectified from on_top_of_standardize
# Your negative values become 0: that is a ReLU, which comes after batch norm and is not part of it.
#-    return gamma * standardize(H) + theta
#+    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
#+    return np.maximum(gamma * Z + theta, 0)

# %% one_added_to_gamma from on_top_of_standardize
# You scale by 1 + gamma. On the sheet the standardized value is multiplied by gamma itself, without
# a second path around it.
#-    return gamma * standardize(H) + theta
#+    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
#+    return Z + gamma * Z + theta

# %% gamma_and_theta_averaged from on_top_of_standardize
# You rescale all features by the average gamma and shift them by the average theta. Each feature
# has a gamma_j and a theta_j of its own.
#-    return gamma * standardize(H) + theta
#+    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
#+    return np.mean(gamma) * Z + np.mean(theta)

# %% features_summed from on_top_of_standardize
# You sum over the features, as a dense layer with one output does. Batch norm rescales every
# feature by itself and keeps the shape (B, d).
#-    return gamma * standardize(H) + theta
#+    Z = (H - H.mean(axis=0)) / H.std(axis=0, ddof=1)
#+    return Z @ gamma + np.sum(theta)

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

# %% divides_by_gamma + theta_subtracted from divides_by_gamma
#-    return (H - mu) / sigma / gamma + theta
#+    return ((H - mu) / sigma - theta) / gamma

# %% not_standardized + theta_inside_gamma from theta_inside_gamma
#-    return gamma * ((H - mu) / sigma + theta)
#+    return gamma * (H + theta)

# %% only_centred + theta_inside_gamma from theta_inside_gamma
#-    return gamma * ((H - mu) / sigma + theta)
#+    return gamma * (H - mu + theta)

# %% only_scaled + theta_inside_gamma from theta_inside_gamma
#-    return gamma * ((H - mu) / sigma + theta)
#+    return gamma * (H / sigma + theta)

# %% theta_inside_gamma + phi_applied from theta_inside_gamma
#-    return gamma * ((H - mu) / sigma + theta)
#+    return np.tanh(gamma * ((H - mu) / sigma + theta))

# %% theta_inside_gamma + changes_H from changes_H
#+    H += theta
#=    H *= gamma
#@
#-    H += theta

# %% theta_forgotten + changes_H from changes_H
#-    H += theta

# %% theta_inside_gamma + truncated_to_integers from truncated_to_integers
#-        Z[:, j] = gamma[j] * (H[:, j] - mu[j]) / sigma[j] + theta[j]
#+        Z[:, j] = gamma[j] * ((H[:, j] - mu[j]) / sigma[j] + theta[j])

# %% rounded_to_one_decimal from plain
# You round to one decimal, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return gamma * (H - mu) / sigma + theta
#+    return np.round(gamma * (H - mu) / sigma + theta, 1)

# %% rounded_to_two_decimals from plain
# You round to two decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return gamma * (H - mu) / sigma + theta
#+    return np.round(gamma * (H - mu) / sigma + theta, 2)

# %% rounded_to_three_decimals from plain
# You round to three decimals, so the values are only nearly right. Return them as they are; what
# is printed can be rounded later.
#-    return gamma * (H - mu) / sigma + theta
#+    return np.round(gamma * (H - mu) / sigma + theta, 3)

# %% rounded_to_four_decimals from plain
# You round to four decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return gamma * (H - mu) / sigma + theta
#+    return np.round(gamma * (H - mu) / sigma + theta, 4)

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
# You mix mu and sigma of the batch with 0 and 1, as the running statistics of a library begin, in
# every call anew. The sheet's mu and sigma are those of the batch at hand.
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

# %% keyword_only_parameters from plain
# Your gamma and theta can be given by name only (there is a * before them), but the task gives
# them by position: the first line of the function has to stay as it was.
#-def batch_norm(H, gamma, theta):
#+def batch_norm(H, *, gamma, theta):

# %% batch_as_last_parameter from plain
# You put H behind gamma and theta, but the task hands in H first: the first line of the function
# has to stay as it was.
#-def batch_norm(H, gamma, theta):
#+def batch_norm(gamma, theta, H):

# %% epsilon_as_a_parameter from plain
# Your function asks for one more argument than the task hands in: the first line of the function
# has to stay as it was.
#-def batch_norm(H, gamma, theta):
#+def batch_norm(H, gamma, theta, eps):

# %% 1_outside_the_fraction from sum_of_squares
# You subtract 1 from the averaged squares: without parentheses, B is divided by first. The sheet
# has the whole B - 1 under the sum.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / B - 1)
