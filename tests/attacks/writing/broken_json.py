"""Sends headers that are not what they should be: deep, huge numbers, not an object.

Must end the session and leave the grader standing.

Ends: died
"""
# ruff: noqa

import os, struct
text = b"[" * 200_000
os.write(3, struct.pack("!4sIQ", b"AGw1", len(text), 0))
left = text
while left:
    left = left[os.write(3, left):]
