"""Looks for files that another submission left in the scratch folder or in shared memory.

Must find empty folders, and leaves something for the next.

Ends: ok
"""
# ruff: noqa

import os
for folder in [".", "/dev/shm"]:
    try:
        left = os.listdir(folder)
        open(folder + "/left_behind", "w").write("x")
    except PermissionError:
        assert folder != "."
    else:
        assert not left, left
for folder in ["/tmp", "/dev", "/", "/usr/lib", "/sandbox"]:
    try:
        open(folder + "/left_behind", "w").write("x")
    except OSError:
        continue
    raise SystemError("could write to " + folder)
assert not os.path.exists("/tmp/left_behind")
