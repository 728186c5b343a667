"""Checks that a criterion can name beside agreement with the reference's value."""

from __future__ import annotations

import numpy as np

from autograder.exercise.calls import Call, Function, Reply
from autograder.exercise.tasks import Finding
from autograder.judge.compare import DOUBLE, agrees


def leaves_arguments_alone(call: Call, reply: Reply, expected: Reply) -> Finding | None:
    """The arguments are after the call what they were before."""
    after_call = reply.arguments
    if reply.returned and (after_call is None or len(after_call) != len(call.args)):
        return Finding(
            "your function changed an argument in place, into something that is not plain numbers: "
            "whoever called it finds it in their array afterwards. Work on a copy"
        )
    for position, (before, after) in enumerate(zip(call.args, after_call or (), strict=False)):
        if not _same(before, after):
            return Finding(
                f"your function changed its argument number {position + 1} in place: whoever "
                "called it finds other numbers in their array afterwards. Work on a copy"
            )
    return None


def lasts(call: Call, reply: Reply, expected: Reply) -> Finding | None:
    """What was returned stays as it was when the function is called again."""
    if reply.returned and not _same(reply.value, reply.later):
        return Finding(
            "what your function returned changed when it was called again: it hands out the same "
            "array every time. Make a new one in each call"
        )
    return None


def not_returned(reply: Reply) -> Finding | None:
    """What is wrong with a reply that holds no value; None if it holds one."""
    if reply.refused is not None:
        return Finding(f"your function {reply.refused}")
    if reply.raised is not None:
        left = (
            ": that line of the stub is still in it, or in a function that it calls"
            if reply.raised.name == "NotImplementedError"
            else ""
        )
        return Finding(f"your function raised {reply.raised.name}{left}")
    return None


def _same(before: object, after: object) -> bool:
    if before is after or isinstance(before, Function) or before is None:
        return True
    if isinstance(before, np.ndarray) and isinstance(after, np.ndarray):
        floats = before.dtype.kind in "fc" and after.dtype.kind in "fc"
        return before.shape == after.shape and np.array_equal(before, after, equal_nan=floats)
    if isinstance(before, dict) and isinstance(after, dict):
        before, after = [*before, *before.values()], [*after, *after.values()]
    if isinstance(before, list | tuple) and isinstance(after, list | tuple):
        return len(before) == len(after) and all(map(_same, before, after))
    return agrees(after, before, DOUBLE)
