"""Looks at every descriptor for a socket whose other end is the fork server, and asks it for more.

Must find none.

Ends: ok
"""
# ruff: noqa

import os, socket
for number in range(0, 4096):
    try:
        kind = os.fstat(number).st_mode & 0o170000
    except OSError:
        continue
    if kind == 0o140000 and number != 3:
        raise SystemError(f"a socket at {number}")
    print(number, oct(kind))
import gc
for o in gc.get_objects():
    if type(o).__name__ == "ForkServer":
        try:
            o._control.send(b"N")
        except OSError as error:
            print(error)
        else:
            raise SystemError("the fork server was asked")
