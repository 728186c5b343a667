"""Sets all scores in the gradebook's own tables to full marks.

Must fail: there is no gradebook inside.
"""
# ruff: noqa

import glob, sqlite3
for path in glob.glob("/tmp/*/gradebook.db") + glob.glob("../../../gradebook.db"):
    with sqlite3.connect(path, timeout=1) as db:
        db.execute("update grade set manual_score = 2, auto_score = 2")
        db.execute("update grade_cells set max_score = 1")
