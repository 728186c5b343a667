"""Attaches to other processes as a debugger.

Must be refused by the kernel.

Ends: ok
"""
# ruff: noqa

import ctypes
libc = ctypes.CDLL(None, use_errno=True)
assert all(libc.ptrace(16, pid, 0, 0) == -1 for pid in range(1, 50))
print("refused")
