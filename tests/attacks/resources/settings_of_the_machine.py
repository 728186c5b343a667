"""Changes what the machine has one of, or the kernel keeps for it: clock, names, memory policy.

Must be refused before the kernel looks whether it would be allowed.

Ends: ok
"""
# ruff: noqa

import ctypes, errno, os, platform
libc = ctypes.CDLL(None, use_errno=True)
x86 = platform.machine() == "x86_64"
calls = {
    "mbind": (237, 235), "set_mempolicy": (238, 237), "get_mempolicy": (239, 236),
    "migrate_pages": (256, 238), "move_pages": (279, 239), "personality": (135, 92),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    "settimeofday": (164, 170), "sethostname": (170, 161), "setdomainname": (171, 162),
    "vhangup": (153, 58),
} | ({"ustat": (136, None), "sysfs": (139, None)} if x86 else {})
room = ctypes.create_string_buffer(4096)
for name, (intel, arm) in calls.items():
    ctypes.set_errno(0)
    said = libc.syscall(intel if x86 else arm, ctypes.c_ulong(0), room, ctypes.c_ulong(0), ctypes.c_ulong(0))
    if said != -1 or ctypes.get_errno() != errno.EPERM:
        raise SystemError(f"{name}: {said}, {os.strerror(ctypes.get_errno())}")
