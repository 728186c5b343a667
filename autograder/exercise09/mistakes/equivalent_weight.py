"""Wrong answers to equivalent_weight, as people write them."""
# ruff: noqa


# %% same_weight
def equivalent_weight(w1):
    """You return w1 itself. The task asks for another weight."""
    return w1


# %% opposite_sign
def equivalent_weight(w1):
    """Your weight has the sign of w1 turned round. Standardizing takes the size of a weight away,
    but its sign stays: a phi such as the ReLU tells the two apart.
    """
    return -w1


# %% zero
def equivalent_weight(w1):
    """With the weight 0 all pre-activations are equal. Then sigma is 0, and there is nothing to
    divide by.
    """
    return 0.0


# %% always_one
def equivalent_weight(w1):
    """Your weight is always 1. For a negative w1 that turns the pre-activations round, and for w1
    = 1 it is no other weight.
    """
    return 1.0


# %% always_two
def equivalent_weight(w1):
    """Your weight is always 2. Look at what happens to a negative w1, and to w1 = 2 itself."""
    return 2.0


# %% reciprocal
def equivalent_weight(w1):
    """1 / w1 has the right sign, but for w1 = 1 and w1 = -1 it is w1 itself."""
    return 1 / w1


# %% negative_reciprocal
def equivalent_weight(w1):
    """-1 / w1 has the other sign than w1. Standardizing takes only the size of a weight away."""
    return -1 / w1


# %% square
def equivalent_weight(w1):
    """The square of w1 is never negative, and for w1 = 1 it is w1 itself. The sign of w1 has to
    stay.
    """
    return w1**2


# %% cube
def equivalent_weight(w1):
    """The third power keeps the sign, but for w1 = 1 and w1 = -1 it is w1 itself."""
    return w1**3


# %% absolute_value
def equivalent_weight(w1):
    """The absolute value of w1 is w1 itself where w1 is positive, and has lost its sign where it
    is negative.
    """
    return abs(w1)


# %% twice_the_absolute_value
def equivalent_weight(w1):
    """Your weight is always positive. For a negative w1 the standardized pre-activations then
    have the wrong sign.
    """
    return 2 * abs(w1)


# %% plus_one
def equivalent_weight(w1):
    """Adding 1 may change the sign: try w1 = -0.5. Ask which operation changes the size of a
    number, but never its sign.
    """
    return w1 + 1


# %% minus_one
def equivalent_weight(w1):
    """Subtracting 1 may change the sign, and from w1 = 1 it leads to 0. Ask which operation
    changes the size of a number, but never its sign.
    """
    return w1 - 1


# %% plus_a_little
def equivalent_weight(w1):
    """Adding 0.001 goes well as long as w1 is not close to 0. A negative w1 that is smaller than
    that gets another sign.
    """
    return w1 + 0.001


# %% sign
def equivalent_weight(w1):
    """The sign of w1 is all that standardizing leaves of it, so you are close. But for w1 = 1 and
    w1 = -1 you return w1 itself.
    """
    return np.sign(w1)


# %% opposite_of_sign
def equivalent_weight(w1):
    """You return the sign of w1 turned round. The sign is just what has to stay."""
    return -np.sign(w1)


# %% twice_negative
def equivalent_weight(w1):
    """Your weight has another size, which is fine, but the sign is turned round as well.
    Standardizing leaves the sign of w1 as it is.
    """
    return -2 * w1


# %% whole_numbers
def equivalent_weight(w1):
    """You cut the decimals off, so that a small w1 becomes 0. Weights are real numbers."""
    return int(2 * w1)


# %% square_root
def equivalent_weight(w1):
    """The root does not exist for a negative w1, and for w1 = 1 it is w1 itself."""
    return np.sqrt(w1)


# %% as_large_as_possible
def equivalent_weight(w1):
    """Your weight is the largest number there is. Its products with x are infinite on most
    batches, so no mean and no sigma can be computed.
    """
    return np.sign(w1) * np.finfo(float).max


# %% only_for_positive_weights
def equivalent_weight(w1):
    """For a negative w1 your function returns nothing. The same thought works there, too."""
    if w1 > 0:
        return 2 * w1


# %% none
def equivalent_weight(w1):
    """Your function prints a weight but returns None. What is asked for has to be returned."""
    print(2 * w1)


# %% array_of_weights
def equivalent_weight(w1):
    """You return several weights in an array. One other weight, one number, is asked for."""
    return np.array([0.5 * w1, 2 * w1])


# %% pair_of_weights
def equivalent_weight(w1):
    """You return w1 along with another weight. Only the other one is asked for."""
    return w1, 2 * w1


# %% random_weight
def equivalent_weight(w1):
    """You return the same number for every w1, so its sign is wrong for half of them."""
    return float(np.random.default_rng(0).normal())


# %% exponential
def equivalent_weight(w1):
    """The exponential is always positive. For a negative w1 the standardized pre-activations then
    have the wrong sign.
    """
    return np.exp(w1)


# %% largest_of_one
def equivalent_weight(w1):
    """Your weight is w1 itself wherever its size is 1 or more. The task asks for another weight
    in all cases.
    """
    return np.sign(w1) * max(abs(w1), 1.0)


# %% minus_a_little
def equivalent_weight(w1):
    """Subtracting 0.1 turns the sign of a small positive w1 round. Ask which operation changes
    the size of a number, but never its sign.
    """
    return w1 - 0.1


# %% absolute_value + plus_one
def equivalent_weight(w1):
    return abs(w1) + 1


# %% absolute_value + reciprocal
def equivalent_weight(w1):
    return 1 / abs(w1)


# %% absolute_value + minus_one
def equivalent_weight(w1):
    return abs(w1) - 1


# %% opposite_sign + plus_one
def equivalent_weight(w1):
    return 1 - w1


# %% opposite_sign + minus_one
def equivalent_weight(w1):
    return -w1 - 1


# %% square + plus_one
def equivalent_weight(w1):
    return w1**2 + 1


# %% square + opposite_sign
def equivalent_weight(w1):
    return -(w1**2)


# %% cube + opposite_sign
def equivalent_weight(w1):
    return -(w1**3)


# %% square + reciprocal
def equivalent_weight(w1):
    return 1 / w1**2


# %% cube + reciprocal
def equivalent_weight(w1):
    return w1**-3


# %% plus_one + whole_numbers
def equivalent_weight(w1):
    return int(w1) + 1
