"""Answers submissions as they arrive: graded, recorded, with a feedback page."""

from autograder.watch.watch import Watch

__all__ = ["Watch"]
