"""Locks every second byte of many files of its own; the kernel keeps a note of each.

Must be refused: no limit counts these notes.

Ends: ok
"""
# ruff: noqa

import fcntl
files = [open(f"{i}", "w") for i in range(40)]
for at in range(0, 1000, 2):
    for file in files:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX, 1, at)
        except OSError:
            continue
        raise SystemError("has a lock")
