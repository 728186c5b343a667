"""Takes memory without end.

Must be ended; the next notebook is not touched.

Ends: error,died,timeout
"""
# ruff: noqa

hoard = []
while True:
    hoard.append(bytearray(10_000_000))
