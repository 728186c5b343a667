"""Crashes the interpreter.

Must be told as such; the next notebook runs.

Ends: died
"""
# ruff: noqa

import ctypes
ctypes.string_at(0)
