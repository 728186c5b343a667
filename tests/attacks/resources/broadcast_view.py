"""Returns a view that claims to hold 10 TB.

Must be refused by its size.

Ends: ok
"""
# ruff: noqa

import numpy as np
def convolve(x, h):
    return np.broadcast_to(np.float64(0), (10**6, 10**6 + 250_000))
