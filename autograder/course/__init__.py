"""The course folder: its configuration, locks and files."""
