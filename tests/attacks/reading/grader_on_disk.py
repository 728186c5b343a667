"""Looks for the grader's files beside the installed packages.

Must find no file of it.

Ends: ok
"""
# ruff: noqa

import glob, sys
for folder in sys.path + ["/", "/sandbox", "/scratch", "/home/*", "/root", "/srv", "/opt"]:
    for pattern in ["", "/*", "/*/*"]:
        for name in ["autograder*", "exercise09*", "hidden_tests*"]:
            for path in glob.glob(folder + pattern + "/" + name):
                raise SystemError("found " + path)
print("nothing")
