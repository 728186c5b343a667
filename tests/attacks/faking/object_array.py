"""Returns an array of objects that equal everything.

Must be refused by name.

Ends: ok
"""
# ruff: noqa

import numpy as np
class Yes:
    def __eq__(self, other): return True
    def __reduce__(self): return (exec, ("raise SystemExit",))
def convolve(x, h):
    return np.array([Yes()] * 4, dtype=object)
