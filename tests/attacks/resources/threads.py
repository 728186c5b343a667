"""Starts threads without end.

Must meet a limit.

Ends: error,died
"""
# ruff: noqa

import threading, time
while True:
    threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
