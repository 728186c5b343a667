"""Announces a reply of 16 exabytes.

Must end the session before memory is taken for it.

Ends: died
Says: larger than allowed
"""
# ruff: noqa

import os, struct
os.write(3, struct.pack("!4sIQ", b"AGw1", 2, 2**63) + b"{}")
