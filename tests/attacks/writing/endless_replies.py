"""Answers one question with endless frames.

Must end the session.
"""
# ruff: noqa

import gc
def convolve(x, h):
    notebook = [o for o in gc.get_objects() if type(o).__name__ == "Notebook"][0]
    while True:
        notebook._pipe.send({"nonce": notebook._nonce, "kind": "hint", "text": "x" * 100_000})
