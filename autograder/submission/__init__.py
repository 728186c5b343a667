"""What came in: files, archives and the downloads of learning platforms."""
