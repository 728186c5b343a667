"""Right answers to TASK, as people write them."""
# ruff: noqa


# %% plain
def TASK(x):
    return 2 * x + 1


# %% loop
def TASK(x):
    y = []
    for value in x:
        y.append(2 * value + 1)
    return y
