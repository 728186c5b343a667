"""Writes files that the next Python or IPython would run when it starts.

Must be gone with its scratch space.

Ends: ok
"""
# ruff: noqa

import os
for path in ["sitecustomize.py", "numpy.py", ".ipython/profile_default/startup/0.py", ".config/matplotlib/matplotlibrc"]:
    os.makedirs(os.path.dirname("./" + path), exist_ok=True)
    open("./" + path, "w").write("raise SystemError('changed by another')")
