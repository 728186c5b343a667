"""Imports the grader and its hidden tests.

Must fail with ModuleNotFoundError.

Ends: error
"""
# ruff: noqa

found = []
for name in ["autograder", "autograder.exercise09", "autograder.exercise09.convolution", "inside.hidden", "nbgrader"]:
    try:
        found.append(__import__(name))
    except ModuleNotFoundError as error:
        print(error)
assert found, "nothing found"
def convolve(x, h):
    return found[0].exercise09.reference.convolve(x, h)
