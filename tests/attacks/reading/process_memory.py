"""Reads the memory of its parents with process_vm_readv.

Must be refused by the kernel.

Ends: ok
"""
# ruff: noqa

import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for pid in range(1, 300):
    buffer = ctypes.create_string_buffer(64)
    class Piece(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
    here = Piece(ctypes.addressof(buffer), 64)
    there = Piece(ctypes.addressof(buffer), 64)
    if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
        raise SystemError(f"read process {pid}")
print("refused")
