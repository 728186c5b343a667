"""Judging: from a student's functions to a verdict with reasons."""

from autograder.judge.examiner import SEED, Examiner

__all__ = ["SEED", "Examiner"]
