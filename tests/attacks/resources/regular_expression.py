"""Runs a regular expression that takes ages and cannot be interrupted.

Must be ended.

Ends: died,timeout
"""
# ruff: noqa

import re
re.match("(a+)+$", "a" * 40 + "b")
