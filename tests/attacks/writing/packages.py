"""Changes NumPy's files for all who come after.

Must fail: they are read-only.

Ends: ok
"""
# ruff: noqa

import numpy, sys, os
for path in [numpy.__file__, os.__file__, sys.executable]:
    try:
        open(path, "a").write("\nimport os; os._exit(0)\n")
    except OSError as error:
        print(error)
    else:
        raise SystemError("changed " + path)
try:
    os.chmod(numpy.__file__, 0o777)
    os.rename(os.path.dirname(numpy.__file__), "/scratch/numpy")
except OSError as error:
    print(error)
