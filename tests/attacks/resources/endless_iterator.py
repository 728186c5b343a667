"""Returns an iterator without end.

Must be refused: it is not values.

Ends: ok
"""
# ruff: noqa

import itertools
def convolve(x, h):
    return itertools.count()
