"""Right answers to TASK, as people write them."""
# ruff: noqa


# %% loops
def TASK(x, W, b):
    z = np.zeros(len(b))
    for n in range(len(b)):
        z[n] = b[n]
        for d in range(len(x)):
            z[n] += W[n, d] * x[d]
    return z


# %% einsum
def TASK(x, W, b):
    return np.einsum("nd,d->n", W, x) + b


# %% a_list_of_rows
def TASK(x, W, b):
    return [sum(row * x) + shift for row, shift in zip(W, b)]
