"""Changes modules in memory, for all forks to come.

Must change its own fork only.

Ends: ok,died,error
"""
# ruff: noqa

import builtins, numpy, IPython
numpy.sum = None
builtins.print = None
IPython.core.interactiveshell.InteractiveShell.run_cell = None
