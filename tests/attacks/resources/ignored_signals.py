"""Ignores every signal that can be ignored.

Must be ended.

Ends: died
"""
# ruff: noqa

import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(1)
