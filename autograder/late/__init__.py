"""Late days: due dates, grace, extensions, a bank of late days, and what lateness costs."""

from autograder.late.plugin import LateDays

__all__ = ["LateDays"]
