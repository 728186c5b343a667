"""Raises an exception with a text of 100 MB, made when it is asked for.

Must be cut.

Ends: ok
"""
# ruff: noqa

class Long(Exception):
    def __str__(self): return "x" * 10**8
def convolve(x, h):
    raise Long
