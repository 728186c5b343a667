"""Opens sockets, and pairs of them, of every family and kind that no notebook needs.

Must be refused.

Ends: ok
"""
# ruff: noqa

import socket
for family in range(1, 47):
    for kind in (1, 2, 3, 4, 5, 10):
        if family == socket.AF_UNIX and kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            continue
        for protocol in (0, 1, 6, 16):
            for make in (socket.socket, socket.socketpair):
                try:
                    make(family, kind, protocol)
                except (OSError, ValueError):
                    continue
                raise SystemError(f"family {family}, kind {kind}")
