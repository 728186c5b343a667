"""Wrong answers to convolution_matrix, as people write them."""
# ruff: noqa


# %% missing_flip
def convolution_matrix(h, D):
    """Your rows hold h as it stands, which gives a cross-correlation. In the sheet's sum
    the index of x falls while that of h rises: write down which h_i meets x_1 for k = 1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% transposed
def convolution_matrix(h, D):
    """Your W_h lies on its side: rows and columns are swapped. W_h has one row for each
    output k and one column for each entry of x.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)])


# %% same_padding
def convolution_matrix(h, D):
    """Your W_h is square: it keeps D outputs by letting the kernel stick out of x at both
    ends. The sheet's k stops at D - K + 1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return np.array([np.convolve(e, h, "same") for e in np.eye(D)]).T


# %% full_padding
def convolution_matrix(h, D):
    """Your W_h has D + K - 1 rows, also for positions where the kernel only partly overlaps
    x. The sheet's k runs over positions inside x only.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    W = np.zeros((D + len(h) - 1, D))
    for j in range(D):
        W[j : j + len(h), j] = h
    return W


# %% one_row_too_few
def convolution_matrix(h, D):
    """Your last row is missing: W_h has D - K + 1 rows. Count how often a kernel of length
    K = D fits into x.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K, D))
    for k in range(D - K):
        W[k, k : k + K] = h[::-1]
    return W


# %% first_row_missing
def convolution_matrix(h, D):
    """Your first row is missing: the sheet's k = 1 is the window that starts at the very
    first entry of x.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    rows = []
    for k in range(1, D - K + 1):
        row = np.zeros(D)
        row[k : k + K] = h[::-1]
        rows.append(row)
    return np.array(rows)


# %% one_row_too_many
def convolution_matrix(h, D):
    """W_h has one row too many: in the last one a part of the kernel is cut off. The
    sheet's last k is D - K + 1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 2, D))
    for k in range(D - K + 2):
        for i in range(K):
            if k + i < D:
                W[k, k + i] = h[K - 1 - i]
    return W


# %% row_of_zeros_below
def convolution_matrix(h, D):
    """Below the band there is one row of zeros too many. W_h has D - K + 1 rows, one for
    each k.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 2, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% last_row_empty
def convolution_matrix(h, D):
    """Your last row is left at zero: your loop ends one row too early. The sheet's k goes
    up to and including D - K + 1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K):
        W[k, k : k + K] = h[::-1]
    return W


# %% one_column_too_many
def convolution_matrix(h, D):
    """W_h has one column too many, a column of zeros. It needs one column for each entry of
    x, D of them.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D + 1))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% last_column_cut
def convolution_matrix(h, D):
    """Your last column is missing: W_h needs one column for each entry of x, D of them."""
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W[:, : D - 1]


# %% length_taken_for_number_of_outputs
def convolution_matrix(h, D):
    """You take D for the number of outputs. On the sheet it is the number of inputs: W_h
    has D columns, and fewer rows.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D, D + K - 1))
    for k in range(D):
        W[k, k : k + K] = h[::-1]
    return W


# %% padded_with_rows_of_zeros
def convolution_matrix(h, D):
    """Your W_h is square: below the band it goes on with rows of zeros. It has D - K + 1
    rows, one for each k.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% band_cut_at_the_border
def convolution_matrix(h, D):
    """W_h is square: its last rows hold only a part of the kernel, as if x went on with
    zeros. The sheet's k stops at D - K + 1.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D, D))
    for i in range(K):
        W += np.diag(h[K - 1 - i] * np.ones(D - i), i)
    return W


# %% circulant
def convolution_matrix(h, D):
    """W_h is square, and the kernel that leaves it on one side comes in again on the other:
    a circulant matrix. The sheet's k stops before that happens.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    row = np.zeros(D)
    row[: len(h)] = h[::-1]
    return np.array([np.roll(row, k) for k in range(D)])


# %% circular_convolution
def convolution_matrix(h, D):
    """W_h is the matrix of the circular convolution: it is square, and the start of x is
    taken to follow on its end. The sheet's sum stays inside x.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    import scipy.linalg

    column = np.zeros(D)
    column[: len(h)] = h
    return scipy.linalg.circulant(column)


# %% top_of_the_circulant
def convolution_matrix(h, D):
    """You take the first rows of a circulant matrix, in which the kernel still wraps round.
    Which of its rows lie wholly inside x? Compare with the sheet's k = 1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    import scipy.linalg

    column = np.zeros(D)
    column[: len(h)] = h
    return scipy.linalg.circulant(column)[: D - len(h) + 1]


# %% lower_triangular
def convolution_matrix(h, D):
    """W_h is square and lower triangular: x is taken to be preceded by zeros. The sheet's
    first row, k = 1, already uses x_1 to x_K.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    from scipy.linalg import toeplitz

    return toeplitz(np.append(h, np.zeros(D - len(h))), np.zeros(D))


# %% top_of_the_lower_triangle
def convolution_matrix(h, D):
    """Your first rows hold only a part of the kernel, as if zeros came before x. The
    sheet's first row, k = 1, already uses x_1 to x_K.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    from scipy.linalg import toeplitz

    column = np.append(h, np.zeros(D - len(h)))
    return toeplitz(column, np.zeros(D))[: D - len(h) + 1]


# %% symmetric_toeplitz
def convolution_matrix(h, D):
    """W_h is square and symmetric: a Toeplitz matrix from one list alone mirrors it at the
    diagonal. The first row and the first column of W_h differ.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    from scipy.linalg import toeplitz

    return toeplitz(np.append(h, np.zeros(D - len(h))))


# %% top_of_the_symmetric_toeplitz
def convolution_matrix(h, D):
    """Below the diagonal you repeat what stands above it: a Toeplitz matrix from one list
    alone is symmetric. The first column of W_h is zero but for its first entry.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    from scipy.linalg import toeplitz

    return toeplitz(np.append(h[::-1], np.zeros(D - len(h))))[: D - len(h) + 1]


# %% wrong_corner
def convolution_matrix(h, D):
    """The diagonal where your band begins holds h_1: you put it at the head of the first
    column. Which h_i meets x_1 in the sheet's sum for k = 1?
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    from scipy.linalg import toeplitz

    K = len(h)
    row = np.append(h[::-1], np.zeros(D - K))
    column = np.append(h[:1], np.zeros(D - K))
    return toeplitz(column, row)


# %% band_runs_backwards
def convolution_matrix(h, D):
    """Your rows are right, but they stand upside down: the band runs from top right to
    bottom left. Row 1 belongs to the window that starts at x_1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    n = D - K + 1
    W = np.zeros((n, D))
    for k in range(n):
        W[n - 1 - k, k : k + K] = h[::-1]
    return W


# %% flipped_row_shifts_left
def convolution_matrix(h, D):
    """With each row your band moves to the left and comes in again on the right. The
    sheet's window moves to the right as k grows.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    row = np.zeros(D)
    row[: len(h)] = h[::-1]
    return np.array([np.roll(row, -k) for k in range(D - len(h) + 1)])


# %% rows_not_shifted
def convolution_matrix(h, D):
    """All your rows are the same: the kernel stays at the start of x. As k grows, the
    indices of x in the sheet's sum grow too.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    row = np.append(h[::-1], np.zeros(D - len(h)))
    return np.tile(row, (D - len(h) + 1, 1))


# %% rows_share_one_list
def convolution_matrix(h, D):
    """All your rows are one and the same list, so that what you write into one of them
    shows in all. Make a list of its own for each row.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = [[0.0] * D] * (D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            W[k][k + i] = h[K - 1 - i]
    return np.array(W)


# %% row_never_cleared
def convolution_matrix(h, D):
    """To the left of the band your entries are not zero: it looks as if each row still held
    what was written for the rows above it, or as if the first column repeated its entry.
    Row k holds only zeros before column k.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    row = np.zeros(D)
    rows = []
    for k in range(D - K + 1):
        row[k : k + K] = h[::-1]
        rows.append(row.copy())
    return np.array(rows)


# %% rows_pile_up
def convolution_matrix(h, D):
    """Your rows pile up: each one is added on top of those above it. Every k has a sum of
    its own.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    row = np.zeros(D)
    rows = []
    for k in range(D - K + 1):
        row[k : k + K] += h[::-1]
        rows.append(row.copy())
    return np.array(rows)


# %% only_first_row
def convolution_matrix(h, D):
    """Only your first row is filled in, the others are still 0: check at which point your
    function returns. There is one row for each k up to D - K + 1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
        return W


# %% band_one_to_the_right
def convolution_matrix(h, D):
    """Your band stands one column too far to the right, and its last row is cut off. The
    sheet counts from 1, NumPy from 0.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    n = D - K + 1
    return sum(h[K - 1 - i] * np.eye(n, D, k=i + 1) for i in range(K))


# %% band_one_to_the_left
def convolution_matrix(h, D):
    """Your band stands one column too far to the left, and its first row is cut off. Row 1
    belongs to the window from x_1 to x_K.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    n = D - K + 1
    return sum(h[K - 1 - i] * np.eye(n, D, k=i - 1) for i in range(K))


# %% rolled_once_too_often
def convolution_matrix(h, D):
    """Your first row has already moved on by one, so that the last one wraps round. The
    window of k = 1 starts at x_1.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    row = np.append(h[::-1], np.zeros(D - len(h)))
    rows = []
    for k in range(D - len(h) + 1):
        row = np.roll(row, 1)
        rows.append(row)
    return np.array(rows)


# %% kernel_at_the_far_end
def convolution_matrix(h, D):
    """Your first row holds the kernel at its far end instead of at its start, and then
    wraps round. The window of k = 1 starts at x_1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    row = np.append(np.zeros(D - len(h)), h[::-1])
    return np.array([np.roll(row, k) for k in range(D - len(h) + 1)])


# %% stride_of_K
def convolution_matrix(h, D):
    """Your kernel jumps by its own length from row to row. The sheet's k goes up by one,
    and the window with it.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        if (k + 1) * K <= D:
            W[k, k * K : (k + 1) * K] = h[::-1]
    return W


# %% stride_of_two
def convolution_matrix(h, D):
    """Your kernel moves on by two columns with each row. The sheet's k goes up by one, and
    the window with it.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    row = np.append(h[::-1], np.zeros(D - K))
    return np.array([np.roll(row, 2 * k) for k in range(D - K + 1)])


# %% non_overlapping_rows
def convolution_matrix(h, D):
    """You have one row for each piece of length K that x can be cut into. The sheet's
    windows overlap: there are D - K + 1 of them.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D // K, D))
    for k in range(D // K):
        W[k, k * K : (k + 1) * K] = h[::-1]
    return W


# %% band_alone
def convolution_matrix(h, D):
    """You return the K entries of each row without the zeros around them. Each row needs a
    place for every entry of x, D columns.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return np.tile(h[::-1], (D - len(h) + 1, 1))


# %% upper_triangle_filled
def convolution_matrix(h, D):
    """To the right of the band your entries go on with the last one instead of zeros. Only
    K entries of x meet the kernel for each k.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
        W[k, k + K :] = h[0]
    return W


# %% filled_with_ones
def convolution_matrix(h, D):
    """Outside of the band your entries are 1. Where the kernel does not reach, x must not
    count: these entries are 0.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.ones((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% mask_for_values
def convolution_matrix(h, D):
    """Your band holds ones where the kernel's entries belong: you mark where h stands but
    not what it holds.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = 1
    return W


# %% one_entry_per_row
def convolution_matrix(h, D):
    """Each of your rows holds one entry of h only, the others get overwritten or are left
    out. In the sheet's sum K products enter each output.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(K):
            W[k, k] = h[K - 1 - i]
    return W


# %% last_tap_missing
def convolution_matrix(h, D):
    """h_K is missing: the diagonal with which the band begins is zero. The sheet's i runs
    up to and including K (and in SciPy's toeplitz the corner is taken from the column, not
    from the row).
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(1, K):
            W[k, k + K - i] = h[i - 1]
    return W


# %% first_tap_missing
def convolution_matrix(h, D):
    """h_1 is missing in your rows: the sheet counts from 1, NumPy from 0."""
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(1, K):
            W[k, k + K - 1 - i] = h[i]
    return W


# %% rows_normalised
def convolution_matrix(h, D):
    """You scale each row so that it adds up to 1, as image filters do. The sheet uses h as
    it is.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1] / np.sum(h)
    return W


# %% mean_for_sum
def convolution_matrix(h, D):
    """Your entries are K times too small, as if the sheet took the mean of the products. It
    has a plain sum.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    return np.array([np.convolve(e, h, "valid") / K for e in np.eye(D)]).T


# %% rows_of_unit_length
def convolution_matrix(h, D):
    """You divide the kernel by its norm. The sheet uses h as it is."""
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    g = h[::-1] / np.linalg.norm(h)
    return np.array([np.pad(g, (k, D - len(h) - k)) for k in range(D - len(h) + 1)])


# %% truncated_to_integers
def convolution_matrix(h, D):
    """Your entries are cut off at the decimal point: look at the type of the array that you
    write them into.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D), dtype=int)
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% absolute_value
def convolution_matrix(h, D):
    """Your entries have lost their sign. The entries of h can be negative, and stay so in W_h."""
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.abs(np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T)


# %% sign_flipped
def convolution_matrix(h, D):
    """Your entries have the wrong sign. To run h backwards is to reverse the order of its
    entries, not their sign.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = -h[::-1]
    return W


# %% sorted_kernel
def convolution_matrix(h, D):
    """You turn h round by sorting it, which only works where its entries happen to stand in
    order. Only their places count, not their values.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = np.sort(h)[::-1]
    return W


# %% entries_found_by_value
def convolution_matrix(h, D):
    """You look up the place of an entry by its value, which goes wrong where a value stands
    in h twice. Count the places instead.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    h = list(h)
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for value in h:
            W[k, k + K - 1 - h.index(value)] = value
    return W


# %% kernel_of_three
def convolution_matrix(h, D):
    """You use the first three entries of h only, as if K were 3. The sheet's sum runs over
    all K of them.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(min(3, K)):
            W[k, k + K - 1 - i] = h[i]
    return W


# %% kernel_of_two
def convolution_matrix(h, D):
    """You use the first two entries of h only, as if K were 2. The sheet's sum runs over
    all K of them.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    n = D - K + 1
    return h[0] * np.eye(n, D, K - 1) + (h[1] * np.eye(n, D, K - 2) if K > 1 else 0)


# %% diagonal_only
def convolution_matrix(h, D):
    """Your entries stand on one diagonal only. Each row has to hold all K entries of h,
    side by side.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for i in range(min(K, D - K + 1)):
        W[i, i] = h[i]
    return W


# %% hard_coded_example
def convolution_matrix(h, D):
    """You return the same matrix for every h and D. The function has to build it from its
    arguments.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return np.array([[4.0, 2, 1, 0, 0], [0, 4, 2, 1, 0], [0, 0, 4, 2, 1]])


# %% hard_coded_length
def convolution_matrix(h, D):
    """Your W_h has five columns for every D, as in an example. It needs one column for each
    entry of x, D of them.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    D = max(5, len(h))
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% flattened
def convolution_matrix(h, D):
    """You return one long vector with all rows one after the other. W_h is a matrix, of
    shape (D - K + 1, D).
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = []
    for k in range(D - K + 1):
        W += [0.0] * k + list(h[::-1]) + [0.0] * (D - K - k)
    return np.array(W)


# %% nested_once_too_often
def convolution_matrix(h, D):
    """Your matrix sits inside a list of its own, so that it has three dimensions. W_h has
    two: rows and columns.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return [W]


# %% returns_a_pair
def convolution_matrix(h, D):
    """You return the matrix together with something else. The task asks for W_h alone."""
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W, W.shape


# %% first_row_alone
def convolution_matrix(h, D):
    """You return one row, for k = 1. W_h has a row for every k up to D - K + 1."""
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.append(h[::-1], np.zeros(D - len(h)))


# %% prints_but_returns_nothing
def convolution_matrix(h, D):
    """Your function returns None. Showing the matrix is not enough: hand it back to whoever
    called.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    W = np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
    str(W)


# %% applied_to_a_signal
def convolution_matrix(h, D):
    """You return W_h times some x, a vector. The task asks for the matrix, which must do
    for every x.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.convolve(np.ones(D), h, "valid")


# %% dense_outer_product
def convolution_matrix(h, D):
    """You multiply entries of h with each other. In W_h each entry is one h_i or 0: x comes
    in later, in W_h @ x.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h * h[::-1]
    return W


# %% single_row_for_K_equal_D_squeezed
def convolution_matrix(h, D):
    """Where K = D you return a vector. W_h is a matrix even if it has a single row, or a
    single entry.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return np.squeeze(W)


# %% kernel_of_length_D_refused
def convolution_matrix(h, D):
    """You refuse a kernel that is exactly as long as x. It fits once: W_h has one row then."""
    if np.ndim(h) != 1 or len(h) == 0 or len(h) >= D:
        raise ValueError("h must be a vector that is shorter than x")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% kernel_of_one_refused
def convolution_matrix(h, D):
    """You refuse a kernel of one entry. That is a good kernel too: W_h is a multiple of the
    identity then.
    """
    if np.ndim(h) != 1 or not 1 < len(h) <= D:
        raise ValueError("h must have at least two entries")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% slice_ends_at_minus_zero
def convolution_matrix(h, D):
    """Where K = 1 your slice ends at index -0, which Python reads as 0, and W_h has no
    rows. Write the end of the slice so that it also works for K = 1.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    full = np.zeros((D + K - 1, D))
    for j in range(D):
        full[j : j + K, j] = h
    return full[K - 1 : -(K - 1)]


# %% integers_rescaled
def convolution_matrix(h, D):
    """A kernel of integers gets scaled, as pixel values do, so that its largest entry is 1.
    W_h holds the entries of h as they are, integers or not.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    h = h / np.max(np.abs(h)) if h.dtype.kind == "i" else h
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% flips_the_kernel_in_place
def convolution_matrix(h, D):
    """After your function has run, the caller's kernel stands the other way round: you turn
    it round in place. Work on a copy.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    h[:] = h[::-1].copy()
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% kernel_zeroed_in_place
def convolution_matrix(h, D):
    """Your W_h is right, but you overwrite the entries of the caller's kernel on the way.
    Leave the arguments as they are.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for i in range(K):
        for k in range(D - K + 1):
            W[k, k + K - 1 - i] = h[i]
        h[i] = 0
    return W


# %% remembers_by_shape
matrices = {}


def convolution_matrix(h, D):
    """You hand out an earlier matrix again where K and D are merely the same. The entries
    of h count too.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    if (len(h), D) not in matrices:
        matrices[len(h), D] = np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
    return matrices[len(h), D]


# %% remembers_by_kernel
made = {}


def convolution_matrix(h, D):
    """You hand out an earlier matrix again where h is the same, even if D is another. Both
    count.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    if tuple(h) not in made:
        made[tuple(h)] = np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
    return made[tuple(h)]


# %% shared_buffer
buffer = np.zeros((200, 200))


def convolution_matrix(h, D):
    """What you return is overwritten by your next call: all results share one array. Make a
    new one each time.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    n = D - len(h) + 1
    buffer[:] = 0
    for k in range(n):
        buffer[k, k : k + len(h)] = h[::-1]
    return buffer[:n, :D]


# %% long_kernel_swapped
def convolution_matrix(h, D):
    """Where K > D, NumPy silently swaps signal and kernel, and some matrix comes out. There
    is no W_h then: say so with a ValueError.
    """
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% long_kernel_gives_nothing
def convolution_matrix(h, D):
    """Where K > D you return a matrix without rows. There is no W_h then: say so with a
    ValueError.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    K = len(h)
    rows = [[0.0] * k + list(h[::-1]) + [0.0] * (D - K - k) for k in range(D - K + 1)]
    return np.array(rows).reshape(-1, D)


# %% long_kernel_gives_empty_list
def convolution_matrix(h, D):
    """Where K > D you return an empty list. There is no W_h then: say so with a ValueError."""
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    K = len(h)
    return np.array([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])


# %% long_kernel_gives_none
def convolution_matrix(h, D):
    """Where K > D you return None. Raise a ValueError instead, so that nobody goes on with it."""
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) <= D:
        return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% long_kernel_cut
def convolution_matrix(h, D):
    """Where K > D you cut the kernel to length D and go on. There is no W_h then: say so
    with a ValueError.
    """
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    h = h[:D]
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% long_kernel_by_one_accepted
def convolution_matrix(h, D):
    """Where K = D + 1 you return a matrix without rows; if still longer kernels end in a
    ValueError, that is because no matrix has a negative number of rows. Compare K and D
    yourself, before you make W_h.
    """
    if np.ndim(h) != 1 or len(h) == 0 or D - len(h) + 1 < 0:
        raise ValueError("h must be a vector with 0 < K <= D")
    W = np.zeros((D - len(h) + 1, D))
    for k in range(len(W)):
        W[k, k : k + len(h)] = h[::-1]
    return W


# %% assertion_for_value_error
def convolution_matrix(h, D):
    """You stop bad input with an assertion. The task asks for a ValueError, which callers
    can catch and which stays on when Python runs with -O.
    """
    assert np.ndim(h) == 1 and 0 < len(h) <= D, "h must be a vector with 0 < K <= D"
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% bare_exception
def convolution_matrix(h, D):
    """You stop bad input with a plain Exception. The task asks for a ValueError, which says
    that a value is to blame.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise Exception("h must be a vector with 0 < K <= D")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% index_error_for_value_error
def convolution_matrix(h, D):
    """You stop bad input with an IndexError. The task asks for a ValueError, which says
    that a value is to blame.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise IndexError("h must be a vector with 0 < K <= D")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% type_error_for_value_error
def convolution_matrix(h, D):
    """You stop bad input with a TypeError. The types are fine here, the lengths are not:
    the task asks for a ValueError.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise TypeError("h must be a vector with 0 < K <= D")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% empty_kernel_accepted
def convolution_matrix(h, D):
    """An empty kernel gets through and gives a matrix of zeros. It asks for a ValueError."""
    if np.ndim(h) != 1 or len(h) > D:
        raise ValueError("h must be a vector with K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% empty_kernel_gives_empty
def convolution_matrix(h, D):
    """For an empty kernel you return an empty array. It asks for a ValueError."""
    if np.ndim(h) != 1:
        raise ValueError("h must be a vector")
    if len(h) == 0:
        return np.zeros((0, D))
    if len(h) > D:
        raise ValueError("the kernel is longer than x")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% matrices_flattened
def convolution_matrix(h, D):
    """A kernel that is a matrix gets through, since you flatten it. An h that is not
    one-dimensional asks for a ValueError.
    """
    h = np.ravel(h)
    if not 0 < len(h) <= D:
        raise ValueError("need 0 < K <= D")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% matrices_squeezed
def convolution_matrix(h, D):
    """A kernel with one row or one column gets through, since you squeeze it into a vector.
    An h that is not one-dimensional asks for a ValueError.
    """
    h = np.atleast_1d(np.squeeze(h))
    if h.ndim != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% columns_accepted
def convolution_matrix(h, D):
    """A kernel of shape (K, 1) gets through: you look at its length but not at its number
    of dimensions. An h that is not one-dimensional asks for a ValueError.
    """
    if len(h) == 0 or len(h) > D:
        raise ValueError("need 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = [np.sum(tap) for tap in h[::-1]]
    return W


# %% size_for_dimensions
def convolution_matrix(h, D):
    """A kernel that is a matrix gets through, and its first row is used. An h that is not
    one-dimensional asks for a ValueError.
    """
    h = np.asarray(h)
    if h.size == 0 or h.size > D:
        raise ValueError("need 0 < K <= D")
    h = h[0] if h.ndim == 2 else h
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% nothing_checked
def convolution_matrix(h, D):
    """You check neither the length nor the dimensions of h, so that bad input gives some
    matrix or other. Where K > D, or where h is empty or not one-dimensional, raise a
    ValueError.
    """
    K = len(h)
    W = []
    for k in range(D - K + 1):
        row = [0.0] * D
        for i in range(K):
            row[k + K - 1 - i] = h[i]
        W.append(row)
    return np.array(W)


# %% band_one_to_the_left_wraps
def convolution_matrix(h, D):
    """Your column index is one too small: in the first row it reaches -1, which Python reads
    as the last column. On the sheet k starts at 1, in Python mostly at 0.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(1, K + 1):
            W[k, K + k - i - 1] = h[i - 1]
    return W


# %% index_past_the_end
def convolution_matrix(h, D):
    """You reach past the end of an array. The sheet counts from 1 and Python from 0: put the
    first and the last k and i into your indices and compare with the shape of W_h.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(K):
            W[k, K + k - i] = h[i]
    return W


# %% stride_of_K_around
def convolution_matrix(h, D):
    """Your rows are shifted by K places each, and the kernel comes in again on the left. The
    sheet's k moves the window by one place.
    """
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, :K] = h[::-1]
        W[k] = np.roll(W[k], k * K)
    return W


# %% lengths_left_to_numpy
def convolution_matrix(h, D):
    """You check nothing yourself, and NumPy only stops kernels that are much too long. Raise
    the ValueError where K > D, and where h is empty or not one-dimensional.
    """
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% missing_flip + transposed
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W.T


# %% missing_flip + same_padding
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return np.array([np.convolve(e, h[::-1], "same") for e in np.eye(D)]).T


# %% missing_flip + full_padding
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.array([np.convolve(e, h[::-1], "full") for e in np.eye(D)]).T


# %% missing_flip + one_row_too_few
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    return np.array([np.pad(h, (k, D - K - k)) for k in range(D - K)]).reshape(D - K, D)


# %% missing_flip + first_row_missing
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W[1:]


# %% missing_flip + one_row_too_many
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    n = D - K + 2
    return sum(h[i] * np.eye(n, D, i) for i in range(K))


# %% missing_flip + row_of_zeros_below
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 2, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + last_row_empty
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K):
        W[k, k : k + K] = h
    return W


# %% missing_flip + one_column_too_many
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D + 1))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + padded_with_rows_of_zeros
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + band_cut_at_the_border
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return sum(h[i] * np.eye(D, k=i) for i in range(len(h)))


# %% missing_flip + circulant
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    row = np.append(h, np.zeros(D - len(h)))
    return np.array([np.roll(row, k) for k in range(D)])


# %% missing_flip + lower_triangular
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    from scipy.linalg import toeplitz

    return toeplitz(np.append(h[::-1], np.zeros(D - len(h))), np.zeros(D))


# %% missing_flip + top_of_the_lower_triangle
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    from scipy.linalg import toeplitz

    W = toeplitz(np.append(h[::-1], np.zeros(D - len(h))), np.zeros(D))
    return W[: D - len(h) + 1]


# %% missing_flip + top_of_the_symmetric_toeplitz
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    from scipy.linalg import toeplitz

    return toeplitz(np.append(h, np.zeros(D - len(h))))[: D - len(h) + 1]


# %% missing_flip + symmetric_toeplitz
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    from scipy.linalg import toeplitz

    return toeplitz(np.append(h[::-1], np.zeros(D - len(h))))


# %% missing_flip + wrong_corner
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    from scipy.linalg import toeplitz

    K = len(h)
    row = np.append(h, np.zeros(D - K))
    return toeplitz(np.append(h[-1:], np.zeros(D - K)), row)


# %% missing_flip + band_runs_backwards
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    n = D - K + 1
    W = np.zeros((n, D))
    for k in range(n):
        W[k, n - 1 - k : D - k] = h
    return W


# %% missing_flip + flipped_row_shifts_left
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    row = np.append(h, np.zeros(D - len(h)))
    return np.array([np.roll(row, -k) for k in range(D - len(h) + 1)])


# %% missing_flip + rows_not_shifted
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return np.array([np.append(h, np.zeros(D - len(h))) for _ in range(D - len(h) + 1)])


# %% missing_flip + rows_share_one_list
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = [[0.0] * D] * (D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            W[k][k + i] = h[i]
    return np.array(W)


# %% missing_flip + row_never_cleared
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    row, rows = np.zeros(D), []
    for k in range(D - K + 1):
        row[k : k + K] = h
        rows.append(row.copy())
    return np.array(rows)


# %% missing_flip + rows_pile_up
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    row, rows = np.zeros(D), []
    for k in range(D - K + 1):
        row[k : k + K] += h
        rows.append(row.copy())
    return np.array(rows)


# %% missing_flip + only_first_row
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
        return W


# %% missing_flip + band_one_to_the_right
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return sum(h[i] * np.eye(D - len(h) + 1, D, i + 1) for i in range(len(h)))


# %% missing_flip + band_one_to_the_left
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return sum(h[i] * np.eye(D - len(h) + 1, D, i - 1) for i in range(len(h)))


# %% missing_flip + rolled_once_too_often
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    row = np.append(h, np.zeros(D - len(h)))
    return np.array([np.roll(row, k + 1) for k in range(D - len(h) + 1)])


# %% missing_flip + kernel_at_the_far_end
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    row = np.append(np.zeros(D - len(h)), h)
    return np.array([np.roll(row, k) for k in range(D - len(h) + 1)])


# %% missing_flip + stride_of_K
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D // K):
        if k < len(W):
            W[k, k * K : (k + 1) * K] = h
    return W


# %% missing_flip + stride_of_two
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    row = np.append(h, np.zeros(D - len(h)))
    return np.array([np.roll(row, 2 * k) for k in range(D - len(h) + 1)])


# %% missing_flip + non_overlapping_rows
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D // K, D))
    for k in range(D // K):
        W[k, k * K : (k + 1) * K] = h
    return W


# %% missing_flip + band_alone
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return np.array([h for _ in range(D - len(h) + 1)])


# %% missing_flip + filled_with_ones
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.ones((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + last_tap_missing
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(K - 1):
            W[k, k + i] = h[i]
    return W


# %% missing_flip + first_tap_missing
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(1, K):
            W[k, k + i] = h[i]
    return W


# %% missing_flip + rows_normalised
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h / h.sum()
    return W


# %% missing_flip + mean_for_sum
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h / K
    return W


# %% missing_flip + truncated_to_integers
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D), dtype=int)
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + flattened
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W.ravel()


# %% missing_flip + nested_once_too_often
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return np.array([W])


# %% missing_flip + first_row_alone
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.append(h, np.zeros(D - len(h)))


# %% missing_flip + flips_the_kernel_in_place
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    h[:] = h[::-1].copy()
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T


# %% missing_flip + single_row_for_K_equal_D_squeezed
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return np.squeeze(W)


# %% missing_flip + kernel_of_length_D_refused
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) < D:
        raise ValueError("h must be a vector that is shorter than x")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + long_kernel_swapped
def convolution_matrix(h, D):
    return np.array([np.correlate(e, h, "valid") for e in np.eye(D)]).T


# %% missing_flip + long_kernel_gives_empty_list
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    K = len(h)
    return np.array([np.pad(h, (k, D - K - k)) for k in range(D - K + 1)])


# %% missing_flip + long_kernel_by_one_accepted
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + assertion_for_value_error
def convolution_matrix(h, D):
    assert np.ndim(h) == 1 and 0 < len(h) <= D
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + empty_kernel_accepted
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) > D:
        raise ValueError("h must be a vector with K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + matrices_flattened
def convolution_matrix(h, D):
    h = np.ravel(h)
    if not 0 < len(h) <= D:
        raise ValueError("need 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + columns_accepted
def convolution_matrix(h, D):
    if len(h) == 0 or len(h) > D:
        raise ValueError("need 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = [np.sum(tap) for tap in h]
    return W


# %% missing_flip + nothing_checked
def convolution_matrix(h, D):
    K = len(h)
    W = []
    for k in range(D - K + 1):
        row = [0.0] * D
        for i in range(K):
            row[k + i] = h[i]
        W.append(row)
    return np.array(W)


# %% transposed + nothing_checked
def convolution_matrix(h, D):
    K = len(h)
    W = []
    for k in range(D - K + 1):
        row = [0.0] * D
        for i in range(K):
            row[k + K - 1 - i] = h[i]
        W.append(row)
    return np.array(W).T


# %% one_row_too_few + nothing_checked
def convolution_matrix(h, D):
    K = len(h)
    W = []
    for k in range(D - K):
        row = [0.0] * D
        for i in range(K):
            row[k + K - 1 - i] = h[i]
        W.append(row)
    return np.array(W)


# %% band_runs_backwards + nothing_checked
def convolution_matrix(h, D):
    K = len(h)
    W = []
    for k in range(D - K + 1):
        row = [0.0] * D
        for i in range(K):
            row[k + K - 1 - i] = h[i]
        W.append(row)
    return np.array(W[::-1])


# %% missing_flip + transposed + nothing_checked
def convolution_matrix(h, D):
    K = len(h)
    W = []
    for k in range(D - K + 1):
        row = [0.0] * D
        for i in range(K):
            row[k + i] = h[i]
        W.append(row)
    return np.array(W).T


# %% rows_share_one_list + nothing_checked
def convolution_matrix(h, D):
    K = len(h)
    W = [[0.0] * D] * (D - K + 1)
    for k in range(D - K + 1):
        for i in range(K):
            W[k][k + K - 1 - i] = h[i]
    return np.array(W)


# %% full_padding + long_kernel_gives_nothing
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    W = np.zeros((D + len(h) - 1, D))
    for j in range(D):
        W[j : j + len(h), j] = h
    return W if len(h) <= D else np.zeros((0, D))


# %% transposed + full_padding
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    return np.array([np.convolve(e, h) for e in np.eye(D)])


# %% transposed + one_row_too_few
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W[:-1].T


# %% transposed + one_row_too_many
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    return sum(h[K - 1 - i] * np.eye(D - K + 2, D, i) for i in range(K)).T


# %% transposed + same_padding
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.array([np.convolve(e, h, "same") for e in np.eye(D)])


# %% transposed + band_runs_backwards
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W[::-1].T


# %% transposed + truncated_to_integers
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W.astype(int).T


# %% transposed + rows_normalised
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1] / h.sum()
    return W.T


# %% transposed + last_tap_missing
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D, D - K + 1))
    for k in range(D - K + 1):
        for i in range(K - 1):
            W[k + K - 1 - i, k] = h[i]
    return W


# %% transposed + first_tap_missing
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D, D - K + 1))
    for k in range(D - K + 1):
        for i in range(1, K):
            W[k + K - 1 - i, k] = h[i]
    return W


# %% transposed + circulant
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    row = np.append(h[::-1], np.zeros(D - len(h)))
    return np.array([np.roll(row, k) for k in range(D)]).T


# %% transposed + padded_with_rows_of_zeros
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W.T


# %% missing_flip + transposed + same_padding
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return np.array([np.convolve(e, h[::-1], "same") for e in np.eye(D)])


# %% missing_flip + transposed + one_row_too_few
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    return np.array([np.pad(h, (k, D - K - k)) for k in range(D - K)]).reshape(D - K, D).T


# %% missing_flip + transposed + one_row_too_many
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    return sum(h[i] * np.eye(D - len(h) + 2, D, i) for i in range(len(h))).T


# %% one_row_too_few + truncated_to_integers
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K, D), dtype=int)
    for k in range(D - K):
        W[k, k : k + K] = h[::-1]
    return W


# %% one_row_too_few + last_tap_missing
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K, D))
    for k in range(D - K):
        for i in range(K - 1):
            W[k, k + K - 1 - i] = h[i]
    return W


# %% one_row_too_few + band_one_to_the_right
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    if len(h) > D:
        raise ValueError(f"K = {len(h)} is larger than D = {D}")
    K = len(h)
    W = np.zeros((D - K + 1, D + 1))
    for k in range(D - K + 1):
        W[k, k + 1 : k + 1 + K] = h[::-1]
    return W[: D - K, :D]


# %% truncated_to_integers + long_kernel_by_one_accepted
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) == 0:
        raise ValueError("h must be a non-empty vector")
    K = len(h)
    W = np.zeros((D - K + 1, D), dtype=int)
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% kernel_of_length_D_refused + empty_kernel_accepted
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or len(h) >= D:
        raise ValueError("h must be a vector with K < D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% long_kernel_by_one_accepted + empty_kernel_accepted
def convolution_matrix(h, D):
    if np.ndim(h) != 1:
        raise ValueError("h must be a vector")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% long_kernel_cut + empty_kernel_accepted
def convolution_matrix(h, D):
    if np.ndim(h) != 1:
        raise ValueError("h must be a vector")
    h = h[:D]
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h[::-1]
    return W


# %% missing_flip + lengths_left_to_numpy
def convolution_matrix(h, D):
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        W[k, k : k + K] = h
    return W


# %% missing_flip + band_one_to_the_left_wraps
def convolution_matrix(h, D):
    if np.ndim(h) != 1 or not 0 < len(h) <= D:
        raise ValueError("h must be a vector with 0 < K <= D")
    K = len(h)
    W = np.zeros((D - K + 1, D))
    for k in range(D - K + 1):
        for i in range(K):
            W[k, k + i - 1] = h[i]
    return W
