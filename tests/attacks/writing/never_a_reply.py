"""Takes a question and never answers.

Must be ended when its time is up.
"""
# ruff: noqa

import signal, time
def convolve(x, h):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        time.sleep(1)
