"""What grading gives."""

from autograder.result.result import (
    CriterionResult,
    Grid,
    NotebookResult,
    ReceivedFile,
    Remark,
    SubmissionResult,
    TaskResult,
    from_json,
    to_json,
)

__all__ = [
    "CriterionResult",
    "Grid",
    "NotebookResult",
    "ReceivedFile",
    "Remark",
    "SubmissionResult",
    "TaskResult",
    "from_json",
    "to_json",
]
