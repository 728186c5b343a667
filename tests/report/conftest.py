"""The exercise, and classes of any size that handed it in."""

import pytest

from autograder.exercise.source_notebooks import load_exercise

from .made_up import ROOT, made_up_class


@pytest.fixture(scope="session")
def exercise():
    return load_exercise("exercise09", ROOT / "source")


@pytest.fixture
def make_class(exercise):
    """make_class(size, seed=0): entries of a class of that size."""
    return lambda size, seed=0: made_up_class(exercise, size, seed)
