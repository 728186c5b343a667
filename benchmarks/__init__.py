"""Comparisons that are run by hand, for the README: `python -m benchmarks.<name>`."""
