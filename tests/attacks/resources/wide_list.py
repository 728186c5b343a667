"""Returns a list that holds one list a billion times over.

Must be refused by its number of values.

Ends: ok
"""
# ruff: noqa

def convolve(x, h):
    wide = [0.0]
    for _ in range(9):
        wide = [wide] * 10
    return wide
