"""Starts a daemon that outlives its cell.

Must be gone when the session is closed.
"""
# ruff: noqa

import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(1)
    os._exit(0)
