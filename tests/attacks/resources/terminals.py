"""Opens terminals until there are none left, which are counted for the whole machine.

Must find none to open.

Ends: ok
"""
# ruff: noqa

import os
opened = []
for path in ("/dev/ptmx", "/dev/pts/ptmx", "/dev/tty"):
    try:
        while True:
            opened.append(os.open(path, os.O_RDWR | os.O_NOCTTY))
    except OSError as error:
        print(path, error)
if opened:
    raise SystemError("opened terminals")
