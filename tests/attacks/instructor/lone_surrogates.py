"""Prints, shows and returns text that no file can hold.

Must arrive as text that can be stored.

Ends: ok
"""
# ruff: noqa

print("\ud800")
display({"text/plain": "\udfff", "text/\ud800": "x"}, raw=True)
def convolve(x, h):
    raise ValueError("\ud800")
