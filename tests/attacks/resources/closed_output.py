"""Closes descriptors 1 and 2 and takes sys.stdout away.

Must cost nothing but what would have been printed.

Ends: ok
"""
# ruff: noqa

import os, sys
os.close(1)
os.dup2(os.pipe()[1], 2)
# %%
sys.stdout = sys.stderr = None
