"""Fetches a file with the tools of the shell.

Must find no shell.

Ends: error
"""
# ruff: noqa

!curl http://example.org
import subprocess
subprocess.run(["/bin/sh", "-c", "curl http://example.org"])
