"""Replies that hold very long lists, made quick to look at.

Lists are compared by the arrays that they stand for, again and again: with the reference, with each
known mistake, in two precisions. That takes a moment for a list of a thousand numbers, and minutes
for lists that are long for no other purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from autograder.exercise.calls import Reply
from autograder.judge.compare import numbers

LONG = 4000
"""More numbers in lists than any answer needs; from here on they count as their array."""


def quick_to_judge(replies: Iterable[Reply]) -> list[Reply]:
    """The replies with arrays for long lists of numbers; other long lists count as no answer."""
    return [_quick(reply) for reply in replies]


def _quick(reply: Reply) -> Reply:
    if _holds_many(reply.value):
        array = numbers(reply.value)
        if array is None:
            return Reply(refused="returned a long list that does not form an array of numbers")
        unchanged = reply.later is reply.value
        reply = replace(reply, value=array, later=array if unchanged else reply.later)
    if _holds_many(reply.later):
        reply = replace(reply, later=numbers(reply.later))
    if reply.arguments is not None and _holds_many(reply.arguments):
        reply = replace(reply, arguments=tuple(map(_array_if_long, reply.arguments)))
    return reply


def _array_if_long(value: object) -> object:
    return numbers(value) if _holds_many(value) else value


def _holds_many(value: object) -> bool:
    """Whether lists, tuples and dicts hold more than `LONG` things in all."""
    if not isinstance(value, list | tuple | dict):
        return False
    count, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            one = [*one, *one.values()]
        if isinstance(one, list | tuple):
            count += len(one)
            if count > LONG:
                return True
            waiting += one
    return False
