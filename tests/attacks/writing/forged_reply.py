"""Writes a reply of its own making to the pipe.

Must end the session: it lacks the number of the request.

Ends: died
Says: wrong number
"""
# ruff: noqa

import json, os, struct
def frame(header, blob=b"", size=None):
    text = json.dumps(header).encode()
    return struct.pack("!4sIQ", b"AGw1", size if size is not None else len(text), len(blob)) + text + blob

os.write(3, frame({"nonce": "0" * 32, "kind": "done", "outputs": [], "ok": True}))
