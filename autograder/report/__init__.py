"""The class report: what a class can do, where it errs, and who needs a look.

write_report(folder, exercise, entries, anonymous=False)
report_course(course, exercise, anonymous=False)
"""

from autograder.report.entries import Entry
from autograder.report.from_course import entries_from_course, report_course
from autograder.report.write import write_report

__all__ = ["Entry", "entries_from_course", "report_course", "write_report"]
