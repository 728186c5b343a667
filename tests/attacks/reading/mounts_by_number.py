"""Asks the kernel for the mounts by their numbers, since /proc tells nothing, and what others have read.

Must be refused.

Ends: ok
"""
# ruff: noqa

import ctypes, mmap, os
libc = ctypes.CDLL(None, use_errno=True)
request = (ctypes.c_uint64 * 4)(24, 2**64 - 1, 0, 0)  # LSMT_ROOT
found = (ctypes.c_uint64 * 100)()
for number in (458, 457, 451):  # listmount, statmount, cachestat
    if libc.syscall(number, ctypes.byref(request), found, ctypes.c_size_t(100), 0) >= 0:
        raise SystemError(f"call {number} was made")
    print(number, os.strerror(ctypes.get_errno()))
file = open(os.__file__, "rb")
piece = mmap.mmap(file.fileno(), 0, mmap.MAP_PRIVATE)
at = ctypes.addressof(ctypes.c_char.from_buffer(piece))
pages = (ctypes.c_ubyte * 1000)()
if libc.mincore(ctypes.c_void_p(at), ctypes.c_size_t(4096), pages) == 0:
    raise SystemError("sees what others have read")
