"""Comparisons that are run by hand, for the pages in docs/: `python -m benchmarks.<name>`."""
