"""Displays without end.

Must be cut, and interrupted.

Ends: timeout,died
"""
# ruff: noqa

from IPython.display import display
while True:
    display(0)
