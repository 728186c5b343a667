"""Leaves a note for the next notebook in the ports of this machine's own network address.

Must have no sockets of that kind; the attempt is noted.

Ends: ok
Says: tried to open a network socket
"""
# ruff: noqa

import errno, socket
for family in (socket.AF_INET, socket.AF_INET6):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            socket.socket(family, kind)
        except OSError as error:
            assert error.errno == errno.EAFNOSUPPORT
            continue
        raise SystemError("has a socket")
