"""What several rooms test with: courses, gradebook rows, archives, a PostgreSQL server."""
