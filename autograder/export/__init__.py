"""Grades for learning platforms and spreadsheets, as plugins of `nbgrader export`."""

from autograder.export.exporters import (
    CanvasExporter,
    IliasExporter,
    MoodleExporter,
    PointsExporter,
)

__all__ = ["CanvasExporter", "IliasExporter", "MoodleExporter", "PointsExporter"]
