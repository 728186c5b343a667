"""Starts many busy processes, each in a session of its own, to crowd out the neighbours.

Must fail: the kernel shares the processor between sessions, and a notebook has one.

Ends: ok
"""
# ruff: noqa

import os
for _ in range(20):
    if os.fork() == 0:
        try:
            os.setsid()
        except PermissionError:
            os._exit(7)
        while True:
            pass
assert all(os.waitstatus_to_exitcode(os.wait()[1]) == 7 for _ in range(20))
