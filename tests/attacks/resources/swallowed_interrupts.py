"""Swallows every interrupt.

Must be ended.

Ends: died
Says: did not stop
"""
# ruff: noqa

import time
while True:
    try:
        while True:
            time.sleep(0.01)
    except BaseException:
        pass
