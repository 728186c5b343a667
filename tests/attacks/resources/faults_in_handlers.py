"""A timer whose handler raises, wherever the runner happens to be.

Must cost its own notebook at most.
"""
# ruff: noqa

import signal
def handler(*args):
    raise MemoryError("now")
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.0003, 0.0003)
def convolve(x, h):
    return 0
