"""Grading one submission: a pure function of its files, the exercise and the limits."""
