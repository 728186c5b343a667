"""Looks up a name.

Must fail; the attempt is noted.

Ends: error
Says: example.org
"""
# ruff: noqa

import urllib.request
urllib.request.urlopen("http://example.org/hidden-tests", timeout=1)
