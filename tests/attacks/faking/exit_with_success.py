"""Ends the process with success in the middle of a question.

Must count as no answer.

Ends: ok
"""
# ruff: noqa

import os
def convolve(x, h):
    os._exit(0)
