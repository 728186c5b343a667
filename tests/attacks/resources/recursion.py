"""Recurses without end, with the limit lifted.

Must end at most itself.

Ends: error,died
"""
# ruff: noqa

import sys
sys.setrecursionlimit(10**9)
class A:
    def __repr__(self): return repr(self)
repr(A())
