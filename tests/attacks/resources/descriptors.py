"""Opens files without end.

Must meet the limit on open files.

Ends: error,died
"""
# ruff: noqa

files = []
while True:
    files.append(open("/dev/null"))
