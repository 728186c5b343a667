"""Closes every descriptor.

Must end the session and nothing else.

Ends: died
"""
# ruff: noqa

import os
os.closerange(0, 256)
