"""Connects to every service of the machine that it runs on.

Must find none: it has a network of its own.

Ends: ok
"""
# ruff: noqa

import socket
for port in [22, 25, 80, 443, 631, 5432, 8000, 8080, 8786, 8787, 8888]:
    for host in ["127.0.0.1", "::1"]:
        try:
            socket.create_connection((host, port), timeout=0.2)
        except OSError:
            continue
        raise SystemError(f"reached {host}:{port}")
print("nothing")
