"""Opens sockets that network namespaces do not hold: to the hypervisor, the kernel, raw packets.

Must be refused.

Ends: ok
"""
# ruff: noqa

import socket
for family, kind in [(40, 1), (16, 3), (38, 5), (17, 3), (2, 3), (31, 1), (29, 3)]:
    try:
        socket.socket(family, kind)
    except OSError:
        continue
    raise SystemError(f"family {family}")
