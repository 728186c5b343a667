"""Returns arrays of dtypes that hide what they hold.

Must be refused.

Ends: ok
"""
# ruff: noqa

import numpy as np
def convolve(x, h):
    return np.zeros(4, dtype=[("score", "f8"), ("what", "O")])
