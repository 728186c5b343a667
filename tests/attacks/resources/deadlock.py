"""Waits for a lock that nobody gives back.

Must be interrupted.

Ends: timeout
"""
# ruff: noqa

import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()
