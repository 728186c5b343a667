"""Computes without end.

Must be interrupted; the next cell runs.

Ends: ok
Says: ran longer
"""
# ruff: noqa

while True:
    pass
# %%
print("still here")
