"""Asks which paths the kernel has looked up before: a note that another notebook leaves by looking.

Must be refused.

Ends: ok
"""
# ruff: noqa

import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
class How(ctypes.Structure):
    _fields_ = [("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64)]
how = How(os.O_PATH, 0, 0x20)  # RESOLVE_CACHED
path = os.path.dirname(os.__file__) + "/never-looked-up-before"
assert libc.syscall(437, -100, path.encode(), ctypes.byref(how), 24) == -1
assert ctypes.get_errno() == errno.ENOSYS, os.strerror(ctypes.get_errno())
