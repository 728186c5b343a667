"""A thread changes the shape and the type of the returned array while it is read.

Must cost its own process at most.
"""
# ruff: noqa

import threading, numpy as np
result = np.zeros(4)
def change():
    while True:
        for shape, dtype in (((4,), "<f8"), ((2, 2), "<i8"), ((32,), "|u1"), ((4,), "<M8[s]")):
            try:
                result.dtype = dtype
                result.shape = shape
            except Exception:
                result.shape = (-1,)
threading.Thread(target=change, daemon=True).start()
def convolve(x, h):
    return result
