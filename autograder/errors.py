"""The errors that a person can put right: each message is one line that says how."""

from __future__ import annotations


class AutograderError(Exception):
    """The base of them all. Commands print the message and end with exit code 1."""


class ExerciseError(AutograderError):
    """An exercise that cannot be used."""


class CourseError(AutograderError):
    """A course folder, gradebook or configuration that cannot be used."""


class NoSandbox(AutograderError):
    """This machine has no sandbox."""
