"""Right answers to count_parameters, as different as people write them."""
# ruff: noqa


# %% formulas
def count_dense_parameters(D, K):
    return D * (D - K + 1)


def count_convolution_parameters(D, K):
    return K


# %% multiplied_out
def count_dense_parameters(D, K):
    return D**2 - D * K + D


def count_convolution_parameters(D, K):
    return int(K)


# %% numpy_integers
def count_dense_parameters(D, K):
    return np.prod([D - K + 1, D])


def count_convolution_parameters(D, K):
    return np.int64(K)


# %% sizes_of_arrays
def count_dense_parameters(D, K):
    return np.zeros((D - K + 1, D)).size


def count_convolution_parameters(D, K):
    h = np.zeros(K)
    return h.shape[0]


# %% from_the_matrix
def count_dense_parameters(D, K):
    return convolution_matrix(np.ones(K), D).size


def count_convolution_parameters(D, K):
    W_h = convolution_matrix(np.arange(1, K + 1), D)
    return len(set(W_h.ravel()) - {0})


# %% from_its_rows
def count_dense_parameters(D, K):
    rows, columns = np.shape(convolution_matrix([1.0] * K, D))
    return rows * columns


def count_convolution_parameters(D, K):
    return np.count_nonzero(np.asarray(convolution_matrix([1.0] * K, D))[0])


# %% from_the_convolution
def count_dense_parameters(D, K):
    return len(convolve(np.ones(D), np.ones(K))) * D


def count_convolution_parameters(D, K):
    return round(float(convolve(np.ones(D), np.ones(K))[0]))


# %% counted_in_loops
def count_dense_parameters(D, K):
    count = 0
    for k in range(1, D - K + 2):
        for j in range(1, D + 1):
            count += 1
    return count


def count_convolution_parameters(D, K):
    return sum(1 for i in range(K))


# %% recursive
def count_dense_parameters(D, K):
    return D if D == K else D + count_dense_parameters(D, K + 1)


def count_convolution_parameters(D, K):
    return 0 if K == 0 else 1 + count_convolution_parameters(D, K - 1)


# %% zero_dimensional_arrays
def count_dense_parameters(D, K):
    return np.array(D * (D - K + 1))


def count_convolution_parameters(D, K):
    return np.asarray(K)


# %% rank_of_the_layers
def count_dense_parameters(D, K):
    outputs = D - K + 1
    return sum([D] * outputs)


def count_convolution_parameters(D, K):
    tied = (D - K + 1) * K - (D - K) * K
    return tied


# %% entries_minus_restrictions
def count_dense_parameters(D: int, K: int) -> int:
    return int(np.multiply(D, D - K + 1))


def count_convolution_parameters(D: int, K: int) -> int:
    n = D - K + 1
    zeros = n * (D - K)
    shared = (n - 1) * K
    return n * D - zeros - shared


# %% helper_and_prints
def outputs(D, K):
    print("D =", D, "and K =", K)
    return len(range(K, D + 1))


# %%+
def count_dense_parameters(D, K):
    return D * outputs(D, K)


def count_convolution_parameters(D, K):
    print("only the kernel")
    return K


# %% lambdas
count_dense_parameters = lambda D, K: (D - K + 1) * D
count_convolution_parameters = lambda D, K: K


# %% unsigned_and_checked
def count_dense_parameters(D, K):
    if K > D:
        raise ValueError("K > D")
    return np.uint64(D * (D - K + 1))


def count_convolution_parameters(D, K):
    if K > D:
        raise ValueError("K > D")
    return np.uint64(K)
