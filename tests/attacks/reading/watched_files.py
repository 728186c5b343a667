"""Watches which files of the shared Python the grader and other notebooks open.

Must fail: nothing tells of files being opened.

Ends: ok
"""
# ruff: noqa

import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for make in (libc.inotify_init, lambda: libc.inotify_init1(0)):
    assert make() == -1 and ctypes.get_errno() == 1
