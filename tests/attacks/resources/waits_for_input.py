"""Asks a question to nobody.

Must fail at once with a sentence.

Ends: error
"""
# ruff: noqa

name = input("Your name? ")
