"""Sends SIGKILL to every process, group and parent that it can name.

Must reach itself at most.
"""
# ruff: noqa

import os, signal
for pid in [os.getppid(), 0, -1, -os.getpgrp() or -1, *range(2, 400)]:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
try:
    os.killpg(0, signal.SIGKILL)
except OSError:
    pass
