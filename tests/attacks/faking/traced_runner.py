"""Traces the runner's frames and changes their local variables while an answer is on its way.

Must gain nothing.
"""
# ruff: noqa

import sys
def trace(frame, event, arg):
    if frame.f_code.co_name in ("_ask", "call", "_closed", "send"):
        for name in ("reply", "value", "changed"):
            if name in frame.f_locals:
                try:
                    frame.f_locals[name] = {"value": True, "arguments": None}
                except Exception:
                    pass
    return trace
def convolve(x, h):
    frame = sys._getframe()
    while frame:
        frame.f_trace = trace
        frame = frame.f_back
    sys.settrace(trace)
    sys.setprofile(lambda frame, event, arg: trace(frame, event, arg) and None)
    return x
