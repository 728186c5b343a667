"""Hidden tests of Exercise 9, "Neural Network Architectures"."""

POINTS = {"convolution": 10, "batch_norm": 20}
"""What each notebook adds up to, written answers included: the course relies on it."""
