"""Sends descriptors over the pipe to the grader.

Must not stay open in the grader.

Ends: died
"""
# ruff: noqa

import array, os, socket
pipe = socket.socket(fileno=os.dup(3))
files = [os.open("/dev/null", os.O_RDONLY) for _ in range(50)]
pipe.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))])
