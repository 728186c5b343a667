"""Asks how busy the whole machine is: its load, memory, processes and disks.

Must be refused; these tell one notebook of another.

Ends: ok
"""
# ruff: noqa

import ctypes, errno, os, platform
libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(4096)
x86 = platform.machine() == "x86_64"
assert libc.syscall(99 if x86 else 179, room) == -1 and ctypes.get_errno() == errno.EPERM
assert room.raw == bytes(4096)
for ask in (os.getloadavg, lambda: os.statvfs("/"), lambda: os.fstatvfs(0), lambda: open("/proc/stat")):
    try:
        ask()
    except OSError:
        continue
    raise SystemError("was told")
