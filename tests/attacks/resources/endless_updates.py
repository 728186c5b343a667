"""Updates one display without end.

Must be cut, and interrupted.

Ends: timeout,died
"""
# ruff: noqa

from IPython.display import display
handle = display("0", display_id=True)
while True:
    handle.update("x" * 1000)
