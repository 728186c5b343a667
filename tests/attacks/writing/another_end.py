"""Puts a process of its own between the runner and the pipe, which writes the answers anew.

Must gain nothing: it knows no right one.
"""
# ruff: noqa

import os, socket, threading
inside, outside = socket.socketpair()
real = os.dup(3)
os.dup2(inside.fileno(), 3)
def copy(source, target, change):
    while data := os.read(source, 1 << 16):
        data = change(data)
        while data:
            data = data[os.write(target, data):]
def better(data):
    return data.replace(b'"ok":false', b'"ok":true ').replace(b'"raised"', b'"value" ')
if os.fork() == 0:
    inside.close()
    threading.Thread(target=copy, args=(real, outside.fileno(), bytes), daemon=True).start()
    copy(outside.fileno(), real, better)
    os._exit(0)
