"""Wrong answers to convolution_matrix, as people write them: see autograder.exercise.known_answers."""
# %% missing_flip from nested_loops
# Your rows hold h as it stands, which gives a cross-correlation. In the sheet's sum the index of x
# falls while that of h rises: write down which h_i meets x_1 for k = 1.
# with: transposed, same_padding, first_row_missing, one_row_too_many, row_of_zeros_below
# with: last_row_empty, one_column_too_many, padded_with_rows_of_zeros, band_cut_at_the_border
# with: circulant, top_of_the_symmetric_toeplitz, band_runs_backwards, flipped_row_shifts_left
# with: rows_not_shifted, rows_share_one_list, row_never_cleared, rows_pile_up, only_first_row
# with: band_one_to_the_right, band_one_to_the_left, rolled_once_too_often, kernel_at_the_far_end
# with: stride_of_K, stride_of_two, non_overlapping_rows, band_alone, filled_with_ones
# with: first_tap_missing, rows_normalised, mean_for_sum, truncated_to_integers, flattened
# with: first_row_alone, single_row_for_K_equal_D_squeezed, kernel_of_length_D_refused
# with: long_kernel_swapped, long_kernel_gives_empty_list, long_kernel_by_one_accepted
# with: assertion_for_value_error, empty_kernel_accepted, matrices_flattened, columns_accepted
# with: transposed + same_padding, transposed + one_row_too_many, lengths_left_to_numpy
#-        for i in range(K):
#-            W[k, k + K - 1 - i] = h[i]
#+        W[k, k : k + K] = h

# %% transposed from columns_by_convolve
# Your W_h lies on its side: rows and columns are swapped. W_h has one row for each output k and one
# column for each entry of x.
# with: full_padding, one_row_too_few, one_row_too_many, same_padding, band_runs_backwards
# with: truncated_to_integers, rows_normalised, last_tap_missing, first_tap_missing
# with: padded_with_rows_of_zeros
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)])

# %% same_padding from numpy_convolve_of_the_identity
# Your W_h is square: it keeps D outputs by letting the kernel stick out of x at both ends. The
# sheet's k stops at D - K + 1.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    return np.array([np.convolve(e, h, "same") for e in np.eye(D)]).T

# %% full_padding from columns_by_convolve
# Your W_h has D + K - 1 rows, also for positions where the kernel only partly overlaps x. The
# sheet's k runs over positions inside x only.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    W = np.zeros((D + len(h) - 1, D))
#+    for j in range(D):
#+        W[j : j + len(h), j] = h
#+    return W

# %% one_row_too_few from padded_rows
# Your last row is missing: W_h has D - K + 1 rows. Count how often a kernel of length K = D fits
# into x.
# with: truncated_to_integers, last_tap_missing, band_one_to_the_right
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    W = np.zeros((D - K, D))
#+    for k in range(D - K):
#+        W[k, k : k + K] = h[::-1]
#+    return W

# %% first_row_missing from columns_by_convolve
# Your first row is missing: the sheet's k = 1 is the window that starts at the very first entry of
# x.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    K = len(h)
#+    rows = []
#+    for k in range(1, D - K + 1):
#+        row = np.zeros(D)
#+        row[k : k + K] = h[::-1]
#+        rows.append(row)
#+    return np.array(rows)

# %% one_row_too_many from padded_rows
# W_h has one row too many: in the last one a part of the kernel is cut off. The sheet's last k is D
# - K + 1.
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    W = np.zeros((D - K + 2, D))
#+    for k in range(D - K + 2):
#+        for i in range(K):
#+            if k + i < D:
#+                W[k, k + i] = h[K - 1 - i]
#+    return W

# %% row_of_zeros_below from row_by_row
# Below the band there is one row of zeros too many. W_h has D - K + 1 rows, one for each k.
#-    W = np.zeros((D - K + 1, D))
#+    W = np.zeros((D - K + 2, D))

# %% last_row_empty from nested_loops
# Your last row is left at zero: your loop ends one row too early. The sheet's k goes up to and
# including D - K + 1.
#-    for k in range(D - K + 1):
#-        for i in range(K):
#-            W[k, k + K - 1 - i] = h[i]
#+    for k in range(D - K):
#+        W[k, k : k + K] = h[::-1]

# %% one_column_too_many from row_by_row
# W_h has one column too many, a column of zeros. It needs one column for each entry of x, D of
# them.
#-    W = np.zeros((D - K + 1, D))
#+    W = np.zeros((D - K + 1, D + 1))

# %% last_column_cut from nested_loops
# Your last column is missing: W_h needs one column for each entry of x, D of them.
#-        for i in range(K):
#-            W[k, k + K - 1 - i] = h[i]
#-    return W
#+        W[k, k : k + K] = h[::-1]
#+    return W[:, : D - 1]

# %% length_taken_for_number_of_outputs from row_by_row
# You take D for the number of outputs. On the sheet it is the number of inputs: W_h has D columns,
# and fewer rows.
#-    W = np.zeros((D - K + 1, D))
#-    for k in range(D - K + 1):
#+    W = np.zeros((D, D + K - 1))
#+    for k in range(D):

# %% padded_with_rows_of_zeros from nested_loops
# Your W_h is square: below the band it goes on with rows of zeros. It has D - K + 1 rows, one for
# each k.
#-    W = np.zeros((D - K + 1, D))
#+    W = np.zeros((D, D))

# %% band_cut_at_the_border from columns_by_convolve
# W_h is square: its last rows hold only a part of the kernel, as if x went on with zeros. The
# sheet's k stops at D - K + 1.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    K = len(h)
#+    W = np.zeros((D, D))
#+    for i in range(K):
#+        W += np.diag(h[K - 1 - i] * np.ones(D - i), i)
#+    return W

# %% circulant from numpy_convolve_of_the_identity
# W_h is square, and the kernel that leaves it on one side comes in again on the other: a circulant
# matrix. The sheet's k stops before that happens.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    row = np.zeros(D)
#+    row[: len(h)] = h[::-1]
#+    return np.array([np.roll(row, k) for k in range(D)])

# %% circular_convolution from columns_by_convolve
# W_h is the matrix of the circular convolution: it is square, and the start of x is taken to follow
# on its end. The sheet's sum stays inside x.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    import scipy.linalg
#+
#+    column = np.zeros(D)
#+    column[: len(h)] = h
#+    return scipy.linalg.circulant(column)

# %% top_of_the_circulant from numpy_convolve_of_the_identity
# You take the first rows of a circulant matrix, in which the kernel still wraps round. Which of its
# rows lie wholly inside x? Compare with the sheet's k = 1.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    import scipy.linalg
#+
#+    column = np.zeros(D)
#+    column[: len(h)] = h
#+    return scipy.linalg.circulant(column)[: D - len(h) + 1]

# %% lower_triangular from columns_by_convolve
# W_h is square and lower triangular: x is taken to be preceded by zeros. The sheet's first row, k =
# 1, already uses x_1 to x_K.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    from scipy.linalg import toeplitz
#+
#+    return toeplitz(np.append(h, np.zeros(D - len(h))), np.zeros(D))

# %% top_of_the_lower_triangle from numpy_convolve_of_the_identity
# Your first rows hold only a part of the kernel, as if zeros came before x. The sheet's first row,
# k = 1, already uses x_1 to x_K.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    from scipy.linalg import toeplitz
#+
#+    column = np.append(h, np.zeros(D - len(h)))
#+    return toeplitz(column, np.zeros(D))[: D - len(h) + 1]

# %% symmetric_toeplitz from columns_by_convolve
# W_h is square and symmetric: a Toeplitz matrix from one list alone mirrors it at the diagonal. The
# first row and the first column of W_h differ.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    from scipy.linalg import toeplitz
#+
#+    return toeplitz(np.append(h, np.zeros(D - len(h))))

# %% top_of_the_symmetric_toeplitz from numpy_convolve_of_the_identity
# Below the diagonal you repeat what stands above it: a Toeplitz matrix from one list alone is
# symmetric. The first column of W_h is zero but for its first entry.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    from scipy.linalg import toeplitz
#+
#+    return toeplitz(np.append(h[::-1], np.zeros(D - len(h))))[: D - len(h) + 1]

# %% wrong_corner from columns_by_convolve
# The diagonal where your band begins holds h_1: you put it at the head of the first column. Which
# h_i meets x_1 in the sheet's sum for k = 1?
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    from scipy.linalg import toeplitz
#+
#+    K = len(h)
#+    row = np.append(h[::-1], np.zeros(D - K))
#+    column = np.append(h[:1], np.zeros(D - K))
#+    return toeplitz(column, row)

# %% band_runs_backwards from padded_rows
# Your rows are right, but they stand upside down: the band runs from top right to bottom left. Row
# 1 belongs to the window that starts at x_1.
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    n = D - K + 1
#+    W = np.zeros((n, D))
#+    for k in range(n):
#+        W[n - 1 - k, k : k + K] = h[::-1]
#+    return W

# %% flipped_row_shifts_left from columns_by_convolve
# With each row your band moves to the left and comes in again on the right. The sheet's window
# moves to the right as k grows.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    row = np.zeros(D)
#+    row[: len(h)] = h[::-1]
#+    return np.array([np.roll(row, -k) for k in range(D - len(h) + 1)])

# %% rows_not_shifted from numpy_convolve_of_the_identity
# All your rows are the same: the kernel stays at the start of x. As k grows, the indices of x in
# the sheet's sum grow too.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    row = np.append(h[::-1], np.zeros(D - len(h)))
#+    return np.tile(row, (D - len(h) + 1, 1))

# %% rows_share_one_list from columns_by_convolve
# All your rows are one and the same list, so that what you write into one of them shows in all.
# Make a list of its own for each row.
# with: nothing_checked
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    K = len(h)
#+    W = [[0.0] * D] * (D - K + 1)
#+    for k in range(D - K + 1):
#+        for i in range(K):
#+            W[k][k + i] = h[K - 1 - i]
#+    return np.array(W)

# %% row_never_cleared from padded_rows
# To the left of the band your entries are not zero: it looks as if each row still held what was
# written for the rows above it, or as if the first column repeated its entry. Row k holds only
# zeros before column k.
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    row = np.zeros(D)
#+    rows = []
#+    for k in range(D - K + 1):
#+        row[k : k + K] = h[::-1]
#+        rows.append(row.copy())
#+    return np.array(rows)

# %% rows_pile_up from columns_by_convolve
# Your rows pile up: each one is added on top of those above it. Every k has a sum of its own.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    K = len(h)
#+    row = np.zeros(D)
#+    rows = []
#+    for k in range(D - K + 1):
#+        row[k : k + K] += h[::-1]
#+        rows.append(row.copy())
#+    return np.array(rows)

# %% only_first_row from nested_loops
# Only your first row is filled in, the others are still 0: check at which point your function
# returns. There is one row for each k up to D - K + 1.
#-        for i in range(K):
#-            W[k, k + K - 1 - i] = h[i]
#-    return W
#+        W[k, k : k + K] = h[::-1]
#+        return W

# %% band_one_to_the_right from sum_of_diagonals
# Your band stands one column too far to the right, and its last row is cut off. The sheet counts
# from 1, NumPy from 0.
#-    return sum(h[i] * np.eye(n, D, k=K - 1 - i) for i in range(K))
#+    return sum(h[K - 1 - i] * np.eye(n, D, k=i + 1) for i in range(K))

# %% band_one_to_the_left from padded_rows
# Your band stands one column too far to the left, and its first row is cut off. Row 1 belongs to
# the window from x_1 to x_K.
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    n = D - K + 1
#+    return sum(h[K - 1 - i] * np.eye(n, D, k=i - 1) for i in range(K))

# %% rolled_once_too_often from columns_by_convolve
# Your first row has already moved on by one, so that the last one wraps round. The window of k = 1
# starts at x_1.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    row = np.append(h[::-1], np.zeros(D - len(h)))
#+    rows = []
#+    for k in range(D - len(h) + 1):
#+        row = np.roll(row, 1)
#+        rows.append(row)
#+    return np.array(rows)

# %% kernel_at_the_far_end from numpy_convolve_of_the_identity
# Your first row holds the kernel at its far end instead of at its start, and then wraps round. The
# window of k = 1 starts at x_1.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    row = np.append(np.zeros(D - len(h)), h[::-1])
#+    return np.array([np.roll(row, k) for k in range(D - len(h) + 1)])

# %% stride_of_K from row_by_row
# Your kernel jumps by its own length from row to row. The sheet's k goes up by one, and the window
# with it.
#-        W[k, k : k + K] = h[::-1]
#+        if (k + 1) * K <= D:
#+            W[k, k * K : (k + 1) * K] = h[::-1]

# %% stride_of_two from padded_rows
# Your kernel moves on by two columns with each row. The sheet's k goes up by one, and the window
# with it.
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    row = np.append(h[::-1], np.zeros(D - K))
#+    return np.array([np.roll(row, 2 * k) for k in range(D - K + 1)])

# %% non_overlapping_rows from columns_by_convolve
# You have one row for each piece of length K that x can be cut into. The sheet's windows overlap:
# there are D - K + 1 of them.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    K = len(h)
#+    W = np.zeros((D // K, D))
#+    for k in range(D // K):
#+        W[k, k * K : (k + 1) * K] = h[::-1]
#+    return W

# %% band_alone from numpy_convolve_of_the_identity
# You return the K entries of each row without the zeros around them. Each row needs a place for
# every entry of x, D columns.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    return np.tile(h[::-1], (D - len(h) + 1, 1))

# %% upper_triangle_filled from row_by_row
# To the right of the band your entries go on with the last one instead of zeros. Only K entries of
# x meet the kernel for each k.
#+        W[k, k + K :] = h[0]
#=    return W

# %% filled_with_ones from nested_loops
# Outside of the band your entries are 1. Where the kernel does not reach, x must not count: these
# entries are 0.
#-    W = np.zeros((D - K + 1, D))
#+    W = np.ones((D - K + 1, D))

# %% mask_for_values from row_by_row
# Your band holds ones where the kernel's entries belong: you mark where h stands but not what it
# holds.
#-        W[k, k : k + K] = h[::-1]
#+        W[k, k : k + K] = 1

# %% one_entry_per_row from nested_loops
# Each of your rows holds one entry of h only, the others get overwritten or are left out. In the
# sheet's sum K products enter each output.
#-            W[k, k + K - 1 - i] = h[i]
#+            W[k, k] = h[K - 1 - i]

# %% last_tap_missing from row_by_row
# h_K is missing: the diagonal with which the band begins is zero. The sheet's i runs up to and
# including K (and in SciPy's toeplitz the corner is taken from the column, not from the row).
#-        W[k, k : k + K] = h[::-1]
#+        for i in range(1, K):
#+            W[k, k + K - i] = h[i - 1]

# %% first_tap_missing from nested_loops
# h_1 is missing in your rows: the sheet counts from 1, NumPy from 0.
#-        for i in range(K):
#+        for i in range(1, K):

# %% rows_normalised from row_by_row
# You scale each row so that it adds up to 1, as image filters do. The sheet uses h as it is.
#-        W[k, k : k + K] = h[::-1]
#+        W[k, k : k + K] = h[::-1] / np.sum(h)

# %% mean_for_sum from padded_rows
# Your entries are K times too small, as if the sheet took the mean of the products. It has a plain
# sum.
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    return np.array([np.convolve(e, h, "valid") / K for e in np.eye(D)]).T

# %% rows_of_unit_length from columns_by_convolve
# You divide the kernel by its norm. The sheet uses h as it is.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    g = h[::-1] / np.linalg.norm(h)
#+    return np.array([np.pad(g, (k, D - len(h) - k)) for k in range(D - len(h) + 1)])

# %% truncated_to_integers from nested_loops
# Your entries are cut off at the decimal point: look at the type of the array that you write them
# into.
# with: long_kernel_by_one_accepted
#-    W = np.zeros((D - K + 1, D))
#+    W = np.zeros((D - K + 1, D), dtype=int)

# %% absolute_value from columns_by_convolve
# Your entries have lost their sign. The entries of h can be negative, and stay so in W_h.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    return np.abs(np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T)

# %% sign_flipped from nested_loops
# Your entries have the wrong sign. To run h backwards is to reverse the order of its entries, not
# their sign.
#-        for i in range(K):
#-            W[k, k + K - 1 - i] = h[i]
#+        W[k, k : k + K] = -h[::-1]

# %% sorted_kernel from row_by_row
# You turn h round by sorting it, which only works where its entries happen to stand in order. Only
# their places count, not their values.
#-        W[k, k : k + K] = h[::-1]
#+        W[k, k : k + K] = np.sort(h)[::-1]

# %% entries_found_by_value from lists
# You look up the place of an entry by its value, which goes wrong where a value stands in h twice.
# Count the places instead.
#-    return [[0.0] * k + h[::-1] + [0.0] * (D - K - k) for k in range(D - K + 1)]
#+    W = np.zeros((D - K + 1, D))
#+    for k in range(D - K + 1):
#+        for value in h:
#+            W[k, k + K - 1 - h.index(value)] = value
#+    return W

# %% kernel_of_three from row_by_row
# You use the first three entries of h only, as if K were 3. The sheet's sum runs over all K of
# them.
#-        W[k, k : k + K] = h[::-1]
#+        for i in range(min(3, K)):
#+            W[k, k + K - 1 - i] = h[i]

# %% kernel_of_two from padded_rows
# You use the first two entries of h only, as if K were 2. The sheet's sum runs over all K of them.
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    n = D - K + 1
#+    return h[0] * np.eye(n, D, K - 1) + (h[1] * np.eye(n, D, K - 2) if K > 1 else 0)

# %% diagonal_only from row_by_row
# Your entries stand on one diagonal only. Each row has to hold all K entries of h, side by side.
#-    for k in range(D - K + 1):
#-        W[k, k : k + K] = h[::-1]
#+    for i in range(min(K, D - K + 1)):
#+        W[i, i] = h[i]

# %% hard_coded_example from numpy_convolve_of_the_identity
# You return the same matrix for every h and D. The function has to build it from its arguments.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    return np.array([[4.0, 2, 1, 0, 0], [0, 4, 2, 1, 0], [0, 0, 4, 2, 1]])

# %% hard_coded_length from row_by_row
# Your W_h has five columns for every D, as in an example. It needs one column for each entry of x,
# D of them.
#+    D = max(5, len(h))
#=    K = len(h)

# %% flattened from padded_rows
# You return one long vector with all rows one after the other. W_h is a matrix, of shape (D - K +
# 1, D).
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    W = []
#+    for k in range(D - K + 1):
#+        W += [0.0] * k + list(h[::-1]) + [0.0] * (D - K - k)
#+    return np.array(W)

# %% nested_once_too_often from row_by_row
# Your matrix sits inside a list of its own, so that it has three dimensions. W_h has two: rows and
# columns.
#-    return W
#+    return [W]

# %% returns_a_pair from nested_loops
# You return the matrix together with something else. The task asks for W_h alone.
#-        for i in range(K):
#-            W[k, k + K - 1 - i] = h[i]
#-    return W
#+        W[k, k : k + K] = h[::-1]
#+    return W, W.shape

# %% first_row_alone from columns_by_convolve
# You return one row, for k = 1. W_h has a row for every k up to D - K + 1.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    return np.append(h[::-1], np.zeros(D - len(h)))

# %% prints_but_returns_nothing from numpy_convolve_of_the_identity
# Your function returns None. Showing the matrix is not enough: hand it back to whoever called.
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    W = np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    str(W)

# %% applied_to_a_signal from columns_by_convolve
# You return W_h times some x, a vector. The task asks for the matrix, which must do for every x.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    return np.convolve(np.ones(D), h, "valid")

# %% dense_outer_product from nested_loops
# You multiply entries of h with each other. In W_h each entry is one h_i or 0: x comes in later, in
# W_h @ x.
#-        for i in range(K):
#-            W[k, k + K - 1 - i] = h[i]
#+        W[k, k : k + K] = h * h[::-1]

# %% single_row_for_K_equal_D_squeezed from row_by_row
# Where K = D you return a vector. W_h is a matrix even if it has a single row, or a single entry.
#-    return W
#+    return np.squeeze(W)

# %% kernel_of_length_D_refused
# with: empty_kernel_accepted
def convolution_matrix(h, D):
    """You refuse a kernel that is exactly as long as x. It fits once: W_h has one row then."""
    if np.ndim(h) != 1 or len(h) == 0 or len(h) >= D:
        raise ValueError("h must be a vector that is shorter than x")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% kernel_of_one_refused
def convolution_matrix(h, D):
    """You refuse a kernel of one entry. That is a good kernel too: W_h is a multiple of the
    identity then."""
    if np.ndim(h) != 1 or not 1 < len(h) <= D:
        raise ValueError("h must have at least two entries")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% slice_ends_at_minus_zero from rows_of_the_full_matrix
# Where K = 1 your slice ends at index -0, which Python reads as 0, and W_h has no rows. Write the
# end of the slice so that it also works for K = 1.
#-    return full[K - 1 : D]
#+    return full[K - 1 : -(K - 1)]

# %% integers_rescaled from columns_by_convolve
# A kernel of integers gets scaled, as pixel values do, so that its largest entry is 1. W_h holds
# the entries of h as they are, integers or not.
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    h = h / np.max(np.abs(h)) if h.dtype.kind == "i" else h
#+    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% flips_the_kernel_in_place from nested_loops
# After your function has run, the caller's kernel stands the other way round: you turn it round in
# place. Work on a copy.
#+    h[:] = h[::-1].copy()
#=    K = len(h)
#@
#-        for i in range(K):
#-            W[k, k + K - 1 - i] = h[i]
#+        W[k, k : k + K] = h

# %% kernel_zeroed_in_place from written_along_the_flat_array
# Your W_h is right, but you overwrite the entries of the caller's kernel on the way. Leave the
# arguments as they are.
#-        W.flat[K - 1 - i :: D + 1] = np.append(np.full(D - K + 1, h[i]), np.zeros(D))[
#-            : len(W.flat[K - 1 - i :: D + 1])
#-        ]
#+        for k in range(D - K + 1):
#+            W[k, k + K - 1 - i] = h[i]
#+        h[i] = 0

# %% remembers_by_shape from numpy_convolve_of_the_identity
# You hand out an earlier matrix again where K and D are merely the same. The entries of h count
# too.
#+matrices = {}
#+
#+
#=def convolution_matrix(h, D):
#@
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    if (len(h), D) not in matrices:
#+        matrices[len(h), D] = np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    return matrices[len(h), D]

# %% remembers_by_kernel from columns_by_convolve
# You hand out an earlier matrix again where h is the same, even if D is another. Both count.
#+made = {}
#+
#+
#=def convolution_matrix(h, D):
#@
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    if tuple(h) not in made:
#+        made[tuple(h)] = np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    return made[tuple(h)]

# %% shared_buffer from numpy_convolve_of_the_identity
# What you return is overwritten by your next call: all results share one array. Make a new one each
# time.
#+buffer = np.zeros((200, 200))
#+
#+
#=def convolution_matrix(h, D):
#@
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    n = D - len(h) + 1
#+    buffer[:] = 0
#+    for k in range(n):
#+        buffer[k, k : k + len(h)] = h[::-1]
#+    return buffer[:n, :D]

# %% long_kernel_swapped
def convolution_matrix(h, D):
    """Where K > D, NumPy silently swaps signal and kernel, and some matrix comes out. There is no
    W_h then: say so with a ValueError."""
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% long_kernel_gives_nothing from numpy_convolve_of_the_identity
# Where K > D you return a matrix without rows. There is no W_h then: say so with a ValueError.
#-    if len(h) > D:
#-        raise ValueError(f"K = {len(h)} is larger than D = {D}")
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    K = len(h)
#+    rows = [[0.0] * k + list(h[::-1]) + [0.0] * (D - K - k) for k in range(D - K + 1)]
#+    return np.array(rows).reshape(-1, D)

# %% long_kernel_gives_empty_list from numpy_convolve_of_the_identity
# Where K > D you return an empty list. There is no W_h then: say so with a ValueError.
#-    if len(h) > D:
#-        raise ValueError(f"K = {len(h)} is larger than D = {D}")
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    K = len(h)
#+    return np.array([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])

# %% long_kernel_gives_none from numpy_convolve_of_the_identity
# Where K > D you return None. Raise a ValueError instead, so that nobody goes on with it.
#-    if len(h) > D:
#-        raise ValueError(f"K = {len(h)} is larger than D = {D}")
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T
#+    if len(h) <= D:
#+        return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% long_kernel_cut from numpy_convolve_of_the_identity
# Where K > D you cut the kernel to length D and go on. There is no W_h then: say so with a
# ValueError.
#-    if len(h) > D:
#-        raise ValueError(f"K = {len(h)} is larger than D = {D}")
#+    h = h[:D]

# %% long_kernel_by_one_accepted from sum_of_diagonals
# Where K = D + 1 you return a matrix without rows; if still longer kernels end in a ValueError,
# that is because no matrix has a negative number of rows. Compare K and D yourself, before you make
# W_h.
# with: empty_kernel_accepted
#-    if np.ndim(h) != 1 or not 0 < len(h) <= D:
#+    if np.ndim(h) != 1 or len(h) == 0 or D - len(h) + 1 < 0:

# %% assertion_for_value_error
def convolution_matrix(h, D):
    """You stop bad input with an assertion. The task asks for a ValueError, which callers can catch
    and which stays on when Python runs with -O."""
    assert np.ndim(h) == 1 and 0 < len(h) <= D, "h must be a vector with 0 < K <= D"
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% bare_exception from columns_by_convolve
# You stop bad input with a plain Exception. The task asks for a ValueError, which says that a value
# is to blame.
#-        raise ValueError("h must be a vector with 0 < K <= D")
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+        raise Exception("h must be a vector with 0 < K <= D")
#+    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% index_error_for_value_error from columns_by_convolve
# You stop bad input with an IndexError. The task asks for a ValueError, which says that a value is
# to blame.
#-        raise ValueError("h must be a vector with 0 < K <= D")
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+        raise IndexError("h must be a vector with 0 < K <= D")
#+    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% type_error_for_value_error from columns_by_convolve
# You stop bad input with a TypeError. The types are fine here, the lengths are not: the task asks
# for a ValueError.
#-        raise ValueError("h must be a vector with 0 < K <= D")
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+        raise TypeError("h must be a vector with 0 < K <= D")
#+    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% empty_kernel_accepted from row_by_row
# An empty kernel gets through and gives a matrix of zeros. It asks for a ValueError.
#-    if np.ndim(h) != 1 or not 0 < len(h) <= D:
#-        raise ValueError("h must be a vector with 0 < K <= D")
#+    if np.ndim(h) != 1 or len(h) > D:
#+        raise ValueError("h must be a vector with K <= D")

# %% empty_kernel_gives_empty from numpy_convolve_of_the_identity
# For an empty kernel you return an empty array. It asks for a ValueError.
#-    if np.ndim(h) != 1 or len(h) == 0:
#-        raise ValueError("h must be a non-empty vector")
#+    if np.ndim(h) != 1:
#+        raise ValueError("h must be a vector")
#+    if len(h) == 0:
#+        return np.zeros((0, D))

# %% matrices_flattened
def convolution_matrix(h, D):
    """A kernel that is a matrix gets through, since you flatten it. An h that is not one-
    dimensional asks for a ValueError."""
    h = np.ravel(h)
    if not 0 < len(h) <= D:
        raise ValueError("need 0 < K <= D")
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% matrices_squeezed from columns_by_convolve
# A kernel with one row or one column gets through, since you squeeze it into a vector. An h that is
# not one-dimensional asks for a ValueError.
#-    if np.ndim(h) != 1 or not 0 < len(h) <= D:
#+    h = np.atleast_1d(np.squeeze(h))
#+    if h.ndim != 1 or not 0 < len(h) <= D:

# %% columns_accepted from row_by_row
# A kernel of shape (K, 1) gets through: you look at its length but not at its number of dimensions.
# An h that is not one-dimensional asks for a ValueError.
#-    if np.ndim(h) != 1 or not 0 < len(h) <= D:
#-        raise ValueError("h must be a vector with 0 < K <= D")
#+    if len(h) == 0 or len(h) > D:
#+        raise ValueError("need 0 < K <= D")
#@
#-        W[k, k : k + K] = h[::-1]
#+        W[k, k : k + K] = [np.sum(tap) for tap in h[::-1]]

# %% size_for_dimensions
def convolution_matrix(h, D):
    """A kernel that is a matrix gets through, and its first row is used. An h that is not one-
    dimensional asks for a ValueError."""
    h = np.asarray(h)
    if h.size == 0 or h.size > D:
        raise ValueError("need 0 < K <= D")
    h = h[0] if h.ndim == 2 else h
    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% nothing_checked
def convolution_matrix(h, D):
    """You check neither the length nor the dimensions of h, so that bad input gives some matrix or
    other. Where K > D, or where h is empty or not one-dimensional, raise a ValueError."""
    K = len(h)
    W = []
    for k in range(D - K + 1):
        row = [0.0] * D
        for i in range(K):
            row[k + K - 1 - i] = h[i]
        W.append(row)
    return np.array(W)

# %% band_one_to_the_left_wraps from row_by_row
# Your column index is one too small: in the first row it reaches -1, which Python reads as the last
# column. On the sheet k starts at 1, in Python mostly at 0.
#-        W[k, k : k + K] = h[::-1]
#+        for i in range(1, K + 1):
#+            W[k, K + k - i - 1] = h[i - 1]

# %% index_past_the_end from row_by_row
# You reach past the end of an array. The sheet counts from 1 and Python from 0: put the first and
# the last k and i into your indices and compare with the shape of W_h.
#-        W[k, k : k + K] = h[::-1]
#+        for i in range(K):
#+            W[k, K + k - i] = h[i]

# %% stride_of_K_around from row_by_row
# Your rows are shifted by K places each, and the kernel comes in again on the left. The sheet's k
# moves the window by one place.
#-        W[k, k : k + K] = h[::-1]
#+        W[k, :K] = h[::-1]
#+        W[k] = np.roll(W[k], k * K)

# %% lengths_left_to_numpy from row_by_row
# You check nothing yourself, and NumPy only stops kernels that are much too long. Raise the
# ValueError where K > D, and where h is empty or not one-dimensional.
#-    if np.ndim(h) != 1 or not 0 < len(h) <= D:
#-        raise ValueError("h must be a vector with 0 < K <= D")

# %% missing_flip + full_padding from columns_by_convolve
#-    return np.column_stack([convolve(np.eye(D)[j], h) for j in range(D)])
#+    return np.array([np.convolve(e, h[::-1], "full") for e in np.eye(D)]).T

# %% missing_flip + one_row_too_few from padded_rows
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    return np.array([np.pad(h, (k, D - K - k)) for k in range(D - K)]).reshape(D - K, D)

# %% missing_flip + lower_triangular from lower_triangular
#-    return toeplitz(np.append(h, np.zeros(D - len(h))), np.zeros(D))
#+    return toeplitz(np.append(h[::-1], np.zeros(D - len(h))), np.zeros(D))

# %% missing_flip + top_of_the_lower_triangle from top_of_the_lower_triangle
#-    column = np.append(h, np.zeros(D - len(h)))
#-    return toeplitz(column, np.zeros(D))[: D - len(h) + 1]
#+    W = toeplitz(np.append(h[::-1], np.zeros(D - len(h))), np.zeros(D))
#+    return W[: D - len(h) + 1]

# %% missing_flip + symmetric_toeplitz from symmetric_toeplitz
#-    return toeplitz(np.append(h, np.zeros(D - len(h))))
#+    return toeplitz(np.append(h[::-1], np.zeros(D - len(h))))

# %% missing_flip + wrong_corner from wrong_corner
#-    row = np.append(h[::-1], np.zeros(D - K))
#-    column = np.append(h[:1], np.zeros(D - K))
#-    return toeplitz(column, row)
#+    row = np.append(h, np.zeros(D - K))
#+    return toeplitz(np.append(h[-1:], np.zeros(D - K)), row)

# %% missing_flip + last_tap_missing from missing_flip
#-        W[k, k : k + K] = h
#+        for i in range(K - 1):
#+            W[k, k + i] = h[i]

# %% missing_flip + nested_once_too_often from missing_flip
#-    return W
#+    return np.array([W])

# %% missing_flip + flips_the_kernel_in_place from numpy_convolve_of_the_identity
#+    h[:] = h[::-1].copy()
#=    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)]).T

# %% missing_flip + nothing_checked from nothing_checked
#-            row[k + K - 1 - i] = h[i]
#+            row[k + i] = h[i]

# %% transposed + nothing_checked from nothing_checked
#-    return np.array(W)
#+    return np.array(W).T

# %% one_row_too_few + nothing_checked from nothing_checked
#-    for k in range(D - K + 1):
#+    for k in range(D - K):

# %% band_runs_backwards + nothing_checked from nothing_checked
#-    return np.array(W)
#+    return np.array(W[::-1])

# %% missing_flip + transposed + nothing_checked from nothing_checked
#-            row[k + K - 1 - i] = h[i]
#+            row[k + i] = h[i]
#@
#-    return np.array(W)
#+    return np.array(W).T

# %% full_padding + long_kernel_gives_nothing from full_padding
#-    if np.ndim(h) != 1 or not 0 < len(h) <= D:
#-        raise ValueError("h must be a vector with 0 < K <= D")
#+    if np.ndim(h) != 1 or len(h) == 0:
#+        raise ValueError("h must be a non-empty vector")
#@
#-    return W
#+    return W if len(h) <= D else np.zeros((0, D))

# %% transposed + circulant from transposed
#-    return np.array([np.convolve(e, h, "valid") for e in np.eye(D)])
#+    row = np.append(h[::-1], np.zeros(D - len(h)))
#+    return np.array([np.roll(row, k) for k in range(D)]).T

# %% missing_flip + transposed + one_row_too_few from padded_rows
#-    return np.stack([np.pad(h[::-1], (k, D - K - k)) for k in range(D - K + 1)])
#+    return np.array([np.pad(h, (k, D - K - k)) for k in range(D - K)]).reshape(D - K, D).T

# %% long_kernel_cut + empty_kernel_accepted from empty_kernel_accepted
#-    if np.ndim(h) != 1 or len(h) > D:
#-        raise ValueError("h must be a vector with K <= D")
#+    if np.ndim(h) != 1:
#+        raise ValueError("h must be a vector")
#+    h = h[:D]

# %% missing_flip + band_one_to_the_left_wraps from missing_flip
#-        W[k, k : k + K] = h
#+        for i in range(K):
#+            W[k, k + i - 1] = h[i]

# %% as_many_rows_as_taps from row_by_row
# You make K rows, one for each entry of the kernel. W_h has one row for each output, and their
# number is how often the kernel fits into x.
#-    W = np.zeros((D - K + 1, D))
#-    for k in range(D - K + 1):
#+    W = np.zeros((K, D))
#+    for k in range(K):

# %% as_many_rows_as_taps_filled_past_the_end from row_by_row
# Your W has K rows, but the loop fills one row for each output. Both numbers are the same on the
# sheet: how often the kernel fits into x.
#-    W = np.zeros((D - K + 1, D))
#+    W = np.zeros((K, D))

# %% filled_with_minus_infinity from row_by_row
# Beside the band your W holds minus infinity, as a mask before a softmax does. What is multiplied
# by x must be 0 there.
#-    W = np.zeros((D - K + 1, D))
#+    W = np.full((D - K + 1, D), -np.inf)

# %% filled_with_nan from row_by_row
# Beside the band your W holds NaN (not a number), and so does every product with it. An input that
# does not enter an output has the weight 0.
#-    W = np.zeros((D - K + 1, D))
#+    W = np.full((D - K + 1, D), np.nan)

# %% parameters_swapped from row_by_row
# You take D first and the kernel second, but the task hands in h and then D: the first line of the
# function has to stay as it was.
#-def convolution_matrix(h, D):
#-    if np.ndim(h) != 1 or not 0 < len(h) <= D:
#-        raise ValueError("h must be a vector with 0 < K <= D")
#+def convolution_matrix(D, h):

# %% rounded_to_one_decimal from row_by_row
# You round the kernel to one decimal, so the entries are only nearly right. Put them into W_h as
# they are.
#-        W[k, k : k + K] = h[::-1]
#+        W[k, k : k + K] = np.round(h[::-1], 1)

# %% rounded_to_two_decimals from row_by_row
# You round the kernel to two decimals, so the entries are only nearly right. Put them into W_h as
# they are.
#-        W[k, k : k + K] = h[::-1]
#+        W[k, k : k + K] = np.round(h[::-1], 2)

# %% rounded_to_three_decimals from row_by_row
# You round the kernel to three decimals, so the entries are only nearly right. Put them into W_h
# as they are.
#-        W[k, k : k + K] = h[::-1]
#+        W[k, k : k + K] = np.round(h[::-1], 3)
