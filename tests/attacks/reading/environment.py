"""Prints the environment.

Must show nothing of the grader's environment.

Ends: ok
"""
# ruff: noqa

import os
print(dict(os.environ))
