"""Takes memory in many processes, each below the limit of one.

Must be ended: they are counted together.

Ends: died
Says: memory
"""
# ruff: noqa

import os, time
for _ in range(4):
    if os.fork() == 0:
        hoard = bytearray(120_000_000)
        hoard[:: 4096] = b"x" * len(hoard[:: 4096])
        time.sleep(100)
time.sleep(100)
