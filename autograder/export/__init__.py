"""Grades for learning platforms and spreadsheets, as plugins of `nbgrader export`."""

from autograder.export.exporters import (
    CanvasExporter,
    GradebookExporter,
    IliasExporter,
    MoodleExporter,
    PointsExporter,
)

__all__ = [
    "CanvasExporter",
    "GradebookExporter",
    "IliasExporter",
    "MoodleExporter",
    "PointsExporter",
]
