"""Grading written answers by question, on a page of its own in Jupyter's server."""

from __future__ import annotations


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    """How Jupyter's server finds the extension, which needs nbgrader's seconds of import."""
    from autograder.marking.server import MarkingExtension

    return [{"module": "autograder.marking", "app": MarkingExtension}]
