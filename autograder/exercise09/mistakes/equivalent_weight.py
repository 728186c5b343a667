"""Wrong answers to equivalent_weight, as people write them: see autograder.exercise.known_answers."""
# %% same_weight from twice
# Your weight is w1 itself, or so close to it that rounding cannot tell the two apart. The task asks
# for another weight.
#-    return 2 * w1
#+    return w1

# %% opposite_sign from twice
# Your weight has the sign of w1 turned round. Standardizing takes the size of a weight away, but
# its sign stays: a phi such as the ReLU tells the two apart.
#-    return 2 * w1
#+    return -w1

# %% zero from twice
# With the weight 0 all pre-activations are equal. Then sigma is 0, and there is nothing to divide
# by.
#-    return 2 * w1
#+    return 0.0

# %% always_one from twice
# Your weight is always 1. For a negative w1 that turns the pre-activations round, and for w1 = 1 it
# is no other weight.
#-    return 2 * w1
#+    return 1.0

# %% always_two from twice
# Your weight is always 2. Look at what happens to a negative w1, and to w1 = 2 itself.
#-    return 2 * w1
#+    return 2.0

# %% reciprocal from twice
# 1 / w1 has the right sign, but for w1 = 1 and w1 = -1 it is w1 itself.
#-    return 2 * w1
#+    return 1 / w1

# %% negative_reciprocal from twice
# -1 / w1 has the other sign than w1. Standardizing takes only the size of a weight away.
#-    return 2 * w1
#+    return -1 / w1

# %% square from twice
# The square of w1 is never negative, and for w1 = 1 it is w1 itself. The sign of w1 has to stay.
#-    return 2 * w1
#+    return w1**2

# %% cube from twice
# The third power keeps the sign, but for w1 = 1 and w1 = -1 it is w1 itself.
#-    return 2 * w1
#+    return w1**3

# %% absolute_value from twice
# The absolute value of w1 is w1 itself where w1 is positive, and has lost its sign where it is
# negative.
#-    return 2 * w1
#+    return abs(w1)

# %% twice_the_absolute_value from twice
# Your weight is always positive. For a negative w1 the standardized pre-activations then have the
# wrong sign.
#-    return 2 * w1
#+    return 2 * abs(w1)

# %% plus_one from twice
# Adding 1 may change the sign: try w1 = -0.5. Ask which operation changes the size of a number, but
# never its sign.
#-    return 2 * w1
#+    return w1 + 1

# %% minus_one from twice
# Subtracting 1 may change the sign, and from w1 = 1 it leads to 0. Ask which operation changes the
# size of a number, but never its sign.
#-    return 2 * w1
#+    return w1 - 1

# %% plus_a_little from twice
# Adding 0.001 goes well as long as w1 is not close to 0. A negative w1 that is smaller than that
# gets another sign.
#-    return 2 * w1
#+    return w1 + 0.001

# %% sign from twice
# The sign of w1 is all that standardizing leaves of it, so you are close. But for w1 = 1 and w1 =
# -1 you return w1 itself.
#-    return 2 * w1
#+    return np.sign(w1)

# %% opposite_of_sign from twice
# You return the sign of w1 turned round. The sign is just what has to stay.
#-    return 2 * w1
#+    return -np.sign(w1)

# %% twice_negative from twice
# Your weight has another size, which is fine, but the sign is turned round as well. Standardizing
# leaves the sign of w1 as it is.
#-    return 2 * w1
#+    return -2 * w1

# %% whole_numbers from twice
# You cut the decimals off, so that a small w1 becomes 0. Weights are real numbers.
#-    return 2 * w1
#+    return int(2 * w1)

# %% square_root from twice
# The root does not exist for a negative w1, and for w1 = 1 it is w1 itself.
#-    return 2 * w1
#+    return np.sqrt(w1)

# %% as_large_as_possible from twice
# Your weight is the largest number there is. Its products with x are infinite on most batches, so
# no mean and no sigma can be computed.
#-    return 2 * w1
#+    return np.sign(w1) * np.finfo(float).max

# %% only_for_positive_weights from twice
# For a negative w1 your function returns nothing. The same thought works there, too.
#-    return 2 * w1
#+    if w1 > 0:
#+        return 2 * w1

# %% none from twice
# Your function prints a weight but returns None. What is asked for has to be returned.
#-    return 2 * w1
#+    print(2 * w1)

# %% array_of_weights from twice
# You return several weights in an array. One other weight, one number, is asked for.
#-    return 2 * w1
#+    return np.array([0.5 * w1, 2 * w1])

# %% pair_of_weights from twice
# You return w1 along with another weight. Only the other one is asked for.
#-    return 2 * w1
#+    return w1, 2 * w1

# %% random_weight from twice
# You return the same number for every w1, so its sign is wrong for half of them.
#-    return 2 * w1
#+    return float(np.random.default_rng(0).normal())

# %% exponential from twice
# The exponential is always positive. For a negative w1 the standardized pre-activations then have
# the wrong sign.
#-    return 2 * w1
#+    return np.exp(w1)

# %% largest_of_one from twice
# Your weight is w1 itself wherever its size is 1 or more. The task asks for another weight in all
# cases.
#-    return 2 * w1
#+    return np.sign(w1) * max(abs(w1), 1.0)

# %% minus_a_little from twice
# Subtracting 0.1 turns the sign of a small positive w1 round. Ask which operation changes the size
# of a number, but never its sign.
#-    return 2 * w1
#+    return w1 - 0.1

# %% absolute_value_plus_one from twice
# Your weight is 1 or more, whatever w1 is. A negative w1 loses its sign that way, and the
# standardized pre-activations come out with the wrong one.
#-    return 2 * w1
#+    return abs(w1) + 1

# %% reciprocal_of_absolute_value from twice
# Your weight is positive for every w1, so that the sign of a negative w1 is lost; and for w1 = 1 it
# is no other weight.
#-    return 2 * w1
#+    return 1 / abs(w1)

# %% absolute_value_minus_one from twice
# The sign of your weight depends on the size of w1, not on its sign: it is negative for all w1
# between -1 and 1 and positive beyond. It has to be the sign of w1.
#-    return 2 * w1
#+    return abs(w1) - 1

# %% one_minus_w1 from twice
# Your weight is positive for w1 below 1 and negative above, and w1 = 0.5 stays as it is. The sign
# has to be that of w1.
#-    return 2 * w1
#+    return 1 - w1

# %% minus_w1_minus_one from twice
# Your weight is negative for every positive w1. What standardizing leaves of a weight is its sign,
# so it has to stay.
#-    return 2 * w1
#+    return -w1 - 1

# %% square_plus_one from twice
# Your weight grows with the square of w1 and is never below 1, not even for a negative w1. Its sign
# has to stay negative then.
#-    return 2 * w1
#+    return w1**2 + 1

# %% negative_square from twice
# Your weight is never positive, since a square with a minus is not. For a positive w1 that is the
# wrong sign.
#-    return 2 * w1
#+    return -(w1**2)

# %% negative_cube from twice
# Your weight always has the other sign than w1. Its size may be whatever you like, but the sign has
# to stay.
#-    return 2 * w1
#+    return -(w1**3)

# %% reciprocal_of_square from twice
# Your weight is the same for w1 and for -w1, and always positive. Standardizing takes the size of a
# weight away, but not its sign.
#-    return 2 * w1
#+    return 1 / w1**2

# %% reciprocal_of_cube from twice
# Your weight keeps the sign of w1 and mostly has another size. But for w1 = 1 and w1 = -1 it is w1
# itself.
#-    return 2 * w1
#+    return w1**-3

# %% next_whole_number from twice
# You go on to a whole number above w1: from a w1 between -1 and 0 that leads to 1, and from -1 to
# 0. Ask which operation never changes the sign.
#-    return 2 * w1
#+    return int(w1) + 1

# %% one_for_all_negative_weights from twice
# For every negative w1 your weight is 1, since w1 and its absolute value cancel. The sign of w1 has
# to stay.
#-    return 2 * w1
#+    return w1 + abs(w1) + 1

# %% halved_and_rounded_down from twice
# Half of w1 has the right sign, but you round it down to a whole number: a w1 between 0 and 2
# becomes 0. Weights are real numbers.
#-    return 2 * w1
#+    return w1 // 2

# %% towards_zero_by_one from twice
# You go one step towards 0. From w1 = 1 that leads to 0 itself, and from a smaller w1 to the other
# sign.
#-    return 2 * w1
#+    return w1 - np.sign(w1)

# %% half_with_the_sign from twice
# Your weight has the sign of w1, but its size is always 0.5. For w1 = 0.5 and w1 = -0.5 it is no
# other weight.
#-    return 2 * w1
#+    return 0.5 * np.sign(w1)

# %% two_with_the_sign from twice
# Your weight has the sign of w1, but its size is always 2. For w1 = 2 and w1 = -2 it is no other
# weight.
#-    return 2 * w1
#+    return 2 * np.sign(w1)

# %% plus_a_very_little from twice
# You add 1e-12. Beside a large w1 that is lost to rounding, and a very small negative w1 gets
# another sign or becomes 0.
#-    return 2 * w1
#+    return w1 + 1e-12

# %% infinite from twice
# Your weight is infinite. Products with it are infinite or not a number, so there is no mean and no
# sigma.
#-    return 2 * w1
#+    return np.copysign(np.inf, w1)

# %% weight_in_an_array from twice
# You return an array that holds one weight. The weight itself, a number, is asked for.
#-    return 2 * w1
#+    return np.array([2 * w1])

# %% visible_examples_only from twice
# Your function knows the weights of the visible check and has no answer to any other. It has to
# work for every w1 but 0.
#-    return 2 * w1
#+    return {3.0: 6.0, -0.5: -1.0, 1.0: 2.0}[w1]

# %% visible_examples_or_none from twice
# Your function returns None for a w1 that the visible check does not ask for. The thought behind
# those examples works for every w1 but 0.
#-    return 2 * w1
#+    return {3.0: 6.0, -0.5: -1.0, 1.0: 2.0}.get(w1)

# %% visible_examples_or_five from twice
# Your function has a weight for each w1 of the visible check, and the same positive weight for all
# others. A negative w1 needs a negative one.
#-    return 2 * w1
#+    return {3.0: 6.0, -0.5: -1.0, 1.0: 2.0}.get(w1, 5.0)
