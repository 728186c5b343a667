"""Writes a reply before the question is asked.

Must end the session.

Ends: died
"""
# ruff: noqa

import json, os, struct
def frame(header, blob=b"", size=None):
    text = json.dumps(header).encode()
    return struct.pack("!4sIQ", b"AGw1", size if size is not None else len(text), len(blob)) + text + blob

import threading, time
def later():
    time.sleep(0.05)
    os.write(3, frame({"nonce": "", "kind": "reply", "index": 0, "reply": {"value": ["i", "1"], "arguments": None}}))
threading.Thread(target=later).start()
# %%
import time
time.sleep(0.2)
