"""Looks for the grader's files beside the installed packages.

Must be able to open no file of it.

Ends: ok
"""
# ruff: noqa

import glob, sys
for folder in sys.path + ["/", "/sandbox", "/scratch", "/home/*", "/root", "/srv", "/opt"]:
    for pattern in ["", "/*", "/*/*"]:
        for name in ["autograder*", "exercise09*", "hidden_tests*"]:
            for path in glob.glob(folder + pattern + "/" + name):
                for file in [path, *glob.glob(path + "/*")]:
                    try:
                        open(file).close()
                    except OSError:
                        continue
                    raise SystemError("opened " + file)
print("nothing")
