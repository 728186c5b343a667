"""Makes empty files without end.

Must meet the limit on their number.

Ends: error
Ends under Landlock: died
"""
# ruff: noqa

for number in range(1_000_000):
    open(str(number), "w").close()
