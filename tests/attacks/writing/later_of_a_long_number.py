"""Says of the answer numbered 99999… that it has changed, in more digits than Python converts.

Must be no message of this protocol, and end nothing but the notebook.
"""
# ruff: noqa

import gc, os
def convolve(x, h):
    notebook = [o for o in gc.get_objects() if type(o).__name__ == "Notebook"][0]
    said = {"nonce": notebook._nonce, "index": 0}
    notebook._pipe.send({**said, "kind": "reply", "reply": {"value": None, "arguments": None}})
    notebook._pipe.send({**said, "kind": "done", "later": {"9" * 6000: "?"}})
    os._exit(0)
