"""Prints control characters that would clear a terminal or write its title.

Must be recorded as text.

Ends: error
"""
# ruff: noqa

print("\x1b[2J\x1b]0;full marks\x07\x1b[1A\r100/100\u202e\u0000")
import sys
open("\x1b[2J", "w").close()
open("/\x1b]0;full marks\x07")
