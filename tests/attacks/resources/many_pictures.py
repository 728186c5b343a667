"""Draws pictures until the output is full.

Must be cut.

Ends: ok
"""
# ruff: noqa

import numpy as np, matplotlib.pyplot as plt
from IPython.display import Image, display
data = b"\x89PNG\r\n\x1a\n" + bytes(np.random.randint(0, 256, 400_000, dtype=np.uint8))
for _ in range(20):
    display(Image(data, format="png"))
