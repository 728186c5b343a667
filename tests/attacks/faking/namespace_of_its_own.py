"""Replaces the user namespace by one in which every name is its own function.

Must not matter.
"""
# ruff: noqa

class Everything(dict):
    def __contains__(self, name): return True
    def __missing__(self, name): return lambda *args: 100
get_ipython().user_ns = Everything(get_ipython().user_ns)
