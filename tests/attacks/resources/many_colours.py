"""Prints text whose colour changes with every letter.

Must be shown with fewer colours: turning them into a page takes a time that grows with their square.

Ends: ok
"""
# ruff: noqa

print("\x1b[31mr\x1b[32mg" * 50_000)
