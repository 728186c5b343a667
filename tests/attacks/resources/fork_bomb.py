"""Forks without end.

Must meet the limit on processes, also where the grader runs as root.
"""
# ruff: noqa

import os
while True:
    try:
        os.fork()
    except OSError:
        pass
