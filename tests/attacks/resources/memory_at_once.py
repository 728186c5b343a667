"""Asks for a terabyte.

Must get a MemoryError.

Ends: error
"""
# ruff: noqa

import numpy as np
np.ones(2**37)
