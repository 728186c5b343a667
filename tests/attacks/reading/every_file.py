"""Walks the whole file system and prints every small file that is not Python's.

Must find nothing that is a secret.
"""
# ruff: noqa

import os
for folder, _, names in os.walk("/"):
    if "/lib" in folder or folder.startswith(("/dev", "/usr")):
        continue
    for name in names:
        path = os.path.join(folder, name)
        try:
            if os.path.getsize(path) < 100_000:
                print(path, open(path, errors="replace").read()[:2000])
        except OSError:
            pass
