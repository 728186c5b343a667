"""The class report: what a class can do, where it errs, and who needs a look."""

from autograder.report.entries import Entry
from autograder.report.write import write_report

__all__ = ["Entry", "write_report"]
