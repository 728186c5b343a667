"""Reads the C library's copy of the environment and of the command line.

Must show nothing of the grader's.

Ends: ok
"""
# ruff: noqa

import ctypes
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
index = 0
while environ[index]:
    print(environ[index])
    index += 1
import sys
print(sys.argv, sys.orig_argv)
