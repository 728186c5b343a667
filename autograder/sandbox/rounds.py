"""Rounds of questions: calls as they are sent, and the replies to them as they come back.

In a class the same calls are sent to every student, and most replies are, to the last bit, ones
that came before. So calls are written once, and replies are read only if somebody looks at them:
whoever knows replies by their digest need not.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograder.exercise.calls import Call, Function, Raised, Replies, Reply
from autograder.sandbox.inside.wire import (
    Encoder,
    Frame,
    ProtocolError,
    as_json,
    decode,
    whole_text,
)
from autograder.sandbox.limits import MB

_REQUEST_BYTES = 256 * MB
_MAX_KNOWN = 200
_MAX_SOUND = 10_000


def _functions(calls: Sequence[Call]) -> Iterator[Function]:
    waiting = [call.args for call in calls]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Function):
            yield value
        elif isinstance(value, (list, tuple)):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()


@dataclass(frozen=True)
class WrittenCalls:
    """Calls as they are sent: the same for every student, so written once.

    Attributes:
        calls: the calls.
        text: function and arguments of each, as JSON.
        blob: the bytes of all arrays.
        functions: for each call, its arguments that are functions, by their expressions.
    """

    calls: tuple[Call, ...]
    text: bytes
    blob: bytes
    functions: list[dict[str, Function]]

    def request(self, stand_ins: Mapping[str, str], singly: bool) -> bytes:
        """The request that asks them."""
        return b'{"kind":"ask","stand_ins":%s,"singly":%s,"calls":%s}' % (
            as_json(dict(stand_ins)),
            as_json(singly),
            self.text,
        )

    @cached_property
    def digest(self) -> bytes:
        """What tells them apart."""
        return hashlib.blake2b(self.text + self.blob, digest_size=24).digest()


_known: OrderedDict[int, WrittenCalls] = OrderedDict()


def written(calls: tuple[Call, ...]) -> WrittenCalls:
    """The calls as they are sent; the same tuple is written once."""
    known = _known.get(id(calls))
    if known is not None and known.calls is calls:
        return known
    encoder = Encoder(_REQUEST_BYTES, {id(f): f.source for f in _functions(calls)})
    fresh = WrittenCalls(
        calls,
        as_json([[call.function, encoder.encode(tuple(call.args))] for call in calls]),
        bytes(encoder.blob),
        [{function.source: function for function in _functions([call])} for call in calls],
    )
    _known[id(calls)] = fresh
    if len(_known) > _MAX_KNOWN:
        _known.popitem(last=False)
    return fresh


_sound: OrderedDict[bytes, None] = OrderedDict()
"""The digests of rounds of replies that could be read."""


def read_replies(
    calls: WrittenCalls, frames: Sequence[Frame], nonce: bytes, missing: str, slow: bool
) -> tuple[Replies, ProtocolError | None]:
    """Return one reply for each call, and what is wrong with the first frame that cannot be read.

    Args:
        calls: what was asked.
        frames: what came back, in order.
        nonce: the request's number, which stands in each frame.
        missing: why calls beyond the frames have no value.
        slow: whether time ran out.
    """
    hasher = hashlib.blake2b(calls.digest + missing.encode(), digest_size=24)
    for frame in frames:
        hasher.update(b"%d %d " % (len(frame.text), len(frame.blob)))
        hasher.update(frame.text.replace(nonce, b"", 1))
        hasher.update(frame.blob)
    digest = hasher.digest()

    def read() -> list[Reply]:
        return _padded(calls, frames, missing)[0]

    if digest in _sound:
        _sound.move_to_end(digest)
        return Replies(len(calls.calls), read, digest, slow), None
    replies, trouble = _padded(calls, frames, missing)
    if trouble is None:
        _sound[digest] = None
        if len(_sound) > _MAX_SOUND:
            _sound.popitem(last=False)
    return Replies(len(calls.calls), lambda: replies, digest, slow), trouble


def _padded(
    calls: WrittenCalls, frames: Sequence[Frame], missing: str
) -> tuple[list[Reply], ProtocolError | None]:
    parts: list[dict[str, Any]] = []
    later: dict[int, object] = {}
    trouble = None
    try:
        for frame in frames:
            header = frame.header
            if header.get("kind") == "done":
                later = _later(header.get("later"), frame.blob, len(parts))
                break
            number = len(parts)
            named = (header.get("kind"), header.get("index"))
            if named != ("reply", number) or number == len(calls.calls):
                raise ProtocolError("an answer to no question")
            call, functions = calls.calls[number], calls.functions[number]
            parts.append(_reply(header.get("reply"), frame.blob, call, functions))
    except ProtocolError as error:
        trouble = error
    replies = [
        Reply(**part, later=later.get(index, part.get("value"))) for index, part in enumerate(parts)
    ]
    return replies + [Reply(refused=missing)] * (len(calls.calls) - len(replies)), trouble


def _reply(
    reply: object, blob: bytes, call: Call, functions: dict[str, Function]
) -> dict[str, Any]:
    """Read one reply's fields. Functions among its arguments are those sent, never new ones.

    A reply that does not mention the arguments left them as they were.
    """
    if type(reply) is not dict:
        raise ProtocolError("a reply that is not an object")
    arguments = reply.get("arguments", call.args)
    if arguments is not None and arguments is not call.args:
        arguments = decode(arguments, blob, functions.__getitem__)
        if type(arguments) is not tuple:
            raise ProtocolError("arguments that are not a tuple")
    if "raised" in reply:
        return {"raised": _raised(reply["raised"]), "arguments": arguments}
    if "refused" in reply:
        refused = reply["refused"]
        if type(refused) is not str:
            raise ProtocolError("a reply without a reason")
        return {"refused": whole_text(refused, 300), "arguments": arguments}
    if "value" not in reply:
        raise ProtocolError("a reply without a value")
    return {"value": decode(reply["value"], blob), "arguments": arguments}


def _raised(raised: Any) -> Raised:
    match raised:
        case [str(name), [*bases], str(message), bool(own)] if all(
            type(base) is str for base in bases
        ):
            return Raised(
                whole_text(name, 100),
                tuple(whole_text(base, 100) for base in bases[:20]),
                whole_text(message, 2000),
                own,
            )
    raise ProtocolError("an exception that is none")


def _later(later: object, blob: bytes, count: int) -> dict[int, object]:
    """Values that have changed since they were returned, by the number of their call."""
    if type(later) is not dict or len(later) > count:
        raise ProtocolError("later values of no question")
    changed = {}
    for index, tree in later.items():
        if not index.isdecimal() or len(index) > 9 or int(index) >= count:
            raise ProtocolError("later values of no question")
        changed[int(index)] = None if tree == "?" else decode(tree, blob)
    return changed
