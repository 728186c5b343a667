"""Answers each question with lists of thousands of numbers, which take long to compare.

Must be judged as quickly as other wrong answers.
"""
# ruff: noqa

def convolve(x, h):
    return [[0.5] for _ in range(9000)]
