"""Queues signals until the kernel takes no more for this user.

Must end at a limit of its own: the user is the one whom all notebooks run as.

Ends: ok
"""
# ruff: noqa

import ctypes, os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
libc, queued = ctypes.CDLL(None), 0
while queued < 10_000 and libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), None) == 0:
    queued += 1
assert queued < 1000
