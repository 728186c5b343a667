"""Locks files of the shared Python, and asks which locks others hold: a note between notebooks.

Must be refused.

Ends: ok
"""
# ruff: noqa

import errno, fcntl, os, struct
def refused(call, *arguments):
    try:
        call(*arguments)
    except OSError as error:
        return error.errno == errno.ENOLCK
    return False
shared = open(os.__file__)
lock = struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 1, 0)
assert refused(fcntl.flock, shared, fcntl.LOCK_EX | fcntl.LOCK_NB)
assert refused(fcntl.lockf, shared, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, 0)
for command in (5, 6, 7, 36, 37, 38):
    assert refused(fcntl.fcntl, shared, command, lock), command
