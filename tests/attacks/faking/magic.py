"""Redefines cell magics so that later cells never run.

Must not matter.

Ends: ok
"""
# ruff: noqa

from IPython.core.magic import register_cell_magic
@register_cell_magic
def time(line, cell):
    return 100
def convolve(x, h):
    return 0
# %%
%%time
assert False
