"""Takes leases on the library's files, so that whoever opens one waits for the better part of a minute.

Must be refused.

Ends: ok
"""
# ruff: noqa

import fcntl, os
for path, mode in ((os.__file__, "r"), ("own", "w+")):
    file = open(path, mode)
    for kind in (fcntl.F_RDLCK, fcntl.F_WRLCK):
        try:
            fcntl.fcntl(file, fcntl.F_SETLEASE, kind)
        except OSError as error:
            print(error)
        else:
            raise SystemError("has a lease")
