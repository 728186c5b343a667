"""Keeps memory in files that belong to no folder.

Must be refused.

Ends: ok
"""
# ruff: noqa

import os
try:
    os.memfd_create("hoard")
except OSError as error:
    print(error)
else:
    raise SystemError("got one")
import ctypes
assert ctypes.CDLL(None).shmget(0, 1 << 30, 0o1600) == -1
