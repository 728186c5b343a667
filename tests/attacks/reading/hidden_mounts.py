"""Takes away the empty folder over /proc to see what is below.

Must be refused by the kernel.

Ends: ok
Ends under Landlock: error
"""
# ruff: noqa

import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for target in [b"/proc", b"/sandbox", b"/scratch"]:
    assert libc.umount2(target, 2) == -1
assert libc.mount(b"proc", b"/scratch", b"proc", 0, 0) == -1
assert libc.unshare(0x10000000 | 0x20000) == -1
print(os.listdir("/proc"), os.listdir("/sandbox"))
