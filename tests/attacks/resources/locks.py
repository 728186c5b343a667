"""Locks every second byte of many files; the kernel keeps a note of each.

Must end with its process.
"""
# ruff: noqa

import fcntl
files = [open(f"{i}", "w") for i in range(80)]
for at in range(0, 10**9, 2):
    for file in files:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, at)
