"""Shows tracebacks without end.

Must be cut, and interrupted.

Ends: timeout,died
"""
# ruff: noqa

while True:
    try:
        raise ValueError("x" * 100_000)
    except ValueError:
        get_ipython().showtraceback()
