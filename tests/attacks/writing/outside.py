"""Writes to every folder that it can think of.

Must reach its scratch space and nothing else.

Ends: ok
"""
# ruff: noqa

import os
for folder in ["/", "/tmp", "/var/tmp", "/home", "/root", "/etc", "/usr", "/dev", "/proc", "/sandbox", "/sys", os.path.expanduser("~/..")]:
    try:
        open(folder + "/pwned", "w").write("pwned")
    except OSError as error:
        print(folder, error)
    else:
        raise SystemError("could write to " + folder)
