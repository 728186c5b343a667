"""Grades for learning platforms and spreadsheets, as plugins of `nbgrader export`."""

from autograder.export.exporters import (
    CanvasExporter,
    GradebookExporter,
    IliasExporter,
    MoodleExporter,
    PointsExporter,
    export_grades,
)

__all__ = [
    "CanvasExporter",
    "GradebookExporter",
    "IliasExporter",
    "MoodleExporter",
    "PointsExporter",
    "export_grades",
]
