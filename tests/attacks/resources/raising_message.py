"""Raises an exception whose text raises, whose class lies about its name.

Must be recorded as an exception.

Ends: ok
"""
# ruff: noqa

class Meta(type):
    __name__ = property(lambda cls: 1 / 0)
class Odd(Exception, metaclass=Meta):
    def __str__(self): raise SystemExit
def convolve(x, h):
    raise Odd
