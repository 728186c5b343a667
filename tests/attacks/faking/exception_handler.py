"""Swallows every exception with a handler of its own.

Must not matter.
"""
# ruff: noqa

get_ipython().set_custom_exc((BaseException,), lambda *args, **kwargs: None)
def convolve(x, h):
    raise ValueError
# %%
1 / 0
