"""Returns a list nested 10 000 deep.

Must be refused by its depth.

Ends: ok
"""
# ruff: noqa

def convolve(x, h):
    nested = []
    for _ in range(10_000):
        nested = [nested]
    return nested
