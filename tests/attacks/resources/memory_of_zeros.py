"""Takes shared memory by mapping /dev/zero, page by page, and gives the pages back unseen.

Must be refused.

Ends: ok
"""
# ruff: noqa

import mmap, os
taken = 0
for _ in range(60):
    try:
        file = os.open("/dev/zero", os.O_RDWR)
        piece = mmap.mmap(file, 16 << 20, mmap.MAP_SHARED)
    except OSError as error:
        print(error)
        break
    piece[:] = b"x" * len(piece)
    piece.madvise(mmap.MADV_DONTNEED)
    taken += len(piece)
if taken:
    raise SystemError("memory that is not counted")
