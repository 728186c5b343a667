"""Forks and lets the child go on with the notebook.

Must not give two answers.

Ends: ok
"""
# ruff: noqa

import os
os.fork()
def convolve(x, h):
    return 0
