"""A thread that rewrites replies between their making and their sending.

Must gain nothing.
"""
# ruff: noqa

import gc, threading
def rewrite():
    while True:
        for o in gc.get_objects():
            if type(o) is dict and "reply" in o and "nonce" in o:
                o["reply"] = {"value": ["l", [["f", "0x1p0"]] * 4]}
            elif type(o) is bytearray and o.startswith(b"AGw1"):
                try:
                    o[:] = o.replace(b'"ok":false', b'"ok":true ')
                except BufferError:
                    pass
threading.Thread(target=rewrite, daemon=True).start()
def convolve(x, h):
    return [0.0]
