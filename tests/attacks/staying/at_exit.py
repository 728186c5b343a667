"""Registers work for the time after its end, and ends.

Must not be found by the next notebook.
"""
# ruff: noqa

import atexit, sys
atexit.register(lambda: open("/dev/shm/left_behind", "w").write("x"))
sys.exit()
