"""Wrong answers to convolve, as people write them: see autograder.exercise.known_answers."""
# %% missing_flip from full_and_cut
# Your kernel runs forwards along x, which is a cross-correlation. In the sheet's sum the index of x
# falls while the index of h rises, so the kernel runs backwards.
# with: same_padding, one_output_missing, first_output_missing, output_padded_with_zeros
# with: stride_of_K, mean_for_sum, kernel_normalised, truncated_to_integers, running_total
# with: only_last_term, returns_in_the_loop, products_not_summed, summed_over_everything
# with: row_instead_of_vector, rectified, long_kernel_swapped, long_kernel_gives_nothing
# with: assertion_for_value_error, bad_input_gives_none
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])

# %% same_padding from correlate_with_the_flipped_kernel
# Your output is as long as the signal: the ends are padded with zeros. The sheet's k stops at D - K
# + 1, so that the kernel never leaves x.
# with: long_kernel_swapped
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    return np.convolve(x, h, mode="same")

# %% full_padding from full_and_cut
# Your output has D + K - 1 values: it also holds positions where the kernel only partly overlaps x.
# The sheet's k runs over positions inside x only, D - K + 1 of them.
# with: long_kernel_swapped
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.convolve(x, h)

# %% reversed_output from dot_products
# Your values come from the last to the first: it is as if the signal had been turned round rather
# than the kernel. Compare k = 1 of the sheet's sum with your first value.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    x = x[::-1]
#+    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])

# %% last_term_missing from filled_in
# Your sum leaves out its last term, the one with h_K. The sheet's i runs up to and including K.
#-        out[k] = np.dot(x[k : k + K], h[::-1])
#+        for i in range(1, K):
#+            out[k] += x[K + k - i] * h[i - 1]

# %% first_term_missing from filled_in
# Your sum leaves out its first term, the one with h_1. The sheet counts from 1, NumPy from 0.
#-        out[k] = np.dot(x[k : k + K], h[::-1])
#+        for i in range(1, K):
#+            out[k] += x[K - 1 + k - i] * h[i]

# %% only_last_term from filled_in
# Each of your values is a single product, the last one of its sum: the terms before it get
# overwritten. The sheet's formula adds up K products.
#-        out[k] = np.dot(x[k : k + K], h[::-1])
#+        for i in range(K):
#+            out[k] = x[K + k - i - 1] * h[i]

# %% running_total from dot_products
# Your values pile up: each one still holds the sums of the positions before it. The sheet's sum
# starts anew at 0 for every k.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    out = []
#+    total = 0.0
#+    for k in range(len(x) - K + 1):
#+        for i in range(K):
#+            total += x[K + k - i - 1] * h[i]
#+        out.append(total)
#+    return np.array(out)

# %% returns_in_the_loop from filled_in
# Only your first value is filled in, the others are still 0: check at which point your function
# returns. The sheet's k runs up to D - K + 1.
#-    return out
#+        return out

# %% first_window_only from dot_products
# You return the sum at the first position only, as one number. The sheet's (x * h)_k is a vector,
# with one sum for each k up to D - K + 1.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    return sum(x[K - 1 - i] * h[i] for i in range(K))

# %% one_output_missing from full_and_cut
# Your last output is missing: you have D - K of them. Count the positions of the kernel inside x
# for D = K.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    D = len(x)
#+    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(D - K)])

# %% first_output_missing from dot_products
# Your first output is missing: you start one position too late. The sheet's k = 1 is the window of
# x that starts at its very first entry.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(1, len(x) - K + 1)])

# %% one_output_too_many from full_and_cut
# You have one output too many: at the end the kernel already sticks out of x. The sheet's last k is
# D - K + 1.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K, D = len(h), len(x)
#+    out = []
#+    for k in range(D - K + 2):
#+        out.append(sum(x[K - 1 + k - i] * h[i] for i in range(K) if K - 1 + k - i < D))
#+    return np.array(out)

# %% as_many_outputs_as_taps from dot_products
# You return K values, or as many as there are. The number of outputs depends on how often the
# kernel fits into x, not on how long the kernel is.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    full = np.convolve(x, h, "valid")
#+    return full[:K]

# %% causal_start from full_and_cut
# Your first window starts K - 1 entries too early, where x is not there yet and counts as 0. The
# sheet's first sum, k = 1, already uses x_1 to x_K.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.convolve(x, h)[: len(x) - len(h) + 1]

# %% negative_index_wraps from correlate_with_the_flipped_kernel
# Your first K - 1 values mix the start of x with its end, as negative indices in Python and a
# circular convolution (by an FFT, say) do. By the sheet's index K + k - i the first value, k = 1,
# already uses x_1 to x_K.
# with: nothing_checked
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    n = len(x) - len(h) + 1
#+    return np.array([sum(x[k - i] * h[i] for i in range(len(h))) for k in range(n)])

# %% one_position_late from full_and_cut
# Your values stand one position too far along: your first one is the sheet's k = 2, and at the end
# the kernel sticks out of x. The sheet counts from 1, Python from 0.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K, D = len(h), len(x)
#+    return np.convolve(x, h)[K : D + 1]

# %% one_position_early from correlate_with_the_flipped_kernel
# Your values stand one position too early: in your first sum the kernel still sticks out of x. The
# sheet's k = 1 uses x_1 to x_K.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    K, D = len(h), len(x)
#+    x = np.concatenate([[0.0], x])
#+    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(D - K + 1)])

# %% circular from full_and_cut
# Your signal goes round in a circle: its end meets its start again, which gives D values. The
# sheet's sum stays inside x and has D - K + 1.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    D = len(x)
#+    return np.real(np.fft.ifft(np.fft.fft(x) * np.fft.fft(h, D)))

# %% circular_window from correlate_with_the_flipped_kernel
# Your windows go on at the start of x where they run over its end, so there are D values. The
# sheet's k stops at D - K + 1, before that happens.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    K, D = len(h), len(x)
#+    return np.array([sum(x[(K - 1 + k - i) % D] * h[i] for i in range(K)) for k in range(D)])

# %% zeros_after_the_end from full_and_cut
# You have D values: behind the end of x you go on with zeros. The sheet's k stops at D - K + 1.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K, D = len(h), len(x)
#+    return np.convolve(x, h)[K - 1 :]

# %% causal_padding from correlate_with_the_flipped_kernel
# You have D values: before the start of x you put zeros. The sheet's first sum, k = 1, already lies
# wholly inside x.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    return np.convolve(x, h)[: len(x)]

# %% output_padded_with_zeros from full_and_cut
# Your sums stand in an array of length D, with zeros behind them. The result has D - K + 1 entries.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K, D = len(h), len(x)
#+    out = np.zeros(D)
#+    for k in range(D - K + 1):
#+        out[k] = np.dot(x[k : k + K], h[::-1])
#+    return out

# %% stride_of_K from dot_products
# Your kernel jumps by its own length from one position to the next. The sheet's k goes up by one,
# so neighbouring windows overlap.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(0, len(x) - K + 1, K)])

# %% mean_for_sum from full_and_cut
# Your values are K times too small: you take the mean of the products. The sheet has a plain sum.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    return np.array([np.mean(x[k : k + K] * h[::-1]) for k in range(len(x) - K + 1)])

# %% kernel_normalised from correlate_with_the_flipped_kernel
# You scale the kernel so that it adds up to 1, as image filters do. The sheet uses h as it is.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    return np.convolve(x, np.asarray(h) / np.sum(h), "valid")

# %% kernel_of_unit_length from full_and_cut
# You divide the kernel by its norm. The sheet uses h as it is.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.convolve(x, np.asarray(h) / np.linalg.norm(h), "valid")

# %% truncated_to_integers from filled_in
# Your values are cut off at the decimal point: look at the type of the array that you write them
# into.
#-    out = np.zeros(len(x) - K + 1)
#+    out = np.zeros(len(x) - K + 1, dtype=int)

# %% rounded from full_and_cut
# You round your values. Leave them as the sum gives them; what is printed can be rounded later.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.round(np.convolve(x, h, "valid"), 1)

# %% products_not_summed from dot_products
# You return the K products of each window, a matrix. The sheet's sum over i makes one number of
# each window.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    return np.array([x[k : k + K] * h[::-1] for k in range(len(x) - K + 1)])

# %% summed_over_everything from full_and_cut
# You return one number, the sum over all positions. The sheet sums over i only: there is one value
# for each k.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    return np.sum([x[k : k + K] * h[::-1] for k in range(len(x) - K + 1)])

# %% adds_for_multiplies from dot_products
# Your terms add an entry of x and an entry of h. The sheet multiplies them, and then sums.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    return np.array([np.sum(x[k : k + K] + h[::-1]) for k in range(len(x) - K + 1)])

# %% sums_multiplied from full_and_cut
# You multiply the sum of the window with the sum of the kernel. In the sheet each x has its own h,
# and the products are summed.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    return np.array([np.sum(x[k : k + K]) * np.sum(h) for k in range(len(x) - K + 1)])

# %% absolute_value from correlate_with_the_flipped_kernel
# Your values have lost their sign. The sheet's sum can be negative, and stays so.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    return np.abs(np.convolve(x, h, "valid"))

# %% rectified from full_and_cut
# You set negative values to zero, as a ReLU behind a convolution does. The sheet's layer is the sum
# alone.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.maximum(np.convolve(x, h, "valid"), 0)

# %% empty_first_slice from dot_products
# Your first value is 0: a slice that runs backwards and should end at index 0 comes out empty. Look
# at the window of k = 1.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    out = []
#+    for k in range(len(x) - K + 1):
#+        window = x[k + K - 1 : k - 1 : -1]
#+        out.append(sum(a * b for a, b in zip(window, h)))
#+    return np.array(out)

# %% leading_zeros_lost from full_and_cut
# You treat x and h as polynomials, and zeros at their start get lost on the way. In the sheet's sum
# a zero entry still has its place.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K, D = len(h), len(x)
#+    return np.polymul(x, h)[K - 1 : D]

# %% kernel_of_two from dot_products
# You use the first two entries of h only, as if K were 2. The sheet's sum runs over all K of them.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    if K == 1:
#+        return x * h[0]
#+    return np.array([x[k + K - 1] * h[0] + x[k + K - 2] * h[1] for k in range(len(x) - K + 1)])

# %% kernel_of_three from full_and_cut
# You use the first three entries of h only, as if K were 3. The sheet's sum runs over all K of
# them.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.convolve(x, h[:3], "valid")[max(len(h) - 3, 0) :]

# %% sorted_kernel from correlate_with_the_flipped_kernel
# You turn h round by sorting it, which only works where its entries happen to stand in order. The
# sheet's h keeps its order, whatever its values are.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    return np.convolve(x, np.sort(h), "valid")

# %% row_instead_of_vector from full_and_cut
# You return a matrix with one row. The result is a vector, of shape (D - K + 1,).
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    return np.array([[np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)]])

# %% column_instead_of_vector from dot_products
# You return a matrix with one column. The result is a vector, of shape (D - K + 1,).
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    return np.array([[np.dot(x[k : k + K], h[::-1])] for k in range(len(x) - K + 1)])

# %% prints_but_returns_nothing from full_and_cut
# Your function returns None. Showing the result is not enough: hand it back to whoever called.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    result = np.convolve(x, h, "valid")

# %% hard_coded_example from correlate_with_the_flipped_kernel
# You return the same numbers for every x and h. The function has to work them out from its
# arguments.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    return np.array([5.0, 10.0])

# %% scalar_for_one_output from correlate_with_the_flipped_kernel
# Where K = D there is one output, and you return it as a bare number. It is still a vector, of
# shape (1,).
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    return np.squeeze(np.convolve(x, h, "valid"))

# %% kernel_as_long_as_the_signal_refused from numpy_valid
# You refuse a kernel that is exactly as long as the signal. It fits once: D - K + 1 = 1.
# with: empty_kernel_accepted
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
#+        raise ValueError("x and h must be non-empty vectors")
#+    if len(h) >= len(x):
#+        raise ValueError("the kernel is too long")

# %% kernel_of_one_refused from full_and_cut
# You refuse a kernel of one entry. That is a short kernel but a good one: it scales the signal.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    if len(h) < 2:
#+        raise ValueError("the kernel is too short")
#+    return np.convolve(x, h, "valid")

# %% type_of_the_signal from filled_in
# Where x holds integers and h does not, your result loses what stands behind the decimal point: it
# is written into an array of the type of x.
#-    out = np.zeros(len(x) - K + 1)
#-    for k in range(len(x) - K + 1):
#+    out = np.zeros_like(x[: len(x) - K + 1])
#+    for k in range(len(out)):

# %% type_of_the_kernel from full_and_cut
# Where h holds integers and x does not, your result loses what stands behind the decimal point: it
# is written into an array of the type of h.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    out = np.zeros(len(x) - K + 1, dtype=h.dtype)
#+    for k in range(len(out)):
#+        out[k] = np.dot(x[k : k + K], h[::-1])
#+    return out

# %% signal_turned_into_integers_with_the_kernel from correlate_with_the_flipped_kernel
# Where x or h holds integers, you turn the other one into integers too. The sum is over real
# numbers.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    if x.dtype.kind == "i" or h.dtype.kind == "i":
#+        x, h = x.astype(int), h.astype(int)
#+    return np.convolve(x, h, "valid")

# %% flips_the_kernel_in_place from full_and_cut
# After your function has run, the caller's kernel stands the other way round: you turn it round in
# place. Work on a copy.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    h[:] = h[::-1].copy()
#+    K = len(h)
#+    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])

# %% writes_into_the_signal from dot_products
# Your values are right, but you write them into the caller's x on the way. Put them into an array
# of their own.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    n = len(x) - K + 1
#+    for k in range(n):
#+        x[k] = np.dot(x[k : k + K], h[::-1])
#+    return x[:n].copy()

# %% scales_the_signal_in_place from full_and_cut
# Your values are right, but the caller's x has other values afterwards: you multiply it in place.
# Leave the arguments as they are.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    n = len(x) - K + 1
#+    out = np.zeros(n)
#+    for k in range(n):
#+        out[k] = np.dot(x[k : k + K], h[::-1])
#+    x *= h[0]
#+    return out

# %% remembers_by_length from correlate_with_the_flipped_kernel
# You hand out an earlier result again where x and h merely have the same lengths. The values of x
# and h count too.
#+known = {}
#+
#+
#=def convolve(x, h):
#@
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    key = (len(x), len(h))
#+    if key not in known:
#+        known[key] = np.convolve(x, h, "valid")
#+    return known[key]

# %% remembers_by_signal from scipy_signal
# You hand out an earlier result again where x is the same, even if h is another. Both count.
#-from scipy import signal
#+seen = {}
#@
#-    return signal.convolve(x, h, mode="valid")
#+    key = (x.tobytes(), len(h))
#+    if key not in seen:
#+        seen[key] = np.convolve(x, h, "valid")
#+    return seen[key]

# %% shared_buffer from correlate_with_the_flipped_kernel
# What you return is overwritten by your next call: all results share one array. Make a new one each
# time.
#+buffer = np.zeros(1000)
#+
#+
#=def convolve(x, h):
#@
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    n = len(x) - len(h) + 1
#+    buffer[:n] = np.convolve(x, h, "valid")
#+    return buffer[:n]

# %% long_kernel_swapped from numpy_valid
# Where the kernel is longer than the signal, NumPy silently swaps the two. The sheet's sum does not
# exist there: say so with a ValueError.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")

# %% long_kernel_gives_nothing from dot_products
# Where the kernel is longer than the signal, you return an empty array. The sheet's sum does not
# exist there: say so with a ValueError.
#-    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
#-        raise ValueError("x and h must be vectors with 0 < K <= D")
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
#+        raise ValueError("x and h must be non-empty vectors")

# %% long_kernel_gives_none from numpy_valid
# Where the kernel is longer than the signal, you return None. Raise a ValueError instead, so that
# nobody goes on with it.
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
#+        raise ValueError("x and h must be non-empty vectors")
#=    if len(h) > len(x):
#@
#-        raise ValueError("kernel is longer than the signal")
#+        return None

# %% long_kernel_gives_zero from numpy_valid
# Where the kernel is longer than the signal, you return zeros. There is no such sum: raise a
# ValueError instead.
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
#+        raise ValueError("x and h must be non-empty vectors")
#=    if len(h) > len(x):
#@
#-        raise ValueError("kernel is longer than the signal")
#+        return np.zeros(len(h) - len(x) + 1)

# %% long_kernel_by_one_accepted from lambda_and_errors_from_numpy
# Where K = D + 1 you return an empty array; if still longer kernels end in a ValueError, that is
# because no array has a negative length. Compare K and D yourself, before you make the array.
#-convolve = lambda x, h: np.convolve(x, h, "valid") if len(h) <= len(x) else np.zeros(-1)
#+def convolve(x, h):
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
#+        raise ValueError("x and h must be non-empty vectors")
#+    out = np.zeros(len(x) - len(h) + 1)
#+    for k in range(len(out)):
#+        out[k] = np.dot(x[k : k + len(h)], h[::-1])
#+    return out

# %% assertion_for_value_error from numpy_valid
# You stop bad input with an assertion. The task asks for a ValueError, which callers can catch and
# which stays on when Python runs with -O.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    assert np.ndim(x) == 1 and np.ndim(h) == 1, "x and h must be vectors"
#+    assert 0 < len(h) <= len(x), "the kernel must not be longer than the signal"

# %% bare_exception from numpy_valid
# You stop bad input with a plain Exception. The task asks for a ValueError, which says that a value
# is to blame.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
#+        raise Exception("x and h do not fit together")

# %% type_error_for_value_error from numpy_valid
# You stop bad input with a TypeError. The types are fine here, the lengths are not: the task asks
# for a ValueError.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
#+        raise TypeError("x and h do not fit together")

# %% error_returned from numpy_valid
# You return a ValueError instead of raising it, so that whoever calls takes it for a result.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
#+        return "ValueError"

# %% empty_kernel_accepted from lambda_and_errors_from_numpy
# An empty kernel gets through: you return zeros for it. An empty x or h asks for a ValueError.
#-convolve = lambda x, h: np.convolve(x, h, "valid") if len(h) <= len(x) else np.zeros(-1)
#+def convolve(x, h):
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(h) > len(x):
#+        raise ValueError("x and h must be vectors with K <= D")
#+    K = len(h)
#+    return np.array([np.sum(x[k : k + K] * h[::-1]) for k in range(len(x) - K + 1)])

# %% empty_kernel_gives_empty from numpy_valid
# For an empty x or h you return an empty array. The task asks for a ValueError there.
#+    if np.ndim(x) != 1 or np.ndim(h) != 1:
#+        raise ValueError("x and h must be vectors")
#+    if len(h) == 0 or len(x) == 0:
#+        return np.array([])
#=    if len(h) > len(x):

# %% matrices_flattened from numpy_valid
# You flatten matrices into vectors and go on. An x or h that is not one-dimensional asks for a
# ValueError.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    x, h = np.ravel(x), np.ravel(h)
#+    if not 0 < len(h) <= len(x):
#+        raise ValueError("need 0 < K <= D")

# %% matrices_squeezed from numpy_valid
# A matrix with one row or one column gets through, since you squeeze it into a vector. An x or h
# that is not one-dimensional asks for a ValueError.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    x, h = np.atleast_1d(np.squeeze(x)), np.atleast_1d(np.squeeze(h))
#+    if x.ndim != 1 or h.ndim != 1 or not 0 < len(h) <= len(x):
#+        raise ValueError("need vectors with 0 < K <= D")

# %% dimensions_unchecked
def convolve(x, h):
    """You check the lengths but not the number of dimensions, so matrices get through. An x or h
    that is not one-dimensional asks for a ValueError."""
    if len(x) == 0 or len(h) == 0 or len(h) > len(x):
        raise ValueError("need 0 < K <= D")
    K = len(h)
    out = []
    for k in range(len(x) - K + 1):
        total = 0
        for i in range(K):
            total = total + x[K - 1 + k - i] * h[i]
        out.append(total)
    return np.array(out)

# %% signal_dimensions_unchecked from numpy_valid
# You check h, but an x that is a matrix gets through. Both have to be one-dimensional, or it is a
# ValueError.
#+    if np.ndim(h) != 1 or len(h) == 0 or len(x) == 0:
#+        raise ValueError("h must be a non-empty vector")
#+    x = np.ravel(x)
#=    if len(h) > len(x):

# %% kernel_dimensions_unchecked from numpy_valid
# You check x, but an h that is a matrix gets through. Both have to be one-dimensional, or it is a
# ValueError.
#+    if np.ndim(x) != 1 or len(h) == 0 or len(x) == 0:
#+        raise ValueError("x must be a non-empty vector")
#+    h = np.ravel(h)
#=    if len(h) > len(x):

# %% nothing_checked
def convolve(x, h):
    """You check neither lengths nor dimensions, so that bad input gives some array or other. Where
    K > D, or where x or h is empty or not one-dimensional, raise a ValueError."""
    D, K = len(x), len(h)
    out = []
    for k in range(D - K + 1):
        s = 0
        for i in range(K):
            s += x[K + k - i - 1] * h[i]
        out.append(s)
    return np.array(out)

# %% one_position_early_wraps from correlate_with_the_flipped_kernel
# Your index is one too small: in your first sum it reaches -1, which Python reads as the last entry
# of x. On the sheet k starts at 1, in Python mostly at 0.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    K, D = len(h), len(x)
#+    y = np.zeros(D - K + 1)
#+    for k in range(D - K + 1):
#+        for i in range(1, K + 1):
#+            y[k] += x[K + k - i - 1] * h[i - 1]
#+    return y

# %% index_past_the_end from correlate_with_the_flipped_kernel
# You read past the end of an array. The sheet counts from 1 and Python from 0: put the first and
# the last k and i into your index and compare with the length of x.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    K, D = len(h), len(x)
#+    y = np.zeros(D - K + 1)
#+    for k in range(D - K + 1):
#+        for i in range(K):
#+            y[k] += x[K + k - i] * h[i]
#+    return y

# %% one_position_late_wraps from correlate_with_the_flipped_kernel
# Your index is one too large, and at the end of x it goes on at the start: your first value is the
# sheet's k = 2. The sheet counts from 1, Python from 0.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    K, D = len(h), len(x)
#+    y = np.zeros(D - K + 1)
#+    for k in range(D - K + 1):
#+        for i in range(K):
#+            y[k] += x[(K + k - i) % D] * h[i]
#+    return y

# %% exactly_three_products from correlate_with_the_flipped_kernel
# Your sum always has three products, so a kernel of two fails and a longer one is not used up. The
# sheet's i runs to K, whatever K is.
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    K, D = len(h), len(x)
#+    return np.array([x[k + 2] * h[0] + x[k + 1] * h[1] + x[k] * h[2] for k in range(D - K + 1)])

# %% bad_input_gives_none from numpy_valid
# For input that does not fit you return None, whatever is wrong with it. The task asks for a
# ValueError: where K > D, and where x or h is empty or not one-dimensional.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
#+        return None

# %% type_error_for_dimensions from numpy_valid
# Where x or h is not one-dimensional you raise a TypeError. The task asks for a ValueError there,
# too.
#-    if len(h) > len(x):
#-        raise ValueError("kernel is longer than the signal")
#+    if np.ndim(x) != 1 or np.ndim(h) != 1:
#+        raise TypeError("x and h must be vectors")
#+    if not 0 < len(h) <= len(x):
#+        raise ValueError("need 0 < K <= D")

# %% lengths_left_to_numpy
def convolve(x, h):
    """You check nothing yourself, and NumPy only stops kernels that are much too long. Raise the
    ValueError where K > D, and where x or h is empty or not one-dimensional."""
    D, K = len(x), len(h)
    y = np.zeros(D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            y[k] += x[k + K - 1 - i] * h[i]
    return y

# %% missing_flip + reversed_output from missing_flip
#-    K = len(h)
#-    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])
#+    return np.correlate(h, x, "valid")

# %% missing_flip + full_padding from full_padding
#-    return np.convolve(x, h)
#+    return np.correlate(x, h, mode="full")

# %% missing_flip + one_output_too_many from one_position_late
#-    return np.convolve(x, h)[K : D + 1]
#+    padded = np.append(x, 0)
#+    return np.array([padded[k : k + K] @ h for k in range(D - K + 2)])

# %% missing_flip + last_term_missing from missing_flip
#-    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])
#+    return np.array(
#+        [sum(x[k + i] * h[i] for i in range(K - 1)) for k in range(len(x) - K + 1)], dtype=float
#+    )

# %% missing_flip + first_term_missing from missing_flip
#-    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])
#+    return np.array(
#+        [sum(x[k + i] * h[i] for i in range(1, K)) for k in range(len(x) - K + 1)], dtype=float
#+    )

# %% missing_flip + circular_window from missing_flip
#-    K = len(h)
#-    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])
#+    return np.array([np.dot(np.roll(x, -k)[: len(h)], h) for k in range(len(x))])

# %% missing_flip + zeros_after_the_end from correlate_with_the_flipped_kernel
#-    return np.correlate(x, np.flip(h), mode="valid")
#+    padded = np.append(x, np.zeros(len(h) - 1))
#+    return np.array([padded[k : k + len(h)] @ h for k in range(len(x))])

# %% missing_flip + first_window_only from missing_flip
#-    K = len(h)
#-    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])
#+    return np.dot(x[: len(h)], h)

# %% missing_flip + column_instead_of_vector from missing_flip
#-    K = len(h)
#-    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])
#+    return np.correlate(x, h, "valid").reshape(-1, 1)

# %% missing_flip + flips_the_kernel_in_place from flips_the_kernel_in_place
#-    K = len(h)
#-    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])
#+    return np.convolve(x, h, "valid")

# %% missing_flip + empty_kernel_accepted from empty_kernel_accepted
#-    K = len(h)
#-    return np.array([np.sum(x[k : k + K] * h[::-1]) for k in range(len(x) - K + 1)])
#+    return np.array([np.sum(x[k : k + len(h)] * h) for k in range(len(x) - len(h) + 1)])

# %% missing_flip + dimensions_unchecked from dimensions_unchecked
#-    for k in range(len(x) - K + 1):
#+    for k in range(len(x) - len(h) + 1):
#@
#-        for i in range(K):
#-            total = total + x[K - 1 + k - i] * h[i]
#+        for i in range(len(h)):
#+            total = total + x[k + i] * h[i]

# %% missing_flip + nothing_checked from nothing_checked
#-            s += x[K + k - i - 1] * h[i]
#+            s += x[k + i] * h[i]

# %% full_padding + nothing_checked from long_kernel_swapped
#-    return np.convolve(x, h, "valid")
#+    out = np.zeros(len(x) + len(h) - 1)
#+    for a in range(len(x)):
#+        for b in range(len(h)):
#+            out[a + b] += x[a] * h[b]
#+    return out

# %% one_output_missing + nothing_checked from nothing_checked
#-    for k in range(D - K + 1):
#+    for k in range(D - K):

# %% last_term_missing + nothing_checked from nothing_checked
#-        for i in range(K):
#+        for i in range(K - 1):

# %% running_total + nothing_checked from nothing_checked
#+    s = 0
#=    for k in range(D - K + 1):
#@
#-        s = 0

# %% truncated_to_integers + long_kernel_by_one_accepted from long_kernel_by_one_accepted
#-    out = np.zeros(len(x) - len(h) + 1)
#+    out = np.zeros(len(x) - len(h) + 1, dtype=int)

# %% type_of_the_signal + long_kernel_swapped from long_kernel_swapped
#-    return np.convolve(x, h, "valid")
#+    result = np.convolve(x, h, "valid")
#+    return result.astype(x.dtype)

# %% scalar_for_one_output + long_kernel_swapped from scalar_for_one_output
#-    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
#-        raise ValueError("x and h must be vectors with 0 < K <= D")

# %% empty_kernel_accepted + dimensions_unchecked from numpy_valid
#-        raise ValueError("kernel is longer than the signal")
#-    return np.convolve(x, h, "valid")
#+        raise ValueError("the kernel is longer than the signal")
#+    out = []
#+    for k in range(len(x) - len(h) + 1):
#+        total = 0
#+        for i in range(len(h)):
#+            total = total + x[len(h) - 1 + k - i] * h[i]
#+        out.append(total)
#+    return np.array(out)

# %% missing_flip + lengths_left_to_numpy from lengths_left_to_numpy
#-            y[k] += x[k + K - 1 - i] * h[i]
#+            y[k] += x[k + i] * h[i]

# %% missing_flip + one_position_early_wraps from index_past_the_end
#-            y[k] += x[K + k - i] * h[i]
#+            y[k] += x[k + i - 1] * h[i]

# %% rounded_to_whole_numbers from full_and_cut
# You round to whole numbers, so the values are only nearly right. Return the sums as they are;
# what is printed can be rounded later.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.round(np.convolve(x, h)[len(h) - 1 : len(x)], 0)

# %% rounded_to_two_decimals from full_and_cut
# You round to two decimals, so the values are only nearly right. Return the sums as they are; what
# is printed can be rounded later.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.round(np.convolve(x, h)[len(h) - 1 : len(x)], 2)

# %% rounded_to_three_decimals from full_and_cut
# You round to three decimals, so the values are only nearly right. Return the sums as they are;
# what is printed can be rounded later.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.round(np.convolve(x, h)[len(h) - 1 : len(x)], 3)

# %% rounded_to_four_decimals from full_and_cut
# You round to four decimals, so the values are only nearly right. Return the sums as they are;
# what is printed can be rounded later.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    return np.round(np.convolve(x, h)[len(h) - 1 : len(x)], 4)

# %% slice_ends_at_minus_zero from full_and_cut
# Where K = 1 your slice ends at index -0, which Python reads as 0, and nothing is left. Write the
# end of the slice so that it also works for K = 1.
#-    return np.convolve(x, h)[len(h) - 1 : len(x)]
#+    K = len(h)
#+    return np.convolve(x, h)[K - 1 : -K + 1]

# %% zeros_as_a_list_added from dot_products
# You put a list of zeros before x with a plus. For two lists that is one longer list, but x is an
# array, and there the plus adds number to number. The sheet's sum needs no zeros at the ends,
# either.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    x = [0] * (K - 1) + x
#+    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])

# %% zeros_as_lists_on_both_sides from dot_products
# You put lists of zeros on both sides of x with a plus, which adds them to the numbers of x: a
# plus makes lists longer, not arrays. The sheet's k stays inside x, so no zeros are needed.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    x = [0] * (K // 2) + x + [0] * (K // 2)
#+    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])

# %% window_of_three from dot_products
# Your window is three wide whatever K is, so there are too many outputs or too few, and a kernel
# of two has no third entry. The sheet's i runs to K.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    return np.array([x[k] * h[2] + x[k + 1] * h[1] + x[k + 2] * h[0] for k in range(len(x) - 2)])

# %% parameters_swapped from dot_products
# You take the kernel first and the signal second, but the task hands in x and then h: the first
# line of the function has to stay as it was.
#-def convolve(x, h):
#+def convolve(h, x):

# %% outputs_by_a_formula_for_strides from dot_products
# You halve the number of outputs: in the formula with padding and stride, the 1 stands behind the
# fraction and not in its denominator. The sheet has D - K + 1 of them.
#-    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])
#+    n = (len(x) - K) // (1 + 1)
#+    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(n)])
