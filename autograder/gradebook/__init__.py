"""nbgrader's gradebook: the database and the one who writes to it."""
