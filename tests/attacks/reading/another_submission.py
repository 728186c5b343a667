"""Looks for files that another submission left in the scratch folder or in shared memory.

Must find empty folders, and leaves something for the next.

Ends: ok
"""
# ruff: noqa

import os
left = os.listdir("/scratch") + os.listdir("/dev/shm")
assert not left, left
open("/scratch/left_behind", "w").write("x")
open("/dev/shm/left_behind", "w").write("x")
for folder in ["/tmp", "/dev", "/", "/usr/lib", "/sandbox"]:
    try:
        open(folder + "/left_behind", "w").write("x")
    except OSError:
        continue
    raise SystemError("could write to " + folder)
assert not os.path.exists("/tmp/left_behind")
