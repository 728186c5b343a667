"""Wrong answers to TASK, as people write them."""
# ruff: noqa


# %% missing_bias
def TASK(x, W, b):
    """Your output does not depend on b: look at the last term of the formula."""
    return W @ x


# %% subtracted_bias
def TASK(x, W, b):
    """You take b off, where the formula adds it."""
    return W @ x - b


# %% absolute_weights
def TASK(x, W, b):
    """Weights below zero count as if they were above: each keeps its sign in the formula."""
    return abs(W) @ x + b
