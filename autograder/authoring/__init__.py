"""What authors of exercises need: build, new exercises, a sample class, grading in a notebook."""
