"""Reads memory, environment and command line of every process in /proc.

Must find an empty /proc.

Ends: ok
Ends under Landlock: error
"""
# ruff: noqa

import os
for pid in os.listdir("/proc"):
    for name in ["environ", "cmdline", "maps", "mem", "root", "cwd"]:
        try:
            print(pid, name, open(f"/proc/{pid}/{name}", "rb").read(4096))
        except OSError as error:
            print(pid, name, error)
