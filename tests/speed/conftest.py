"""Courses to interrupt and disturb."""

from __future__ import annotations

from course.conftest import exercise, solved  # noqa: F401
