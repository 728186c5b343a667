"""Verdicts on replies that were judged before.

Judging is a function of the replies alone, and in a class many replies are the same to the last
bit: right answers above all, and wrong ones that copy a common mistake. So a verdict is kept under
the replies that it was reached on.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from autograder.exercise.calls import Call, Function, Replies, Reply
from autograder.result import TaskResult

Key: TypeAlias = tuple[object, ...]
"""What a verdict is kept under."""

MOST_BYTES = 8_000_000
"""What the verdicts that are kept may take: a few kilobytes each."""


class KnownReplies:
    """The verdicts that one examiner reached last."""

    def __init__(self) -> None:
        self._verdicts: OrderedDict[Key, TaskResult] = OrderedDict()
        self._bytes = 0

    def key(
        self,
        question: tuple[object, ...],
        calls: Sequence[Sequence[Call]],
        replies: Sequence[Sequence[Reply]],
    ) -> Key | None:
        """What a verdict is kept under; None if the replies cannot be told from others.

        Args:
            question: what was asked for: the task, stand-ins and the like, which decide the calls.
            calls: each criterion's calls.
            replies: those to each criterion's calls.
        """
        hasher = hashlib.blake2b(digest_size=24)
        try:
            for its_calls, its_replies in zip(calls, replies, strict=True):
                hasher.update(f"{len(its_replies)} ".encode())
                if isinstance(its_replies, Replies) and its_replies.digest is not None:
                    hasher.update(its_replies.digest)
                    continue
                for call, reply in zip(its_calls, its_replies, strict=True):
                    _add_reply(hasher, call, reply)
        except (TypeError, ValueError, RecursionError):
            return None
        return (*question, hasher.digest())

    def get(self, key: Key | None) -> TaskResult | None:
        if key is None or key not in self._verdicts:
            return None
        self._verdicts.move_to_end(key)
        return self._verdicts[key]

    def keep(self, key: Key | None, verdict: TaskResult) -> TaskResult:
        if key is not None and key not in self._verdicts:
            self._verdicts[key] = verdict
            self._bytes += _bytes_of(verdict)
            while self._bytes > MOST_BYTES:
                self._bytes -= _bytes_of(self._verdicts.popitem(last=False)[1])
        return verdict


def _bytes_of(verdict: TaskResult) -> int:
    """About what a verdict takes. Claims, calls and hints are shared with others."""
    return 1000 + sum(
        500
        + len(one.came_back)
        + len(one.wrong)
        + (80 * sum(map(len, one.grid.entries)) if one.grid else 0)
        for one in verdict.criteria
    )


def is_same(one: object, other: object) -> bool:
    """Whether two plain values are the same to the last bit, and of the same types."""
    hasher = digest_of(one)
    return hasher is not None and hasher == digest_of(other)


def digest_of(value: object) -> bytes | None:
    """What a plain value is told by: the same for the same values only. None if it is not plain."""
    hasher = hashlib.blake2b(digest_size=24)
    try:
        _add_value(hasher, value)
    except (TypeError, ValueError, RecursionError):
        return None
    return hasher.digest()


def _add_reply(hasher: hashlib.blake2b, call: Call, reply: Reply) -> None:
    """Put a reply into a hash. What the call left as it was need not be looked through again."""
    for value in (reply.value, reply.raised, reply.refused):
        _add_value(hasher, value)
    if reply.arguments is call.args:
        hasher.update(b"arguments as they were ")
    else:
        _add_value(hasher, reply.arguments)
    if reply.later is reply.value:
        hasher.update(b"value as it was ")
    else:
        _add_value(hasher, reply.later)


def _add_value(hasher: hashlib.blake2b, value: Any) -> None:
    """Put a plain value into a hash, so that values that differ in anything give different ones.

    Raises:
        TypeError: for a value that is not plain (an object of a class of its own, say).
    """
    kind = type(value)
    if kind in (list, tuple, dict):
        items = [part for item in value.items() for part in item] if kind is dict else value
        hasher.update(f"{kind.__name__} {len(items)} ".encode())
        for item in items:
            _add_value(hasher, item)
    elif kind is np.ndarray or isinstance(value, np.generic):
        array = np.asarray(value)
        if array.dtype.hasobject:
            raise TypeError("an array of objects")
        hasher.update(f"{kind.__name__} {array.dtype.str} {array.shape} ".encode())
        hasher.update(array.tobytes())
    elif kind is Function:
        _add_value(hasher, value.source)
    elif kind in (int, float, complex, bool, str, type(None)):
        text = repr(value).encode("utf-8", "surrogatepass")
        hasher.update(f"{kind.__name__} {len(text)} ".encode() + text)
    elif dataclasses.is_dataclass(value):
        _add_value(
            hasher, (kind.__name__, *(getattr(value, f.name) for f in dataclasses.fields(value)))
        )
    else:
        raise TypeError(f"a {kind.__name__}")
