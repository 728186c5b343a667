"""Returns many arrays without entries, of shapes that no memory could hold otherwise.

Must be refused: together they are more than an array may be.

Ends: ok
"""
# ruff: noqa

import numpy as np
def convolve(x, h):
    return [np.empty((2**47, 0))] * 15000
