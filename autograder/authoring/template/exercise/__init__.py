"""Hidden tests of NAME."""

POINTS = {"first_steps": 0}
"""What each notebook adds up to, written answers included: the course relies on it."""
