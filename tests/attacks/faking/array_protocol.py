"""Returns an object that looks at who asks before it says what it is.

Must be refused: it is not an array.

Ends: ok
"""
# ruff: noqa

import numpy as np
class Chameleon:
    shape = (4,)
    dtype = np.dtype(float)
    def __array__(self, *args, **kwargs): raise RuntimeError("not now")
    def __array_function__(self, *args): return True
    def __array_ufunc__(self, *args, **kwargs): return True
    def __len__(self): return 10**18
    def __getitem__(self, index): return 1.0
def convolve(x, h):
    return Chameleon()
