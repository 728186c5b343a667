"""Asks which pages of the shared Python's files others have read, and drops them: one bit a page.

Must be refused, by every call that knows.

Ends: ok
"""
# ruff: noqa

import ctypes, errno, mmap, os, platform
libc = ctypes.CDLL(None, use_errno=True)
x86 = platform.machine() == "x86_64"
file = os.open(os.__file__, os.O_RDONLY)
def refused(number, *arguments):
    return libc.syscall(number, *arguments) == -1 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS)
room = ctypes.create_string_buffer(4096)
class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
vector = Vector(ctypes.addressof(room), 4096)
RWF_NOWAIT, DONTNEED = 8, 4
assert refused(327 if x86 else 286, file, ctypes.byref(vector), 1, 0, 0, RWF_NOWAIT), "preadv2"
assert refused(221 if x86 else 223, file, 0, 0, DONTNEED), "posix_fadvise"
assert refused(187 if x86 else 213, file, 0, 4096), "readahead"
assert refused(451, file, ctypes.byref(room), ctypes.byref(room), 0), "cachestat"
view = mmap.mmap(file, 0, access=mmap.ACCESS_READ)
libc.mmap.restype = ctypes.c_void_p
at = libc.mmap(None, 4096, 1, 1, file, ctypes.c_long(0))
assert refused(27 if x86 else 232, ctypes.c_void_p(at), 4096, room), "mincore"
for advice in (20, 21):
    assert refused(28 if x86 else 233, ctypes.c_void_p(at), 4096, advice), "madvise"
try:
    os.preadv(file, [bytearray(10)], 0, os.RWF_NOWAIT)
except OSError:
    print("refused")
else:
    raise SystemError("read only what is in the page cache")
