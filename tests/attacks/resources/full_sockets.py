"""Fills the buffers of as many sockets as it may have, in as many processes.

Must be counted as its memory, or have too few descriptors for more than that.

Ends: died,timeout,error
"""
# ruff: noqa

import os, socket, time
piece = b"x" * 16384
def fill():
    pairs = []
    while True:
        try:
            pairs.append(socket.socketpair())
        except OSError:
            return pairs
        for one in pairs[-1]:
            one.setblocking(False)
            try:
                while True:
                    one.send(piece)
            except OSError:
                pass
for _ in range(60):
    if os.fork() == 0:
        kept = fill()
        time.sleep(100)
time.sleep(100)
