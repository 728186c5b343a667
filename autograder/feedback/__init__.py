"""Feedback pages for students, and what formgrader shows of their notebooks."""

from autograder.feedback.exporter import FeedbackExporter
from autograder.feedback.formgrader import KeepInPlace
from autograder.feedback.pages import generate_feedback
from autograder.sanitize.filters import clean_html, markdown_to_clean_html

__all__ = [
    "FeedbackExporter",
    "KeepInPlace",
    "clean_html",
    "generate_feedback",
    "markdown_to_clean_html",
]
