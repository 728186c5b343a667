"""Returns an object that equals everything.

Must be refused: it is not plain data.

Ends: ok
"""
# ruff: noqa

class Yes:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __sub__(self, other): return 0
    __rsub__ = __sub__
    def __float__(self): return 1.0
    def __bool__(self): return True
def convolve(x, h):
    return Yes()
