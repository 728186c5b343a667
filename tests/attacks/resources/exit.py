"""Ends its process.

Must be told as such; the next notebook runs.

Ends: died
"""
# ruff: noqa

import os
os._exit(0)
