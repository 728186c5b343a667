"""Writes full marks into the gradebook.

Must fail: there is none inside.
"""
# ruff: noqa

import glob, sqlite3
for path in glob.glob("/tmp/autograder-canary*/gradebook.db") or ["/tmp/autograder-canary/gradebook.db"]:
    try:
        open(path, "wb").write(b"100 points")
    except OSError as error:
        print(error)
with sqlite3.connect("gradebook.db") as db:
    db.execute("create table grade (score)")
    db.execute("insert into grade values (100)")
