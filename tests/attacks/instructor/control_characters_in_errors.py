"""Raises an exception whose name and text hold control characters and formulas.

Must be recorded as text.

Ends: ok
"""
# ruff: noqa

def convolve(x, h):
    raise type("=HYPERLINK(1)\x1b[2J", (Exception,), {})("=cmd|' /C calc'!A0\x1b[31m\u202e")
