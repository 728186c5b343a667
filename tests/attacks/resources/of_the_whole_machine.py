"""Asks for what the whole machine has one of: events of asynchronous I/O, and its disks written out.

Must be refused.

Ends: ok
"""
# ruff: noqa

import ctypes, os, platform
libc = ctypes.CDLL(None, use_errno=True)
context = ctypes.c_ulong(0)
calls = {"x86_64": (206, 162, 306), "aarch64": (0, 81, 267)}[platform.machine()]
for number, arguments in zip(calls, ((60_000, ctypes.byref(context)), (), (0,))):
    if libc.syscall(number, *arguments) != -1:
        raise SystemError(f"call {number} was made")
    print(os.strerror(ctypes.get_errno()))
