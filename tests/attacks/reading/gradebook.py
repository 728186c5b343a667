"""Opens the gradebook.

Must fail: it does not exist inside; the attempt is noted.

Says: gradebook
"""
# ruff: noqa

import glob, sqlite3
for path in ["gradebook.db", "/srv/course/gradebook.db", *glob.glob("/tmp/autograder-canary*/gradebook.db")]:
    try:
        print(path, open(path, "rb").read())
    except OSError as error:
        print(path, error)
