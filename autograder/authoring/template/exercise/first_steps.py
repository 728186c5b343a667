"""Hidden tests of the notebook `first_steps`.

They hold no expected values: these come from the solution in the source notebook. Cases are neither
square nor symmetric, so that a transposed matrix shows.
"""
