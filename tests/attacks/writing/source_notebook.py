"""Takes the points from the source notebook, so that everyone who is graded next gets none.

Must find no source.

Ends: ok
"""
# ruff: noqa

import glob
for path in glob.glob("/tmp/*/source/*/*.ipynb") + glob.glob("../../../source/*/*.ipynb"):
    try:
        text = open(path).read()
        open(path, "w").write(text.replace('"points": 4', '"points": 0'))
    except OSError as error:
        print(path, error)
