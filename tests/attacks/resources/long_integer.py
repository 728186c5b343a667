"""Returns an integer with a million digits.

Must be refused by its length.

Ends: ok
"""
# ruff: noqa

def convolve(x, h):
    return 1 << 3_400_000
