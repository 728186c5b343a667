"""Grading a class: in parallel, resumable, on one machine or many."""
