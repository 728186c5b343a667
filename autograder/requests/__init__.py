"""Regrade requests: read from files and cells, listed with the verdict, accepted or declined."""
