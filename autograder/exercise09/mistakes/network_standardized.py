"""Wrong answers to network_standardized, as people write them: see autograder.exercise.known_answers."""
# %% divides_by_B from one_dimensional
# Your standard deviation divides by B, as np.std does unless it is told otherwise. The sheet's
# sigma of the pre-activation divides by B - 1.
# with: variance, epsilon_under_root, epsilon_1e-8_under_root, epsilon_outside_root
# with: sign_of_w1_ignored, sigma_of_x, statistics_of_x, w1_again, w2_inside_phi, phi_is_tanh
# with: phi_missing, w2_missing, only_scaled, mean_over_batch, one_column, one_row
# with: normalized_after_phi, output_normalized, changes_x, remembered_by_size
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - np.mean(h)) / np.std(h)

# %% variance from one_dimensional
# You divide by a variance. The sheet divides by the root of it, the standard deviation of the
# pre-activation.
# with: sign_of_w1_ignored, sigma_of_x, w2_inside_phi, phi_is_tanh, normalized_after_phi
# with: output_normalized, w2_missing, only_scaled
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / h.var(ddof=1)

# %% epsilon_under_root from one_dimensional
# You add an epsilon of 1e-5 under the root. The sheet has none, and with a small w1 it is no longer
# true that the size of w1 vanishes.
# with: phi_is_tanh
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-5)

# %% epsilon_1e-8_under_root from one_dimensional
# There is a 1e-8 under your root. The sheet's sigma goes without, which shows as soon as w1 is very
# small.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-8)

# %% epsilon_outside_root from one_dimensional
# You add 1e-8 to sigma. The sheet divides by sigma alone, however small w1 makes it.
# with: w2_inside_phi
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / (h.std(ddof=1) + 1e-8)

# %% epsilon_1e-5_outside_root from one_dimensional
# You add 1e-5 to sigma. In the sheet's z the denominator is sigma and nothing else.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / (h.std(ddof=1) + 1e-5)

# %% epsilon_1e-6_outside_root from one_dimensional
# You add 1e-6 to sigma. Then a small w1 gives other outputs than a large one, although its size
# should vanish.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / (h.std(ddof=1) + 1e-6)

# %% epsilon_1e-12_under_root from one_dimensional
# There is a 1e-12 under your root. A very small w1 makes the variance smaller still, and the
# sheet's sigma has no such term.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / np.sqrt(h.var(ddof=1) + 1e-12)

# %% small_sigma_replaced from one_dimensional
# You replace a small sigma by 1. A small w1 makes sigma small, and the sheet divides by it all the
# same.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / (h.std(ddof=1) if h.std(ddof=1) > 1e-8 else 1.0)

# %% not_standardized from one_dimensional
# You pass the pre-activation w1 x on as it is: its mean and its sigma over the batch do not come
# in.
# with: w2_inside_phi, phi_is_tanh, w2_missing
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = h

# %% sign_of_w1_ignored from one_dimensional
# Your answer is the same for w1 and -w1, as if x itself were standardized and w1 played no role.
# The size of w1 does vanish, but its sign does not: try a negative w1.
# with: w2_inside_phi, phi_is_tanh, epsilon_outside_root, w2_missing, one_column
#-    h = w1 * x
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (x - x.mean()) / x.std(ddof=1)

# %% statistics_of_x from one_dimensional
# You use mean and sigma of the input x. The sheet takes both from the pre-activation w1 x.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - x.mean()) / x.std(ddof=1)

# %% sigma_of_x from one_dimensional
# You divide by sigma of the input x, so that the size of w1 remains. The sheet takes sigma of the
# pre-activation w1 x.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / x.std(ddof=1)

# %% w1_again from one_dimensional
# You multiply by w1 once more after standardizing. w1 acts before: it makes the pre-activation, of
# which mu and sigma are taken.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = w1 * (h - h.mean()) / h.std(ddof=1)

# %% normalized_after_phi from one_dimensional
# You apply phi first and normalize what comes out. On the sheet the pre-activation is normalized,
# and phi is applied to the result.
#-    z = (h - h.mean()) / h.std(ddof=1)
#-    return w2 * phi(z)
#+    a = phi(h)
#+    z = (a - a.mean()) / a.std(ddof=1)
#+    return w2 * z

# %% output_normalized from one_dimensional
# You normalize the output of the network. On the sheet the first layer's pre-activation is
# normalized, before phi and w2.
#-    z = (h - h.mean()) / h.std(ddof=1)
#-    return w2 * phi(z)
#+    f = w2 * phi(h)
#+    return (f - f.mean()) / f.std(ddof=1)

# %% output_standardized_too from one_dimensional
# You standardize the output as well, after w2. The sheet normalizes the first layer only.
#-    return w2 * phi(z)
#+    f = w2 * phi(z)
#+    return (f - f.mean()) / f.std(ddof=1)

# %% phi_missing from one_dimensional
# phi is missing: your network is linear in the normalized pre-activation.
#-    return w2 * phi(z)
#+    return w2 * z

# %% w2_missing from one_dimensional
# w2 is missing: the second layer multiplies what phi gives by it.
# with: phi_is_tanh, one_column
#-    return w2 * phi(z)
#+    return phi(z)

# %% w2_inside_phi from one_dimensional
# Your w2 stands inside phi. On the sheet phi is applied first, and w2 multiplies the result.
# with: phi_is_tanh
#-    return w2 * phi(z)
#+    return phi(w2 * z)

# %% w2_twice from one_dimensional
# w2 comes in twice. The network has it once, in front of phi.
#-    return w2 * phi(z)
#+    return w2 * phi(w2 * z)

# %% phi_is_tanh from one_dimensional
# Your network always uses tanh. phi is an argument: the caller says which non-linearity it is.
#-    return w2 * phi(z)
#+    return w2 * np.tanh(z)

# %% phi_is_relu from one_dimensional
# Your network always uses the ReLU. phi is an argument: the caller says which non-linearity it is.
#-    return w2 * phi(z)
#+    return w2 * np.maximum(z, 0)

# %% phi_twice from one_dimensional
# You apply phi twice. There is one non-linearity in the network, after the first layer.
#-    return w2 * phi(z)
#+    return w2 * phi(phi(z))

# %% only_centred from one_dimensional
# You subtract the mean of the pre-activation but do not divide by its sigma.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = h - h.mean()

# %% only_scaled from one_dimensional
# You divide the pre-activation by its sigma but do not subtract its mean.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = h / h.std(ddof=1)

# %% one_pass from one_dimensional
# Your variance is mean of squares minus square of the mean. If x lies far from 0, nothing but
# rounding remains of that difference: follow the sheet's sum of squared deviations.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / np.sqrt((np.sum(h**2) - len(h) * h.mean() ** 2) / (len(h) - 1))

# %% not_centred from one_dimensional
# Your sigma averages the squares of w1 x itself. The sheet's measures the distances from mu.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / np.sqrt(np.sum(h**2) / (len(h) - 1))

# %% sign_reversed from one_dimensional
# You subtract the pre-activation from its mean, so z has the wrong sign, as if w1 had the other
# one.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h.mean() - h) / h.std(ddof=1)

# %% mean_over_batch from one_dimensional
# You average the outputs over the batch. The task asks for f at each of the B inputs.
#-    return w2 * phi(z)
#+    return np.mean(w2 * phi(z))

# %% sum_over_batch from one_dimensional
# You add the outputs of the batch up. The task asks for f at each of the B inputs.
#-    return w2 * phi(z)
#+    return np.sum(w2 * phi(z))

# %% one_column from one_dimensional
# You return a matrix of one column, shape (B, 1). The network gives one number for each input:
# shape (B,).
#-    h = w1 * x
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    h = w1 * x[:, np.newaxis]
#+    z = standardize(h)

# %% one_row from one_dimensional
# You return a matrix of one row, shape (1, B). The network gives one number for each input: shape
# (B,).
#-    h = w1 * x
#+    h = w1 * x[np.newaxis, :]

# %% first_output_only from one_dimensional
# You return f at the first input only. The task asks for it at each of the B inputs.
#-    return w2 * phi(z)
#+    return w2 * phi(z)[0]

# %% w2_also_first from one_dimensional
# Your first layer multiplies by w2 in place of w1. Only its sign survives, but that may be the
# wrong one.
#-    h = w1 * x
#+    h = w2 * x

# %% changes_x from one_dimensional
# You change the caller's x in place. The batch must be the same after the call as before, so work
# on a new array.
#+    x -= x.mean()
#=    h = w1 * x
#@
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = h / h.std(ddof=1)

# %% truncated_to_integers from one_dimensional_standardize
# For integer inputs your outputs are cut off at the decimal point: an array that is made like x is
# one of integers where x holds integers.
#-    return w2 * phi(standardize(w1 * x))
#+    h = np.zeros_like(x)
#+    for i in range(len(x)):
#+        h[i] = w1 * x[i]
#+    f = np.zeros_like(x)
#+    z = (h - h.mean()) / h.std(ddof=1)
#+    for i in range(len(x)):
#+        f[i] = w2 * phi(z[i])
#+    return f

# %% remembered_by_size from one_dimensional
# You normalize with mu and sigma of an earlier batch of the same size. The sheet stresses that they
# vary with the batch.
#+remembered = {}
#+
#+
#=def network_standardized(x, w1, w2, phi):
#@
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    if len(x) not in remembered:
#+        remembered[len(x)] = (h.mean(), h.std(ddof=1))
#+    mu, sigma = remembered[len(x)]
#+    z = (h - mu) / sigma

# %% same_array_every_time
buffers = {}

def network_standardized(x, w1, w2, phi):
    """You hand out the same array in every call, so an earlier result changes when the next batch
    comes. Make a new array in each call."""
    h = w1 * x
    f = buffers.setdefault(len(x), np.empty(len(x)))
    z = (h - h.mean()) / h.std(ddof=1)
    f[:] = w2 * phi(z)
    return f

# %% w1_and_w2_exchanged from one_dimensional_standardize
# Your weights have changed places: w2 multiplies the input and w1 the output. On the sheet w1
# belongs to the first layer.
#-    return w2 * phi(standardize(w1 * x))
#+    h = w2 * x
#+    z = (h - h.mean()) / h.std(ddof=1)
#+    return w1 * phi(z)

# %% relu_before_phi from one_dimensional
# A ReLU acts in your network before phi does, so that negative values never get there. phi is the
# only non-linearity of the first layer.
#-    return w2 * phi(z)
#+    return w2 * phi(np.maximum(z, 0))

# %% w2_added from one_dimensional
# You add w2 to what phi gives. The second layer multiplies by it.
#-    return w2 * phi(z)
#+    return w2 + phi(z)

# %% row_for_column from one_dimensional
# All your outputs are NaN, as they are where the batch is laid out as one row: each feature then
# has a single example and no spread. The B examples of H stand below each other.
#-    h = w1 * x
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = standardize((w1 * x)[np.newaxis, :])[0]

# %% row_for_column_returned from one_dimensional
# You lay the batch out as one row, shape (1, B), so that each of B features has a single example,
# and all is NaN. On the sheet H has one row for each example.
#-    h = w1 * x
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = standardize((w1 * x)[np.newaxis, :])

# %% w2_without_sign from one_dimensional_standardize
# You lose the sign of w2: a negative output weight turns the network's output around.
#-    return w2 * phi(standardize(w1 * x))
#+    h = w1 * np.asarray(x, dtype=float)
#+    return abs(w2) * phi((h - h.mean()) / h.std(ddof=1))

# %% divides_by_B + one_pass from divides_by_B
#-    z = (h - np.mean(h)) / np.std(h)
#+    z = (h - h.mean()) / np.sqrt(np.mean(h**2) - np.mean(h) ** 2)

# %% rounded_to_one_decimal from one_dimensional
# You round to one decimal, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return w2 * phi(z)
#+    return np.round(w2 * phi(z), 1)

# %% rounded_to_two_decimals from one_dimensional
# You round to two decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return w2 * phi(z)
#+    return np.round(w2 * phi(z), 2)

# %% rounded_to_three_decimals from one_dimensional
# You round to three decimals, so the values are only nearly right. Return them as they are; what
# is printed can be rounded later.
#-    return w2 * phi(z)
#+    return np.round(w2 * phi(z), 3)

# %% rounded_to_four_decimals from one_dimensional
# You round to four decimals, so the values are only nearly right. Return them as they are; what is
# printed can be rounded later.
#-    return w2 * phi(z)
#+    return np.round(w2 * phi(z), 4)

# %% keyword_only_parameters from one_dimensional
# Some of your parameters can be given by name only (there is a * before them), but the task gives
# all by position: the first line of the function has to stay as it was.
#-def network_standardized(x, w1, w2, phi):
#+def network_standardized(x, w1, w2, *, phi):

# %% phi_as_first_parameter from one_dimensional
# You put phi first, but the task hands in x first and phi last: the first line of the function has
# to stay as it was.
#-def network_standardized(x, w1, w2, phi):
#+def network_standardized(phi, x, w1, w2):

# %% pre_activations_returned_too from one_dimensional
# You return a second thing beside f, such as what enters phi. Return f alone: whoever calls your
# function computes with what it returns.
#-    return w2 * phi(z)
#+    return w2 * phi(z), z

# %% dim_for_axis from one_dimensional
# You say dim where NumPy says axis: dim is PyTorch's word. Read the message: it names what the
# function does not know.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean(dim=0)) / h.std(dim=0)

# %% running_statistics_once from one_dimensional
# You mix mu and sigma of the batch with 0 and 1, as the running statistics of a library begin. The
# sheet's mu and sigma are those of the batch at hand.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - 0.1 * h.mean()) / np.sqrt(0.9 + 0.1 * h.var(ddof=1))

# %% mean_divided_again from one_dimensional
# You take the mean and divide it by B once more. A mean is the sum divided by B already.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean() / len(h)) / h.std(ddof=1)

# %% sigma_with_a_floor from one_dimensional
# You keep sigma from falling below 1e-8. The sheet sets no such bound: a small w1 makes sigma small,
# and the sheet divides by it all the same.
#-    z = (h - h.mean()) / h.std(ddof=1)
#+    z = (h - h.mean()) / max(h.std(ddof=1), 1e-8)
