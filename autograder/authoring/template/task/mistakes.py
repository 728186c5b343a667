"""Wrong answers to TASK, as people write them."""
# ruff: noqa

# %% missing_shift from plain
# Your values are too small by the same amount everywhere: look at the last term of the formula.
#-    return 2 * x + 1
#+    return 2 * x

# %% prints_only from plain
# You print the result, but the function has to return it.
#-    return 2 * x + 1
#+    print(2 * x + 1)
