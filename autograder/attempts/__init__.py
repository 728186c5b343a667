"""Attempts: how often students get an answer before the deadline, and what it may tell them."""
