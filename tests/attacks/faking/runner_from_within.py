"""Replaces the runner's encoder with one that sends what it likes.

Must gain nothing: it still has to know the answer.
"""
# ruff: noqa

import sys
for name, module in list(sys.modules.items()):
    if name.startswith("inside"):
        for attribute in ("Encoder", "Refused", "decode"):
            if hasattr(module, attribute):
                setattr(module, attribute, lambda *args, **kwargs: {"score": 100})
def convolve(x, h):
    return 0
