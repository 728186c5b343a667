"""Displays bundles that are not what nbformat allows.

Must be recorded as valid outputs.
"""
# ruff: noqa

from IPython.display import display
display({"text/plain": 5, "application/json": {1: float("nan")}, "text/html": ["<b>", "x"], "image/png": b"no picture"}, raw=True)
display({"application/x.json": {"a": [[]] * 3}}, raw=True, metadata={"x": {"y": object()}})
