"""Takes shared memory and keeps one page of each piece mapped, which keeps the whole piece.

Must be refused: what is not mapped is in no count of a process's memory.

Ends: ok
"""
# ruff: noqa

import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
SIZE, MAP_FAILED, taken = 16 << 20, 2**64 - 1, 0
for flags in (0x21, 0x23) * 30:  # MAP_SHARED, MAP_SHARED_VALIDATE, with MAP_ANONYMOUS
    at = libc.mmap(None, SIZE, 3, flags, -1, 0)
    if at == MAP_FAILED:
        continue
    ctypes.memset(at, 1, SIZE)
    libc.munmap(at + 4096, SIZE - 4096)
    taken += SIZE
print(taken)
if taken:
    raise SystemError("memory that is not counted")
