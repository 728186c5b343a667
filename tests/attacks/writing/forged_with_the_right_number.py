"""Finds the number of the request in memory and forges an answer with it.

Must gain nothing: a forged answer is an answer, and it is wrong.
"""
# ruff: noqa

import gc, sys
def convolve(x, h):
    notebook = [o for o in gc.get_objects() if type(o).__name__ == "Notebook"][0]
    notebook._pipe.send({"nonce": notebook._nonce, "kind": "reply", "index": 0,
                         "reply": {"value": True, "arguments": None, "score": 100, "ok": True}})
    notebook._pipe.send({"nonce": notebook._nonce, "kind": "done", "later": {}, "score": 100})
    return 100
