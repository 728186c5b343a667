"""Starts a daemon that ignores all signals and closes all descriptors.

Must be gone when the session is closed.

Ends: ok
"""
# ruff: noqa

import os, signal, time
if os.fork() == 0:
    os.setsid()
    os.closerange(0, 256)
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        time.sleep(1)
