"""Prints without end.

Must be cut, and interrupted.

Ends: timeout,died
"""
# ruff: noqa

while True:
    print("x" * 10_000)
