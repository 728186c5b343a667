"""Right replies told at a glance: those to all calls of a criterion are compared in one step.

Most replies of a class are right up to a few rounding steps. To compare them one by one takes far
longer than to compare all their numbers at once. What is not told here is looked at as usual.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.exercise.calls import Call, Reply
from autograder.judge.compare import Precision


class Glance:
    """Knows what the replies to some calls have to be.

    Args:
        calls: the calls.
        expected: the reference's reply to each.
        precision: what values are held to.
    """

    def __init__(self, calls: Sequence[Call], expected: Sequence[Reply], precision: Precision):
        self._calls = calls
        self._expected = [one.value for one in expected]
        self._raises = [one.raised.name if one.raised is not None else None for one in expected]
        self._known = [_known(one.value, precision) if one.returned else None for one in expected]

    def right(self, replies: Sequence[Reply]) -> list[bool]:
        """For each reply whether it is surely right, and nothing was changed by the call.

        False says nothing.
        """
        told = [False] * len(replies)
        seen, values, expected, allowed = [], [], [], []
        for number, (call, reply) in enumerate(zip(self._calls, replies, strict=True)):
            raises = self._raises[number]
            if raises is not None:
                untouched = reply.arguments is None or reply.arguments is call.args
                told[number] = untouched and reply.raised is not None and reply.raised.is_a(raises)
                continue
            known = self._known[number]
            if known is None or not reply.returned:
                continue
            if reply.arguments is not call.args or reply.later is not reply.value:
                continue
            parts = _like(reply.value, self._expected[number])
            if parts is not None:
                seen.append(number)
                values += parts
                expected.append(known[0])
                allowed.append(known[1])
        if not seen:
            return told
        ends = np.cumsum([len(one) for one in expected])
        with np.errstate(all="ignore"):
            off = np.abs(np.concatenate(values) - np.concatenate(expected))
            within = off <= np.concatenate(allowed)
        wrong = set(np.searchsorted(ends, np.flatnonzero(~within), side="right").tolist())
        for place, number in enumerate(seen):
            told[number] = place not in wrong
        return told


def _parts(value: object) -> list[np.ndarray] | None:
    """The arrays of floating-point numbers that a value consists of; None for anything else."""
    items = value if isinstance(value, tuple) else (value,)
    parts = [_array(item) for item in items]
    plain = [part for part in parts if part is not None and part.size]
    return plain if plain and len(plain) == len(parts) else None


def _array(value: object) -> np.ndarray | None:
    if type(value) is np.ndarray:
        return value if value.dtype == np.float64 else None
    return np.asarray(value) if type(value) in (float, np.float64) else None


def _known(value: object, precision: Precision) -> tuple[np.ndarray, np.ndarray] | None:
    """The numbers of an expected value in a row, and by how much each may be off."""
    parts = _parts(value)
    if parts is None:
        return None
    allowed = []
    for part in parts:
        limit = precision.overall * np.abs(part).max()
        # Infinity is not off by little, and what is not a number is within nothing.
        allowed.append(np.full(part.size, limit if np.isfinite(limit) else np.nan))
    return np.concatenate([part.ravel() for part in parts]), np.concatenate(allowed)


def _like(value: object, expected: object) -> list[np.ndarray] | None:
    """The numbers of a value that has the form of the expected one, a row for each part."""
    parts, wanted = _parts(value), _parts(expected)
    if parts is None or wanted is None or isinstance(value, tuple) != isinstance(expected, tuple):
        return None
    if [part.shape for part in parts] != [part.shape for part in wanted]:
        return None
    return [part.ravel() for part in parts]
