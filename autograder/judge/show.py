"""Values as a student sees them in a report: short, and without control characters."""

from __future__ import annotations

import numpy as np

from autograder.exercise.calls import Reply

LONGEST = 600


def show_reply(reply: Reply) -> str:
    """What came back for a call, as text of at most `LONGEST` characters."""
    if reply.refused is not None:
        return f"nothing: your function {reply.refused}"
    if reply.raised is not None:
        message = f": {reply.raised.message}" if reply.raised.message else ""
        return _clean(f"{reply.raised.name}{message}")
    return show_value(reply.value)


def show_value(value: object) -> str:
    """A value as text of at most `LONGEST` characters."""
    with np.printoptions(precision=6, threshold=60, edgeitems=3, linewidth=88, suppress=False):
        try:
            return _clean(repr(value))
        except (ValueError, RecursionError):  # an integer of thousands of digits, deep nesting
            return f"a {type(value).__name__} that is too large to show"


def _clean(text: str) -> str:
    kept = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 2] + " …"
