"""Wrong answers to recover_layer, as people write them: see autograder.exercise.known_answers."""
# %% divides_by_B from own_statistics
# Your sigma divides by B under the root. To undo the sheet's standardizing it has to be the sheet's
# sigma, with B - 1.
# with: swapped, inverted, gamma_inverted, theta_negative, theta_scaled, theta_minus_scaled
# with: theta_multiplied, theta_zero, gamma_alone, variance + swapped, variance + inverted
# with: variance + gamma_inverted, variance + theta_negative, variance + theta_scaled
# with: variance + theta_minus_scaled, variance + theta_multiplied, variance + theta_zero
# with: variance + gamma_alone, epsilon_under_root + swapped, epsilon_under_root + inverted
# with: epsilon_under_root + gamma_inverted, variance, over_features, whole_batch
# with: epsilon_under_root, epsilon_outside_root, epsilon_1e-8_under_root
# with: epsilon_1e-5_outside_root, not_centred, median, sigma_of_whole_batch, mean_of_whole_batch
# with: changes_H, one_row_matrices, remembered_by_shape, truncated_to_integers
# with: one_number_for_all_features, gamma_negative, variance + whole_batch
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H, axis=0)
#+    sigma = np.std(H, axis=0)

# %% variance from plain
# You compute the variance. What batch norm divided by is its root, and exactly that has to be given
# back.
# with: swapped, inverted, gamma_inverted, theta_negative, theta_scaled, theta_minus_scaled
# with: theta_multiplied, theta_zero, gamma_alone, over_features
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.var(axis=0, ddof=1)

# %% over_features from own_statistics
# Your statistics are taken over the features of each example. Batch norm works on each feature by
# itself, so there is one gamma_j and one theta_j for each feature j.
# with: swapped, inverted, gamma_inverted
#-    mu, sigma = batch_statistics(H)
#+    mu = H.mean(axis=1)
#+    sigma = H.std(axis=1, ddof=1)

# %% whole_batch from own_statistics
# You return one number each for the whole array. Each feature has lost a mean and a scale of its
# own, and needs them back.
# with: swapped, inverted, gamma_inverted
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H)
#+    sigma = np.std(H, ddof=1)

# %% sigma_of_whole_batch from plain
# Your gamma is the same number for all features. Each feature was divided by a sigma_j of its own.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.std(H, ddof=1)

# %% mean_of_whole_batch from own_statistics
# Your theta is the same number for all features. From each feature a mu_j of its own was
# subtracted.
#-    mu, sigma = batch_statistics(H)
#+    mu = np.mean(H)
#+    sigma = np.std(H, axis=0, ddof=1)

# %% epsilon_under_root from plain
# Your sigma holds an epsilon of 1e-5 under its root. Batch norm on the sheet has none, so with it
# the layer does not come back exactly.
# with: swapped, inverted, gamma_inverted
#-    sigma = H.std(axis=0, ddof=1)
#+    var = H.var(axis=0, ddof=1)
#+    sigma = np.sqrt(var + 1e-5)

# %% epsilon_1e-8_under_root from plain
# Your gamma holds a 1e-8 under its root. Batch norm on the sheet divides by sigma without it, so
# gamma must do without, too.
#-    sigma = H.std(axis=0, ddof=1)
#+    var = H.var(axis=0, ddof=1)
#+    sigma = np.sqrt(var + 1e-8)

# %% epsilon_outside_root from plain
# Your gamma is a little larger than what batch norm divides by: you add 1e-8 to it.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.std(axis=0, ddof=1) + 1e-8

# %% epsilon_1e-5_outside_root from own_statistics
# Your gamma is larger by 1e-5 than what batch norm divides by. The layer only comes back if the two
# are equal.
#-    mu, sigma = batch_statistics(H)
#+    eps = 1e-5
#+    mu = H.mean(axis=0)
#+    sigma = H.std(axis=0, ddof=1) + eps

# %% mean_absolute_deviation from plain
# Your gamma averages absolute deviations. It has to give back what batch norm divided by, which is
# the root of averaged squares.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.abs(H - mu).mean(axis=0)

# %% range from plain
# Your gamma is the largest minus the smallest value. Look up what batch norm divides by: gamma has
# to give that back.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = H.max(axis=0) - H.min(axis=0)

# %% sum_of_squares_not_averaged from plain
# Under the root of your gamma stands a plain sum of squares. In the sheet's sigma that sum is also
# divided.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.linalg.norm(H - mu, axis=0)

# %% not_centred from sum_of_squares
# Your sigma averages the squares of the values themselves. The sheet's sigma measures distances
# from mu.
# with: swapped, inverted, gamma_inverted
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(np.sum(H**2, axis=0) / (B - 1))

# %% one_pass from sum_of_squares
# Your gamma is computed as mean of squares minus square of the mean. With a large mean nothing but
# rounding remains of that difference: follow the sheet's sum of squared deviations.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))

# %% median from own_statistics
# Your theta is the median. What batch norm subtracts, and what theta has to add again, is the
# average.
#-    mu, sigma = batch_statistics(H)
#+    B = H.shape[0]
#+    mu = np.median(H, axis=0)
#+    sigma = np.sqrt(np.sum((H - mu) ** 2, axis=0) / (B - 1))

# %% divides_outside_root from sum_of_squares
# Your gamma divides after taking the root. In the sheet's sigma the factor 1/(B - 1) stands under
# it.
#-    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0) / (B - 1))
#+    sigma = np.sqrt(((H - mu) ** 2).sum(axis=0)) / (B - 1)

# %% mean_with_B_minus_1 from sum_of_squares
# Your theta divides by B - 1. On the sheet mu, which theta has to give back, divides by B.
#-    mu = H.mean(axis=0)
#+    mu = H.sum(axis=0) / (B - 1)

# %% swapped from own_statistics
# What belongs to the mean stands in gamma, and what belongs to the spread in theta. gamma is the
# factor, so it has to undo the division; theta is added, so it has to undo the subtraction.
#-    return sigma, mu
#+    return mu, sigma

# %% inverted from own_statistics
# Your gamma and theta do once more what standardizing has done, instead of undoing it. Ask what
# takes (h - mu) / sigma back to h.
#-    return sigma, mu
#+    return 1 / sigma, -mu / sigma

# %% gamma_inverted from own_statistics
# Your gamma divides by sigma a second time. Standardizing has divided already; gamma has to undo
# it.
# with: theta_negative, theta_scaled, theta_zero
#-    return sigma, mu
#+    return 1 / sigma, mu

# %% theta_negative from own_statistics
# Your theta subtracts the mean a second time. Standardizing has subtracted already; theta has to
# undo it.
# with: gamma_one
#-    return sigma, mu
#+    return sigma, -mu

# %% theta_scaled from own_statistics
# Your theta is divided by sigma. It is added at the very end, after gamma has scaled everything
# back, so it must have the scale of h itself.
#-    return sigma, mu
#+    return sigma, mu / sigma

# %% theta_minus_scaled from own_statistics
# Your theta is what standardizing adds to h / sigma. Here the opposite is wanted: what brings the
# standardized values back to h.
#-    return sigma, mu
#+    return sigma, -mu / sigma

# %% theta_multiplied from own_statistics
# Your theta is multiplied by sigma. In batch norm gamma does not act on theta, so theta has to be
# what was subtracted and nothing more.
#-    return sigma, mu
#+    return sigma, mu * sigma

# %% ones_and_zeros from reversed_pair
# With gamma = 1 and theta = 0 batch norm returns the standardized batch, not H. They have to undo
# the standardizing.
#-    return batch_statistics(H)[::-1]
#+    d = H.shape[1]
#+    return np.ones(d), np.zeros(d)

# %% of_the_standardized_batch from own_statistics
# You take the statistics of the standardized batch, which are always 1 and 0 up to rounding. The
# ones that were lost are those of H.
#-    mu, sigma = batch_statistics(H)
#+    mu, sigma = batch_statistics(standardize(H))

# %% theta_zero from own_statistics
# Your theta is 0, as the mean of a standardized batch is, up to rounding. So the mean of H does not
# come back: both steps of standardizing have to be undone.
#-    return sigma, mu
#+    return sigma, np.zeros_like(mu)

# %% gamma_one from own_statistics
# Your gamma is 1, so the spread does not come back. Both steps of standardizing have to be undone.
#-    return sigma, mu
#+    return np.ones_like(sigma), mu

# %% gamma_alone from own_statistics
# You return gamma alone. The task asks for both, gamma and theta.
#-    return sigma, mu
#+    return sigma

# %% whole_batch_returned from reversed_pair
# You return the batch that comes out. The task asks for gamma and theta with which it does.
#-    return batch_statistics(H)[::-1]
#+    gamma, theta = H.std(axis=0, ddof=1), H.mean(axis=0)
#+    return batch_norm(H, gamma, theta)

# %% one_row_matrices from reversed_pair
# Your gamma and theta are matrices of one row, shape (1, d). On the sheet they are vectors: shape
# (d,).
#-    return batch_statistics(H)[::-1]
#+    return H.std(axis=0, ddof=1, keepdims=True), H.mean(axis=0, keepdims=True)

# %% repeated_for_every_example from own_statistics
# You repeat gamma and theta for every example, shape (B, d). They belong to the features: shape
# (d,).
#-    return sigma, mu
#+    return np.tile(sigma, (len(H), 1)), np.tile(mu, (len(H), 1))

# %% stacked_as_columns from own_statistics
# You return one array with gamma and theta as its columns. The task asks for two vectors of shape
# (d,).
#-    return sigma, mu
#+    return np.column_stack([sigma, mu])

# %% first_example from numpy_functions
# You read gamma and theta off single examples. They have to undo a standardizing that is made of
# all examples of the batch.
#-    gamma = np.std(H, axis=0, ddof=1)
#-    theta = np.mean(H, axis=0)
#+    theta = H[0]
#+    gamma = H[1] - H[0]

# %% last_feature_left_out from numpy_functions
# The last feature keeps gamma = 1 and theta = 0: your loop over the features stops one too early.
#-    gamma = np.std(H, axis=0, ddof=1)
#-    theta = np.mean(H, axis=0)
#+    d = H.shape[1]
#+    gamma, theta = np.ones(d), np.zeros(d)
#+    for j in range(d - 1):
#+        gamma[j] = H[:, j].std(ddof=1)
#+        theta[j] = H[:, j].mean()

# %% truncated_to_integers from numpy_functions
# For integer batches your gamma and theta are cut off at the decimal point: an array that is made
# like H is one of integers where H holds integers.
#-    gamma = np.std(H, axis=0, ddof=1)
#-    theta = np.mean(H, axis=0)
#+    gamma, theta = np.zeros_like(H[0]), np.zeros_like(H[0])
#+    for j in range(H.shape[1]):
#+        gamma[j] = H[:, j].std(ddof=1)
#+        theta[j] = H[:, j].mean()

# %% changes_H from numpy_functions
# You change the caller's H in place, the very layer that was to be recovered. Compute the
# deviations as a new array.
#-    gamma = np.std(H, axis=0, ddof=1)
#-    theta = np.mean(H, axis=0)
#+    theta = H.mean(axis=0)
#+    H -= theta
#+    gamma = np.sqrt((H**2).sum(axis=0) / (len(H) - 1))

# %% remembered_by_shape
remembered = {}

def recover_layer(H):
    """You return gamma and theta of an earlier batch of the same shape. They undo the standardizing
    of that batch only: mu and sigma are functions of the batch."""
    if H.shape not in remembered:
        remembered[H.shape] = (H.std(axis=0, ddof=1), H.mean(axis=0))
    return remembered[H.shape]

# %% same_array_every_time
buffers = {}

def recover_layer(H):
    """You hand out the same arrays in every call, so gamma and theta of an earlier batch change
    when the next one comes."""
    out = buffers.setdefault(H.shape[1], np.empty((2, H.shape[1])))
    out[0], out[1] = H.std(axis=0, ddof=1), H.mean(axis=0)
    return out[0], out[1]

# %% swapped_and_inverted from own_statistics
# Your two vectors are those that standardize H, shift before factor. Asked is what undoes the
# standardizing: first the factor gamma, then the shift theta.
#-    return sigma, mu
#+    return -mu / sigma, 1 / sigma

# %% swapped_with_inverse_sigma from own_statistics
# Your gamma is the mean and your theta one over sigma. A shift undoes the subtraction, and a factor
# undoes the division: ask which of the two is which.
#-    return sigma, mu
#+    return mu, 1 / sigma

# %% swapped_with_negative_mean from own_statistics
# Your gamma is the mean with its sign turned round, and your theta is sigma. The factor has to undo
# a division, and the shift a subtraction.
#-    return sigma, mu
#+    return -mu, sigma

# %% one_number_for_all_features from reversed_pair
# All your gammas are equal, and so are your thetas: they come from the whole array. Each feature
# has lost a mu_j and a sigma_j of its own.
#-    return batch_statistics(H)[::-1]
#+    d = H.shape[1]
#+    return np.full(d, H.std(ddof=1)), np.full(d, H.mean())

# %% gamma_negative from own_statistics
# Your gamma has the wrong sign, which would mirror each feature at its mean. Dividing by sigma
# keeps the sign, and so does undoing it.
#-    return sigma, mu
#+    return -sigma, mu

# %% theta_of_first_example from reversed_pair
# Your theta is the first example of the batch. What was subtracted from each feature is its mean
# over all B examples.
#-    return batch_statistics(H)[::-1]
#+    return H.std(axis=0, ddof=1), H[0]

# %% variance + whole_batch from variance
#-    mu = H.mean(axis=0)
#-    sigma = H.var(axis=0, ddof=1)
#+    mu = H.mean()
#+    sigma = H.var(ddof=1)

# %% divides_by_B + one_pass from one_pass
#-    sigma = np.sqrt((np.sum(H**2, axis=0) - B * mu**2) / (B - 1))
#+    sigma = np.sqrt((H**2).mean(axis=0) - mu**2)

# %% swapped + stacked_as_columns from swapped
#-    return mu, sigma
#+    return np.column_stack([mu, sigma])

# %% swapped + one_row_matrices from swapped
#-    return mu, sigma
#+    return mu[None], sigma[None]

# %% rounded_to_one_decimal from plain
# You round to one decimal, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return sigma, mu
#+    return np.round(sigma, 1), np.round(mu, 1)

# %% rounded_to_two_decimals from plain
# You round to two decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return sigma, mu
#+    return np.round(sigma, 2), np.round(mu, 2)

# %% rounded_to_three_decimals from plain
# You round to three decimals, so the values are only nearly right. Return them as they are; what
# is printed can be rounded later.
#-    return sigma, mu
#+    return np.round(sigma, 3), np.round(mu, 3)

# %% rounded_to_four_decimals from plain
# You round to four decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return sigma, mu
#+    return np.round(sigma, 4), np.round(mu, 4)

# %% cache_returned_too from plain
# You return gamma and theta as one thing and something else beside it. Return gamma and theta
# alone, as two things.
#-    return sigma, mu
#+    return (sigma, mu), {"H": H}

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

# %% third_thing_returned from plain
# You return a third thing beside gamma and theta. Whoever unpacks the result into two names gets
# an error.
#-    return sigma, mu
#+    return sigma, mu, H

# %% sigma_with_a_floor from plain
# You keep the standard deviation from falling below 1e-8. The sheet sets no such bound: a feature
# that varies very little has a small sigma.
#-    sigma = H.std(axis=0, ddof=1)
#+    sigma = np.maximum(H.std(axis=0, ddof=1), 1e-8)

# %% small_sigma_replaced from plain
# You replace a small standard deviation by 1. A feature whose values are close together has a small
# sigma, and gamma has to be just as small to bring it back.
#+    sigma = np.where(sigma < 1e-8, 1.0, sigma)
#=    return sigma, mu
