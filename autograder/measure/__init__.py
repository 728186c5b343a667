"""The measured grader: what it accepts, rejects and names."""
