"""Makes the buffers of sockets and pipes larger, which no limit on memory counts.

Must be refused.

Ends: ok
"""
# ruff: noqa

import fcntl, os, socket
one, other = socket.socketpair()
for option in (socket.SO_SNDBUF, socket.SO_RCVBUF, 32, 33, 26, 50):
    try:
        one.setsockopt(socket.SOL_SOCKET, option, 1 << 20)
    except PermissionError:
        continue
    raise SystemError(f"set option {option}")
reader, writer = os.pipe()
for command in (1031, 1032):  # F_SETPIPE_SZ, F_GETPIPE_SZ
    try:
        fcntl.fcntl(writer, command, 1 << 20)
    except PermissionError:
        continue
    raise SystemError("has a larger pipe")
