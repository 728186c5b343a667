"""Writes to descriptor 1 without end.

Must be cut.

Ends: error
"""
# ruff: noqa

import os
while True:
    os.write(1, b"x" * 100_000)
