"""Returns a list that holds itself.

Must be refused by its depth.

Ends: ok
"""
# ruff: noqa

def convolve(x, h):
    endless = []
    endless.append(endless)
    return endless
