"""Returns an array that a thread changes while it is read.

Must be a wrong answer, whatever is read.
"""
# ruff: noqa

import threading
import numpy as np
data = np.zeros(4)
def keep_changing():
    while True:
        data[:] = np.random.rand(4)
threading.Thread(target=keep_changing, daemon=True).start()
def convolve(x, h):
    return data
