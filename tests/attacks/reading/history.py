"""Reads IPython's history for cells of others.

Must find its own cell and nothing before it.

Ends: ok
"""
# ruff: noqa

ip = get_ipython()
assert len(ip.history_manager.input_hist_raw) <= 2, ip.history_manager.input_hist_raw
print(list(ip.history_manager.get_range()), In, Out)
