"""Right answers to equivalent_weight, as people write them."""
# ruff: noqa


# %% twice
def equivalent_weight(w1):
    return 2 * w1


# %% half
def equivalent_weight(w1):
    return w1 / 2


# %% ten_times_as_float
def equivalent_weight(w1: float) -> float:
    return float(10.0 * w1)


# %% plus_its_sign
def equivalent_weight(w1):
    return w1 + np.sign(w1)


# %% by_cases
def equivalent_weight(w1):
    if w1 > 0:
        return 1.0 if w1 != 1.0 else 2.0
    return -1.0 if w1 != -1.0 else -2.0


# %% sum_with_itself
def equivalent_weight(w1):
    print("any positive multiple will do")
    return w1 + w1


# %% zero_dimensional_array
def equivalent_weight(w1):
    return np.asarray(w1) * 3.0


# %% single_precision
def equivalent_weight(w1):
    return np.float32(1.5) * np.float32(w1)


# %% larger_size_same_sign
import math


def equivalent_weight(w1):
    return math.copysign(abs(w1) + 1, w1)


# %% random_positive_factor
def equivalent_weight(w1):
    return w1 * np.random.uniform(2, 5)


# %% shrunk
def equivalent_weight(w1, c=0.999):
    assert w1 != 0
    return c * w1


# %% reciprocal_and_exception
def equivalent_weight(w1):
    return 1 / w1 if abs(w1) != 1 else 5 * w1


# %% much_larger
def equivalent_weight(w1):
    return w1 * 1e6
