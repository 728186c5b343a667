"""Makes children whose parent is their parent's, by raw clone flags, and lets go of them.

Must all be gone.
"""
# ruff: noqa

import ctypes, os, platform, time
libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 56, "aarch64": 220}[platform.machine()]
if os.fork() == 0:
    for flags in (0x8000, 0x8000 | 17, 0x00800000 | 17, 0x10000000 | 17, 0x20000000 | 0x8000, 0x02000000 | 17, 0x40000000 | 17):
        pid = libc.syscall(number, flags, 0, 0, 0, 0)
        if pid == 0:
            time.sleep(100)
            os._exit(0)
    os._exit(0)
