"""Takes memory in many processes that have lost their parent, each below the limit of one.

Must be ended: they are counted together, whoever their parent is. A process cannot give up that
its orphans come to it.

Ends: died
Says: memory
"""
# ruff: noqa

import ctypes, os, time
ctypes.CDLL(None).prctl(36, 0, 0, 0, 0)
for _ in range(4):
    if os.fork() == 0:
        if os.fork() != 0:
            os._exit(0)
        hoard = bytearray(120_000_000)
        hoard[:: 4096] = b"x" * len(hoard[:: 4096])
        time.sleep(100)
time.sleep(100)
