"""Lets a question go on in the background and burns on between requests.

Must be gone when the session is closed.
"""
# ruff: noqa

import threading
def burn():
    while True:
        pass
for _ in range(2):
    threading.Thread(target=burn, daemon=True).start()
def convolve(x, h):
    return 0
