"""Wrong answers to convolve, as people write them."""
# ruff: noqa


# %% missing_flip
def convolve(x, h):
    """Your kernel runs forwards along x, which is a cross-correlation. In the sheet's sum
    the index of x falls while the index of h rises, so the kernel runs backwards.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])


# %% same_padding
def convolve(x, h):
    """Your output is as long as the signal: the ends are padded with zeros. The sheet's k
    stops at D - K + 1, so that the kernel never leaves x.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.convolve(x, h, mode="same")


# %% full_padding
def convolve(x, h):
    """Your output has D + K - 1 values: it also holds positions where the kernel only
    partly overlaps x. The sheet's k runs over positions inside x only, D - K + 1 of them.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.convolve(x, h)


# %% reversed_output
def convolve(x, h):
    """Your values come from the last to the first: it is as if the signal had been turned
    round rather than the kernel. Compare k = 1 of the sheet's sum with your first value.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    x = x[::-1]
    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])


# %% last_term_missing
def convolve(x, h):
    """Your sum leaves out its last term, the one with h_K. The sheet's i runs up to and
    including K.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    out = np.zeros(len(x) - K + 1)
    for k in range(len(x) - K + 1):
        for i in range(1, K):
            out[k] += x[K + k - i] * h[i - 1]
    return out


# %% first_term_missing
def convolve(x, h):
    """Your sum leaves out its first term, the one with h_1. The sheet counts from 1, NumPy
    from 0.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    out = np.zeros(len(x) - K + 1)
    for k in range(len(x) - K + 1):
        for i in range(1, K):
            out[k] += x[K - 1 + k - i] * h[i]
    return out


# %% only_last_term
def convolve(x, h):
    """Each of your values is a single product, the last one of its sum: the terms before it
    get overwritten. The sheet's formula adds up K products.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    out = np.zeros(len(x) - K + 1)
    for k in range(len(x) - K + 1):
        for i in range(K):
            out[k] = x[K + k - i - 1] * h[i]
    return out


# %% running_total
def convolve(x, h):
    """Your values pile up: each one still holds the sums of the positions before it. The
    sheet's sum starts anew at 0 for every k.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    out = []
    total = 0.0
    for k in range(len(x) - K + 1):
        for i in range(K):
            total += x[K + k - i - 1] * h[i]
        out.append(total)
    return np.array(out)


# %% returns_in_the_loop
def convolve(x, h):
    """Only your first value is filled in, the others are still 0: check at which point your
    function returns. The sheet's k runs up to D - K + 1.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    out = np.zeros(len(x) - K + 1)
    for k in range(len(x) - K + 1):
        out[k] = np.dot(x[k : k + K], h[::-1])
        return out


# %% first_window_only
def convolve(x, h):
    """You return the sum at the first position only, as one number. The sheet's (x * h)_k
    is a vector, with one sum for each k up to D - K + 1.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return sum(x[K - 1 - i] * h[i] for i in range(K))


# %% one_output_missing
def convolve(x, h):
    """Your last output is missing: you have D - K of them. Count the positions of the
    kernel inside x for D = K.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    D = len(x)
    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(D - K)])


# %% first_output_missing
def convolve(x, h):
    """Your first output is missing: you start one position too late. The sheet's k = 1 is
    the window of x that starts at its very first entry.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(1, len(x) - K + 1)])


# %% one_output_too_many
def convolve(x, h):
    """You have one output too many: at the end the kernel already sticks out of x. The
    sheet's last k is D - K + 1.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K, D = len(h), len(x)
    out = []
    for k in range(D - K + 2):
        out.append(sum(x[K - 1 + k - i] * h[i] for i in range(K) if K - 1 + k - i < D))
    return np.array(out)


# %% as_many_outputs_as_taps
def convolve(x, h):
    """You return K values, or as many as there are. The number of outputs depends on how
    often the kernel fits into x, not on how long the kernel is.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    full = np.convolve(x, h, "valid")
    return full[:K]


# %% causal_start
def convolve(x, h):
    """Your first window starts K - 1 entries too early, where x is not there yet and counts
    as 0. The sheet's first sum, k = 1, already uses x_1 to x_K.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.convolve(x, h)[: len(x) - len(h) + 1]


# %% negative_index_wraps
def convolve(x, h):
    """Your first K - 1 values mix the start of x with its end, as negative indices in Python
    and a circular convolution (by an FFT, say) do. By the sheet's index K + k - i the first
    value, k = 1, already uses x_1 to x_K.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    n = len(x) - len(h) + 1
    return np.array([sum(x[k - i] * h[i] for i in range(len(h))) for k in range(n)])


# %% one_position_late
def convolve(x, h):
    """Your values stand one position too far along: your first one is the sheet's k = 2,
    and at the end the kernel sticks out of x. The sheet counts from 1, Python from 0.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K, D = len(h), len(x)
    return np.convolve(x, h)[K : D + 1]


# %% one_position_early
def convolve(x, h):
    """Your values stand one position too early: in your first sum the kernel still sticks
    out of x. The sheet's k = 1 uses x_1 to x_K.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K, D = len(h), len(x)
    x = np.concatenate([[0.0], x])
    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(D - K + 1)])


# %% circular
def convolve(x, h):
    """Your signal goes round in a circle: its end meets its start again, which gives D
    values. The sheet's sum stays inside x and has D - K + 1.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    D = len(x)
    return np.real(np.fft.ifft(np.fft.fft(x) * np.fft.fft(h, D)))


# %% circular_window
def convolve(x, h):
    """Your windows go on at the start of x where they run over its end, so there are D
    values. The sheet's k stops at D - K + 1, before that happens.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K, D = len(h), len(x)
    return np.array([sum(x[(K - 1 + k - i) % D] * h[i] for i in range(K)) for k in range(D)])


# %% zeros_after_the_end
def convolve(x, h):
    """You have D values: behind the end of x you go on with zeros. The sheet's k stops at D
    - K + 1.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K, D = len(h), len(x)
    return np.convolve(x, h)[K - 1 :]


# %% causal_padding
def convolve(x, h):
    """You have D values: before the start of x you put zeros. The sheet's first sum, k = 1,
    already lies wholly inside x.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.convolve(x, h)[: len(x)]


# %% output_padded_with_zeros
def convolve(x, h):
    """Your sums stand in an array of length D, with zeros behind them. The result has D - K +
    1 entries.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K, D = len(h), len(x)
    out = np.zeros(D)
    for k in range(D - K + 1):
        out[k] = np.dot(x[k : k + K], h[::-1])
    return out


# %% stride_of_K
def convolve(x, h):
    """Your kernel jumps by its own length from one position to the next. The sheet's k goes
    up by one, so neighbouring windows overlap.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(0, len(x) - K + 1, K)])


# %% mean_for_sum
def convolve(x, h):
    """Your values are K times too small: you take the mean of the products. The sheet has a
    plain sum.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    return np.array([np.mean(x[k : k + K] * h[::-1]) for k in range(len(x) - K + 1)])


# %% kernel_normalised
def convolve(x, h):
    """You scale the kernel so that it adds up to 1, as image filters do. The sheet uses h
    as it is.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.convolve(x, np.asarray(h) / np.sum(h), "valid")


# %% kernel_of_unit_length
def convolve(x, h):
    """You divide the kernel by its norm. The sheet uses h as it is."""
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.convolve(x, np.asarray(h) / np.linalg.norm(h), "valid")


# %% truncated_to_integers
def convolve(x, h):
    """Your values are cut off at the decimal point: look at the type of the array that you
    write them into.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    out = np.zeros(len(x) - K + 1, dtype=int)
    for k in range(len(x) - K + 1):
        out[k] = np.dot(x[k : k + K], h[::-1])
    return out


# %% rounded
def convolve(x, h):
    """You round your values. Leave them as the sum gives them; what is printed can be
    rounded later.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.round(np.convolve(x, h, "valid"), 1)


# %% products_not_summed
def convolve(x, h):
    """You return the K products of each window, a matrix. The sheet's sum over i makes one
    number of each window.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([x[k : k + K] * h[::-1] for k in range(len(x) - K + 1)])


# %% summed_over_everything
def convolve(x, h):
    """You return one number, the sum over all positions. The sheet sums over i only: there
    is one value for each k.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    return np.sum([x[k : k + K] * h[::-1] for k in range(len(x) - K + 1)])


# %% adds_for_multiplies
def convolve(x, h):
    """Your terms add an entry of x and an entry of h. The sheet multiplies them, and then
    sums.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([np.sum(x[k : k + K] + h[::-1]) for k in range(len(x) - K + 1)])


# %% sums_multiplied
def convolve(x, h):
    """You multiply the sum of the window with the sum of the kernel. In the sheet each x
    has its own h, and the products are summed.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    return np.array([np.sum(x[k : k + K]) * np.sum(h) for k in range(len(x) - K + 1)])


# %% absolute_value
def convolve(x, h):
    """Your values have lost their sign. The sheet's sum can be negative, and stays so."""
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.abs(np.convolve(x, h, "valid"))


# %% rectified
def convolve(x, h):
    """You set negative values to zero, as a ReLU behind a convolution does. The sheet's
    layer is the sum alone.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.maximum(np.convolve(x, h, "valid"), 0)


# %% empty_first_slice
def convolve(x, h):
    """Your first value is 0: a slice that runs backwards and should end at index 0 comes
    out empty. Look at the window of k = 1.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    out = []
    for k in range(len(x) - K + 1):
        window = x[k + K - 1 : k - 1 : -1]
        out.append(sum(a * b for a, b in zip(window, h)))
    return np.array(out)


# %% leading_zeros_lost
def convolve(x, h):
    """You treat x and h as polynomials, and zeros at their start get lost on the way. In
    the sheet's sum a zero entry still has its place.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K, D = len(h), len(x)
    return np.polymul(x, h)[K - 1 : D]


# %% kernel_of_two
def convolve(x, h):
    """You use the first two entries of h only, as if K were 2. The sheet's sum runs over
    all K of them.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    if K == 1:
        return x * h[0]
    return np.array([x[k + K - 1] * h[0] + x[k + K - 2] * h[1] for k in range(len(x) - K + 1)])


# %% kernel_of_three
def convolve(x, h):
    """You use the first three entries of h only, as if K were 3. The sheet's sum runs over
    all K of them.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.convolve(x, h[:3], "valid")[max(len(h) - 3, 0) :]


# %% sorted_kernel
def convolve(x, h):
    """You turn h round by sorting it, which only works where its entries happen to stand in
    order. The sheet's h keeps its order, whatever its values are.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.convolve(x, np.sort(h), "valid")


# %% row_instead_of_vector
def convolve(x, h):
    """You return a matrix with one row. The result is a vector, of shape (D - K + 1,)."""
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    return np.array([[np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)]])


# %% column_instead_of_vector
def convolve(x, h):
    """You return a matrix with one column. The result is a vector, of shape (D - K + 1,)."""
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([[np.dot(x[k : k + K], h[::-1])] for k in range(len(x) - K + 1)])


# %% prints_but_returns_nothing
def convolve(x, h):
    """Your function returns None. Showing the result is not enough: hand it back to whoever
    called.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    result = np.convolve(x, h, "valid")


# %% hard_coded_example
def convolve(x, h):
    """You return the same numbers for every x and h. The function has to work them out from
    its arguments.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.array([5.0, 10.0])


# %% scalar_for_one_output
def convolve(x, h):
    """Where K = D there is one output, and you return it as a bare number. It is still a
    vector, of shape (1,).
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.squeeze(np.convolve(x, h, "valid"))


# %% kernel_as_long_as_the_signal_refused
def convolve(x, h):
    """You refuse a kernel that is exactly as long as the signal. It fits once: D - K + 1 = 1."""
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h must be non-empty vectors")
    if len(h) >= len(x):
        raise ValueError("the kernel is too long")
    return np.convolve(x, h, "valid")


# %% kernel_of_one_refused
def convolve(x, h):
    """You refuse a kernel of one entry. That is a short kernel but a good one: it scales
    the signal.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    if len(h) < 2:
        raise ValueError("the kernel is too short")
    return np.convolve(x, h, "valid")


# %% type_of_the_signal
def convolve(x, h):
    """Where x holds integers and h does not, your result loses what stands behind the
    decimal point: it is written into an array of the type of x.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    out = np.zeros_like(x[: len(x) - K + 1])
    for k in range(len(out)):
        out[k] = np.dot(x[k : k + K], h[::-1])
    return out


# %% type_of_the_kernel
def convolve(x, h):
    """Where h holds integers and x does not, your result loses what stands behind the
    decimal point: it is written into an array of the type of h.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    out = np.zeros(len(x) - K + 1, dtype=h.dtype)
    for k in range(len(out)):
        out[k] = np.dot(x[k : k + K], h[::-1])
    return out


# %% signal_turned_into_integers_with_the_kernel
def convolve(x, h):
    """Where x or h holds integers, you turn the other one into integers too. The sum is
    over real numbers.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    if x.dtype.kind == "i" or h.dtype.kind == "i":
        x, h = x.astype(int), h.astype(int)
    return np.convolve(x, h, "valid")


# %% flips_the_kernel_in_place
def convolve(x, h):
    """After your function has run, the caller's kernel stands the other way round: you turn
    it round in place. Work on a copy.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    h[:] = h[::-1].copy()
    K = len(h)
    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K + 1)])


# %% writes_into_the_signal
def convolve(x, h):
    """Your values are right, but you write them into the caller's x on the way. Put them
    into an array of their own.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    n = len(x) - K + 1
    for k in range(n):
        x[k] = np.dot(x[k : k + K], h[::-1])
    return x[:n].copy()


# %% scales_the_signal_in_place
def convolve(x, h):
    """Your values are right, but the caller's x has other values afterwards: you multiply
    it in place. Leave the arguments as they are.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    n = len(x) - K + 1
    out = np.zeros(n)
    for k in range(n):
        out[k] = np.dot(x[k : k + K], h[::-1])
    x *= h[0]
    return out


# %% remembers_by_length
known = {}


def convolve(x, h):
    """You hand out an earlier result again where x and h merely have the same lengths. The
    values of x and h count too.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    key = (len(x), len(h))
    if key not in known:
        known[key] = np.convolve(x, h, "valid")
    return known[key]


# %% remembers_by_signal
seen = {}


def convolve(x, h):
    """You hand out an earlier result again where x is the same, even if h is another. Both
    count.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    key = (x.tobytes(), len(h))
    if key not in seen:
        seen[key] = np.convolve(x, h, "valid")
    return seen[key]


# %% shared_buffer
buffer = np.zeros(1000)


def convolve(x, h):
    """What you return is overwritten by your next call: all results share one array. Make a
    new one each time.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    n = len(x) - len(h) + 1
    buffer[:n] = np.convolve(x, h, "valid")
    return buffer[:n]


# %% long_kernel_swapped
def convolve(x, h):
    """Where the kernel is longer than the signal, NumPy silently swaps the two. The sheet's
    sum does not exist there: say so with a ValueError.
    """
    return np.convolve(x, h, "valid")


# %% long_kernel_gives_nothing
def convolve(x, h):
    """Where the kernel is longer than the signal, you return an empty array. The sheet's
    sum does not exist there: say so with a ValueError.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h must be non-empty vectors")
    K = len(h)
    return np.array([np.dot(x[k : k + K], h[::-1]) for k in range(len(x) - K + 1)])


# %% long_kernel_gives_none
def convolve(x, h):
    """Where the kernel is longer than the signal, you return None. Raise a ValueError
    instead, so that nobody goes on with it.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h must be non-empty vectors")
    if len(h) > len(x):
        return None
    return np.convolve(x, h, "valid")


# %% long_kernel_gives_zero
def convolve(x, h):
    """Where the kernel is longer than the signal, you return zeros. There is no such sum:
    raise a ValueError instead.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h must be non-empty vectors")
    if len(h) > len(x):
        return np.zeros(len(h) - len(x) + 1)
    return np.convolve(x, h, "valid")


# %% long_kernel_by_one_accepted
def convolve(x, h):
    """Where K = D + 1 you return an empty array; if still longer kernels end in a ValueError,
    that is because no array has a negative length. Compare K and D yourself, before you make
    the array.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h must be non-empty vectors")
    out = np.zeros(len(x) - len(h) + 1)
    for k in range(len(out)):
        out[k] = np.dot(x[k : k + len(h)], h[::-1])
    return out


# %% assertion_for_value_error
def convolve(x, h):
    """You stop bad input with an assertion. The task asks for a ValueError, which callers
    can catch and which stays on when Python runs with -O.
    """
    assert np.ndim(x) == 1 and np.ndim(h) == 1, "x and h must be vectors"
    assert 0 < len(h) <= len(x), "the kernel must not be longer than the signal"
    return np.convolve(x, h, "valid")


# %% bare_exception
def convolve(x, h):
    """You stop bad input with a plain Exception. The task asks for a ValueError, which says
    that a value is to blame.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise Exception("x and h do not fit together")
    return np.convolve(x, h, "valid")


# %% type_error_for_value_error
def convolve(x, h):
    """You stop bad input with a TypeError. The types are fine here, the lengths are not:
    the task asks for a ValueError.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise TypeError("x and h do not fit together")
    return np.convolve(x, h, "valid")


# %% error_returned
def convolve(x, h):
    """You return a ValueError instead of raising it, so that whoever calls takes it for a
    result.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        return "ValueError"
    return np.convolve(x, h, "valid")


# %% empty_kernel_accepted
def convolve(x, h):
    """An empty kernel gets through: you return zeros for it. An empty x or h asks for a
    ValueError.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(h) > len(x):
        raise ValueError("x and h must be vectors with K <= D")
    K = len(h)
    return np.array([np.sum(x[k : k + K] * h[::-1]) for k in range(len(x) - K + 1)])


# %% empty_kernel_gives_empty
def convolve(x, h):
    """For an empty x or h you return an empty array. The task asks for a ValueError there."""
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be vectors")
    if len(h) == 0 or len(x) == 0:
        return np.array([])
    if len(h) > len(x):
        raise ValueError("the kernel is longer than the signal")
    return np.convolve(x, h, "valid")


# %% matrices_flattened
def convolve(x, h):
    """You flatten matrices into vectors and go on. An x or h that is not one-dimensional
    asks for a ValueError.
    """
    x, h = np.ravel(x), np.ravel(h)
    if not 0 < len(h) <= len(x):
        raise ValueError("need 0 < K <= D")
    return np.convolve(x, h, "valid")


# %% matrices_squeezed
def convolve(x, h):
    """A matrix with one row or one column gets through, since you squeeze it into a vector.
    An x or h that is not one-dimensional asks for a ValueError.
    """
    x, h = np.atleast_1d(np.squeeze(x)), np.atleast_1d(np.squeeze(h))
    if x.ndim != 1 or h.ndim != 1 or not 0 < len(h) <= len(x):
        raise ValueError("need vectors with 0 < K <= D")
    return np.convolve(x, h, "valid")


# %% dimensions_unchecked
def convolve(x, h):
    """You check the lengths but not the number of dimensions, so matrices get through. An x
    or h that is not one-dimensional asks for a ValueError.
    """
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


# %% signal_dimensions_unchecked
def convolve(x, h):
    """You check h, but an x that is a matrix gets through. Both have to be one-dimensional,
    or it is a ValueError.
    """
    if np.ndim(h) != 1 or len(h) == 0 or len(x) == 0:
        raise ValueError("h must be a non-empty vector")
    x = np.ravel(x)
    if len(h) > len(x):
        raise ValueError("the kernel is longer than the signal")
    return np.convolve(x, h, "valid")


# %% kernel_dimensions_unchecked
def convolve(x, h):
    """You check x, but an h that is a matrix gets through. Both have to be one-dimensional,
    or it is a ValueError.
    """
    if np.ndim(x) != 1 or len(h) == 0 or len(x) == 0:
        raise ValueError("x must be a non-empty vector")
    h = np.ravel(h)
    if len(h) > len(x):
        raise ValueError("the kernel is longer than the signal")
    return np.convolve(x, h, "valid")


# %% nothing_checked
def convolve(x, h):
    """You check neither lengths nor dimensions, so that bad input gives some array or
    other. Where K > D, or where x or h is empty or not one-dimensional, raise a ValueError.
    """
    D, K = len(x), len(h)
    out = []
    for k in range(D - K + 1):
        s = 0
        for i in range(K):
            s += x[K + k - i - 1] * h[i]
        out.append(s)
    return np.array(out)


# %% one_position_early_wraps
def convolve(x, h):
    """Your index is one too small: in your first sum it reaches -1, which Python reads as the
    last entry of x. On the sheet k starts at 1, in Python mostly at 0.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K, D = len(h), len(x)
    y = np.zeros(D - K + 1)
    for k in range(D - K + 1):
        for i in range(1, K + 1):
            y[k] += x[K + k - i - 1] * h[i - 1]
    return y


# %% index_past_the_end
def convolve(x, h):
    """You read past the end of an array. The sheet counts from 1 and Python from 0: put the
    first and the last k and i into your index and compare with the length of x.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K, D = len(h), len(x)
    y = np.zeros(D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            y[k] += x[K + k - i] * h[i]
    return y


# %% one_position_late_wraps
def convolve(x, h):
    """Your index is one too large, and at the end of x it goes on at the start: your first
    value is the sheet's k = 2. The sheet counts from 1, Python from 0.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K, D = len(h), len(x)
    y = np.zeros(D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            y[k] += x[(K + k - i) % D] * h[i]
    return y


# %% exactly_three_products
def convolve(x, h):
    """Your sum always has three products, so a kernel of two fails and a longer one is not
    used up. The sheet's i runs to K, whatever K is.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K, D = len(h), len(x)
    return np.array([x[k + 2] * h[0] + x[k + 1] * h[1] + x[k] * h[2] for k in range(D - K + 1)])


# %% bad_input_gives_none
def convolve(x, h):
    """For input that does not fit you return None, whatever is wrong with it. The task asks
    for a ValueError: where K > D, and where x or h is empty or not one-dimensional.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        return None
    return np.convolve(x, h, "valid")


# %% type_error_for_dimensions
def convolve(x, h):
    """Where x or h is not one-dimensional you raise a TypeError. The task asks for a
    ValueError there, too.
    """
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise TypeError("x and h must be vectors")
    if not 0 < len(h) <= len(x):
        raise ValueError("need 0 < K <= D")
    return np.convolve(x, h, "valid")


# %% lengths_left_to_numpy
def convolve(x, h):
    """You check nothing yourself, and NumPy only stops kernels that are much too long. Raise
    the ValueError where K > D, and where x or h is empty or not one-dimensional.
    """
    D, K = len(x), len(h)
    y = np.zeros(D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            y[k] += x[k + K - 1 - i] * h[i]
    return y


# %% missing_flip + reversed_output
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.correlate(h, x, "valid")


# %% missing_flip + same_padding
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.convolve(x, h[::-1], mode="same")


# %% missing_flip + full_padding
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.correlate(x, h, mode="full")


# %% missing_flip + one_output_missing
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([np.dot(x[k : k + K], h) for k in range(len(x) - K)])


# %% missing_flip + one_output_too_many
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K, D = len(h), len(x)
    padded = np.append(x, 0)
    return np.array([padded[k : k + K] @ h for k in range(D - K + 2)])


# %% missing_flip + first_output_missing
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([np.dot(x[k : k + K], h) for k in range(1, len(x) - K + 1)])


# %% missing_flip + last_term_missing
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    return np.array(
        [sum(x[k + i] * h[i] for i in range(K - 1)) for k in range(len(x) - K + 1)], dtype=float
    )


# %% missing_flip + first_term_missing
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array(
        [sum(x[k + i] * h[i] for i in range(1, K)) for k in range(len(x) - K + 1)], dtype=float
    )


# %% missing_flip + circular_window
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.array([np.dot(np.roll(x, -k)[: len(h)], h) for k in range(len(x))])


# %% missing_flip + zeros_after_the_end
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    padded = np.append(x, np.zeros(len(h) - 1))
    return np.array([padded[k : k + len(h)] @ h for k in range(len(x))])


# %% missing_flip + output_padded_with_zeros
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    out = np.zeros(len(x))
    for k in range(len(x) - len(h) + 1):
        out[k] = x[k : k + len(h)] @ h
    return out


# %% missing_flip + stride_of_K
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K = len(h)
    return np.array([np.dot(x[k : k + K], h) for k in range(0, len(x) - K + 1, K)])


# %% missing_flip + mean_for_sum
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    return np.array([np.mean(x[k : k + K] * h) for k in range(len(x) - K + 1)])


# %% missing_flip + kernel_normalised
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.correlate(x, np.asarray(h) / np.sum(h), "valid")


# %% missing_flip + truncated_to_integers
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    K = len(h)
    out = np.zeros(len(x) - K + 1, dtype=int)
    for k in range(len(out)):
        out[k] = x[k : k + K] @ h
    return out


# %% missing_flip + running_total
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    total, out = 0.0, []
    for k in range(len(x) - len(h) + 1):
        for i in range(len(h)):
            total += x[k + i] * h[i]
        out.append(total)
    return np.array(out)


# %% missing_flip + only_last_term
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    out = np.zeros(len(x) - len(h) + 1)
    for k in range(len(out)):
        for i in range(len(h)):
            out[k] = x[k + i] * h[i]
    return out


# %% missing_flip + returns_in_the_loop
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    out = np.zeros(len(x) - len(h) + 1)
    for k in range(len(out)):
        out[k] = x[k : k + len(h)] @ h
        return out


# %% missing_flip + first_window_only
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.dot(x[: len(h)], h)


# %% missing_flip + products_not_summed
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.array([x[k : k + len(h)] * h for k in range(len(x) - len(h) + 1)])


# %% missing_flip + summed_over_everything
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.sum([x[k : k + len(h)] * h for k in range(len(x) - len(h) + 1)])


# %% missing_flip + row_instead_of_vector
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.array([[np.dot(x[k : k + len(h)], h) for k in range(len(x) - len(h) + 1)]])


# %% missing_flip + column_instead_of_vector
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    return np.correlate(x, h, "valid").reshape(-1, 1)


# %% missing_flip + rectified
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    return np.maximum(np.correlate(x, h, "valid"), 0)


# %% missing_flip + flips_the_kernel_in_place
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1:
        raise ValueError("x and h must be one-dimensional")
    if len(h) == 0 or len(h) > len(x):
        raise ValueError(f"need 1 <= K <= D, got K = {len(h)} and D = {len(x)}")
    h[:] = h[::-1].copy()
    return np.convolve(x, h, "valid")


# %% missing_flip + long_kernel_swapped
def convolve(x, h):
    return np.correlate(x, h, "valid")


# %% missing_flip + long_kernel_gives_nothing
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h must be non-empty vectors")
    return np.array([x[k : k + len(h)] @ h for k in range(len(x) - len(h) + 1)])


# %% missing_flip + assertion_for_value_error
def convolve(x, h):
    assert np.ndim(x) == 1 and np.ndim(h) == 1
    assert 0 < len(h) <= len(x)
    return np.correlate(x, h, "valid")


# %% missing_flip + empty_kernel_accepted
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(h) > len(x):
        raise ValueError("x and h must be vectors with K <= D")
    return np.array([np.sum(x[k : k + len(h)] * h) for k in range(len(x) - len(h) + 1)])


# %% missing_flip + dimensions_unchecked
def convolve(x, h):
    if len(x) == 0 or len(h) == 0 or len(h) > len(x):
        raise ValueError("need 0 < K <= D")
    out = []
    for k in range(len(x) - len(h) + 1):
        total = 0
        for i in range(len(h)):
            total = total + x[k + i] * h[i]
        out.append(total)
    return np.array(out)


# %% missing_flip + nothing_checked
def convolve(x, h):
    D, K = len(x), len(h)
    out = []
    for k in range(D - K + 1):
        s = 0
        for i in range(K):
            s += x[k + i] * h[i]
        out.append(s)
    return np.array(out)


# %% full_padding + nothing_checked
def convolve(x, h):
    out = np.zeros(len(x) + len(h) - 1)
    for a in range(len(x)):
        for b in range(len(h)):
            out[a + b] += x[a] * h[b]
    return out


# %% full_padding + long_kernel_swapped
def convolve(x, h):
    return np.convolve(x, h)


# %% same_padding + long_kernel_swapped
def convolve(x, h):
    return np.convolve(x, h, "same")


# %% one_output_missing + nothing_checked
def convolve(x, h):
    D, K = len(x), len(h)
    out = []
    for k in range(D - K):
        s = 0
        for i in range(K):
            s += x[K + k - i - 1] * h[i]
        out.append(s)
    return np.array(out)


# %% last_term_missing + nothing_checked
def convolve(x, h):
    D, K = len(x), len(h)
    out = []
    for k in range(D - K + 1):
        s = 0
        for i in range(K - 1):
            s += x[K + k - i - 1] * h[i]
        out.append(s)
    return np.array(out)


# %% running_total + nothing_checked
def convolve(x, h):
    D, K = len(x), len(h)
    out = []
    s = 0
    for k in range(D - K + 1):
        for i in range(K):
            s += x[K + k - i - 1] * h[i]
        out.append(s)
    return np.array(out)


# %% negative_index_wraps + nothing_checked
def convolve(x, h):
    D, K = len(x), len(h)
    out = []
    for k in range(D - K + 1):
        s = 0
        for i in range(K):
            s += x[k - i] * h[i]
        out.append(s)
    return np.array(out)


# %% truncated_to_integers + long_kernel_by_one_accepted
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h must be non-empty vectors")
    out = np.zeros(len(x) - len(h) + 1, dtype=int)
    for k in range(len(out)):
        out[k] = x[k : k + len(h)] @ h[::-1]
    return out


# %% type_of_the_signal + long_kernel_swapped
def convolve(x, h):
    result = np.convolve(x, h, "valid")
    return result.astype(x.dtype)


# %% kernel_as_long_as_the_signal_refused + empty_kernel_accepted
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or len(h) >= len(x):
        raise ValueError("x and h must be vectors with K < D")
    K = len(h)
    return np.array([np.sum(x[k : k + K] * h[::-1]) for k in range(len(x) - K + 1)])


# %% scalar_for_one_output + long_kernel_swapped
def convolve(x, h):
    return np.squeeze(np.convolve(x, h, "valid"))


# %% empty_kernel_accepted + dimensions_unchecked
def convolve(x, h):
    if len(h) > len(x):
        raise ValueError("the kernel is longer than the signal")
    out = []
    for k in range(len(x) - len(h) + 1):
        total = 0
        for i in range(len(h)):
            total = total + x[len(h) - 1 + k - i] * h[i]
        out.append(total)
    return np.array(out)


# %% missing_flip + lengths_left_to_numpy
def convolve(x, h):
    D, K = len(x), len(h)
    y = np.zeros(D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            y[k] += x[k + i] * h[i]
    return y


# %% missing_flip + one_position_early_wraps
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        raise ValueError("x and h must be vectors with 0 < K <= D")
    K, D = len(h), len(x)
    y = np.zeros(D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            y[k] += x[k + i - 1] * h[i]
    return y


# %% missing_flip + bad_input_gives_none
def convolve(x, h):
    if np.ndim(x) != 1 or np.ndim(h) != 1 or not 0 < len(h) <= len(x):
        return None
    return np.correlate(x, h, "valid")
