"""Has every signal put a byte into the pipe, and a timer that sends signals.

Must be no answer.
"""
# ruff: noqa

import os, signal, time
os.set_blocking(3, False)
signal.set_wakeup_fd(3, warn_on_full_buffer=False)
signal.signal(signal.SIGALRM, lambda *args: None)
signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
time.sleep(0.2)
