"""What other platforms need to run this grader: Gradescope, Kubernetes, GitHub Classroom."""

from __future__ import annotations

from autograder.bundle.write import PLATFORMS, write_bundle

__all__ = ["PLATFORMS", "write_bundle"]
