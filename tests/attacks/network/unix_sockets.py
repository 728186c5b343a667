"""Connects to Unix sockets, by path and by abstract name.

Must find none.

Ends: ok
Ends under Landlock: error
"""
# ruff: noqa

import socket
for name in ["/var/run/docker.sock", "/run/dbus/system_bus_socket", "/tmp/.X11-unix/X0", "\0autograder-canary", "\0/tmp/.X11-unix/X0"]:
    with socket.socket(socket.AF_UNIX) as one:
        try:
            one.connect(name)
        except OSError:
            continue
        raise SystemError("reached " + name)
