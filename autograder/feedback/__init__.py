"""Feedback pages for students."""

from autograder.feedback.pages import clean_html, generate_feedback, markdown_to_clean_html

__all__ = ["clean_html", "generate_feedback", "markdown_to_clean_html"]
