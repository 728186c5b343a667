"""Leaves and reads keys in the kernel's keyring of the user.

Must be refused.

Ends: ok
"""
# ruff: noqa

import ctypes
libc = ctypes.CDLL(None, use_errno=True)
assert libc.syscall(248, b"user", b"x", b"y", 1, -4) == -1
assert libc.syscall(250, 6, -4, 0, 0, 0) == -1
