"""Prints characters that grow twelvefold when they are sent.

Must be cut, and interrupted.

Ends: timeout
"""
# ruff: noqa

while True:
    print("\U0001f600" * 1000)
