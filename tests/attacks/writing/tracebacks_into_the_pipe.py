"""Lets the interpreter's own watchdog, which needs no lock, write tracebacks into the pipe.

Must end the session.
"""
# ruff: noqa

import faulthandler, time
faulthandler.dump_traceback_later(0.05, repeat=True, file=3)
time.sleep(0.2)
