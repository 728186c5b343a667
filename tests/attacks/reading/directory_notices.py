"""Asks for a signal whenever another process reads in the library's folder, by the old way of fcntl.

Must be refused.

Ends: ok
"""
# ruff: noqa

import fcntl, os, signal
signal.signal(signal.SIGIO, lambda *args: print("somebody read"))
for folder in (os.path.dirname(os.__file__), "/", "/dev"):
    try:
        file = os.open(folder, os.O_RDONLY)
        fcntl.fcntl(file, fcntl.F_NOTIFY, fcntl.DN_ACCESS | fcntl.DN_MULTISHOT)
    except OSError as error:
        print(error)
    else:
        raise SystemError("watches others")
