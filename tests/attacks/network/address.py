"""Connects to an address on the internet.

Must be unreachable; the attempt is noted.

Ends: error
Says: 203.0.113.1
"""
# ruff: noqa

import socket
socket.create_connection(("203.0.113.1", 80), timeout=1)
