"""What passes between a student's process and the grader: plain values whole, all else refused."""

from __future__ import annotations

import array
import collections
import contextlib
import io
import json
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox.inside import wire


def through(value, max_bytes=1 << 20):
    encoder = wire.Encoder(max_bytes)
    tree = json.loads(json.dumps(encoder.encode(value)))
    return wire.decode(tree, bytes(encoder.blob))


def same(left, right) -> bool:
    if isinstance(left, (list, tuple)):
        return type(left) is type(right) and len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(map(same, left.values(), right.values()))
    if isinstance(left, np.ndarray):
        return (
            left.dtype == right.dtype
            and left.shape == right.shape
            and left.tobytes() == right.tobytes()
        )
    return type(left) is type(right) and (left == right or (left != left and right != right))


@pytest.mark.parametrize("value", [
    None, True, 0, -5, 10**300, 1.5, -0.0, float("nan"), float("inf"), 1 - 2j, "", "σ ≥ 0",
    [], (), {}, [1, (2.0, {"mu": [None]})],
    np.float32(2.5), np.int64(-7), np.bool_(True), np.complex64(1j), np.float16(0.1),
    np.arange(6).reshape(2, 3), np.zeros((0, 3)), np.array(5.0), np.array([True, False]),
    np.arange(6.0).reshape(2, 3).T, np.arange(10)[::-3], np.ones(3, "f2"), np.ones(3, "c8"),
], ids=repr)  # fmt: skip
def test_plain_values_arrive_as_they_were(value):
    assert same(value, through(value))


@pytest.mark.parametrize("value, plain", [
    (np.matrix([[1, 2]]), np.array([[1, 2]])),
    (np.arange(3, dtype=">f4"), np.arange(3, dtype="<f4")),
    (np.array([1, 2], dtype=np.longdouble), np.array([1.0, 2.0])),
    (np.broadcast_to(1.0, (2, 2)), np.ones((2, 2))),
])  # fmt: skip
def test_other_arrays_arrive_as_plain_arrays_of_their_shape(value, plain):
    assert same(plain, through(value))


class Wrapped:
    """What other libraries have: a tensor, a column of a table."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype)


@pytest.mark.parametrize("value, plain", [
    (np.array([1, Fraction(1, 4), Decimal("0.5"), np.float32(2)], dtype=object),
     np.array([1, 0.25, 0.5, 2])),
    (np.ma.array([1.0, 2.0]), np.array([1.0, 2.0])),
    (np.ma.array([1.0, 2.0], mask=[0, 0]), np.array([1.0, 2.0])),
    (Fraction(3, 8), 0.375),
    (Decimal("-1.5"), -1.5),
    ([Fraction(1, 2), Decimal(3)], [0.5, 3.0]),
    (([Fraction(1, 2)], array.array("d", [1.0, 2.0])), ([0.5], np.array([1.0, 2.0]))),
    (array.array("i", [3, 4]), np.array([3, 4], "<i4")),
    (memoryview(np.arange(3.0)), np.arange(3.0)),
    (collections.deque([1.0, 2.0]), np.array([1.0, 2.0])),
    (range(3), np.arange(3)),
    (Wrapped([[1, 2]]), np.array([[1, 2]])),
    (Wrapped(1.5), np.array(1.5)),
    ([Wrapped([1.0]), Wrapped([2.0])], [np.array([1.0]), np.array([2.0])]),
], ids=lambda value: type(value).__name__)  # fmt: skip
def test_what_is_numbers_to_numpy_arrives_as_numpy_reads_it(value, plain):
    assert same(plain, through(value))


@pytest.mark.parametrize("answer", [Wrapped(["a"]), Wrapped([1 + 1j, "b"]), Wrapped(None)])
def test_what_numpy_reads_as_something_else_is_refused(answer):
    with pytest.raises(wire.Refused):
        through(answer)


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("value, sentence", [
    (np.array([None]), "an object array"),
    (np.ma.array([1.0, 2.0], mask=[0, 1]), "a masked array with entries that are masked"),
    (np.array(["1.5"], dtype=object), "an object array"),
    (np.array([True], dtype=object), "an object array"),
    (np.array([object()]), "an object array"),
    (np.array([[1.0], [2.0, 3.0]], dtype=object), "an object array"),
    (["1.5", {1.5}], "a set object"),
    (np.empty((2**47, 0)), "an array of shape (140737488355328, 0) without entries"),
    ([np.zeros(1)] * 6000, "more than 5,000 arrays"),
    (np.array(["a"]), "an array of strings"),
    (np.zeros(2, [("x", "f8")]), "a structured array"),
    (np.array(["2026-01-01"], "M8[D]"), "an array of dates or times"),
    ((n for n in [1]), "a generator instead of values"),
    (len, "a builtin_function_or_method object"),
    (lambda: 0, "a function instead of values"),
    (object(), "an object object"),
    (b"x", "a bytes object"),
    (np.broadcast_to(0.0, (10**6, 10**6)), "8.0 TB"),
    (1 << 3_400_000, "an integer of about 1,023,503 digits"),
    (nested(10_000), "lists nested more than 50 deep"),
    ([0.0] * 300_000, "more than 20,000 values in lists"),
    ("x" * (2 << 20), "a text of 2,097,152 characters"),
], ids=lambda value: value if isinstance(value, str) and len(value) < 80 else "")  # fmt: skip
def test_everything_else_is_refused_with_a_sentence(value, sentence):
    with pytest.raises(wire.Refused, match=re.escape(sentence)):
        through(value)


def test_what_was_refused_leaves_nothing_in_the_frame():
    encoder = wire.Encoder(1 << 20)
    with pytest.raises(wire.Refused):
        encoder.encode([np.zeros(10), object()])

    assert encoder.blob == b""


def test_no_method_of_a_hostile_class_is_called():
    class Trap:
        def __getattribute__(self, name):
            raise AssertionError(name)

    class TrapList(list):
        def __iter__(self):
            raise AssertionError

        __len__ = __getitem__ = __eq__ = __iter__

    class TrapArray(np.ndarray):
        def __array_finalize__(self, other):
            pass

        def __getattribute__(self, name):
            raise AssertionError(name)

    assert through(TrapList([1, 2])) == [1, 2]
    assert same(np.zeros(2), through(np.zeros(2).view(TrapArray)))
    with pytest.raises(wire.Refused, match="a Trap object"):
        through(Trap())


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50)
    | st.sampled_from(["i", "f", "c", "l", "t", "d", "a", "s", "F", "<f8", "|b1", "1p9999"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TREES, st.binary(max_size=64))
def test_a_lie_is_an_error_of_the_protocol_and_nothing_else(tree, blob):
    with contextlib.suppress(wire.ProtocolError):
        wire.decode(tree, blob)


@pytest.mark.parametrize("tree", [
    ["a", "<f8", [2**60], 0],
    ["a", "<f8", [-1], 0],
    ["a", "<f8", [2], 2**63],
    ["a", "<f8", [1.0], 0],
    ["a", "|O8", [1], 0],
    ["a", "<f8", [1] * 100, 0],
    ["l", [["a", "<f8", [2], 0], ["a", "<f8", [2], 0]]],
    ["i", "9" * 10_000],
    ["F", "__import__('os')"],
    ["d", [[["l", []], None]]],
], ids=str)  # fmt: skip
def test_arrays_larger_than_their_bytes_and_other_lies_are_errors(tree):
    with pytest.raises(wire.ProtocolError):
        wire.decode(tree, bytes(16))


def read(data: bytes):
    """The first frame of what arrives byte by byte."""
    stream = io.BytesIO(data)
    frame = wire.Frames(lambda missing: stream.read(1)).next(wire.Sizes(header=1000, blob=1000))
    return frame and (frame.header, frame.blob)


def test_a_frame_arrives_as_it_was():
    assert read(wire.pack({"kind": "done"}, b"abc")) == ({"kind": "done"}, b"abc")
    assert read(b"") is None


def test_frames_that_arrive_together_are_cut_apart():
    stream = io.BytesIO(wire.pack({"a": 1}, b"abc") + wire.pack({"b": 2}))
    frames = wire.Frames(lambda missing: stream.read(10_000))
    first = frames.next(wire.Sizes(header=1000, blob=1000))
    assert (first.header, first.blob) == ({"a": 1}, b"abc")
    assert frames.waits
    assert frames.next(wire.Sizes(header=1000, blob=1000)).header == {"b": 2}
    assert not frames.waits
    assert frames.next(wire.Sizes(header=1000, blob=1000)) is None


@pytest.mark.parametrize("data", [
    b"x", b"HTTP/1.1 200 OK\r\n\r\n", wire.pack({})[:-1], wire.pack({}, b"abc")[:-1],
    wire.pack({"x": "x" * 2000}), wire.pack({}, bytes(2000)),
    wire._PREFIX.pack(wire.MAGIC, 2**32 - 1, 2**64 - 1),
    wire._PREFIX.pack(wire.MAGIC, 2, 0) + b"[]",
    wire._PREFIX.pack(wire.MAGIC, 900, 0) + b"[" * 900,
    wire._PREFIX.pack(wire.MAGIC, 2, 0) + b"\xff\xff",
])  # fmt: skip
def test_what_is_not_a_frame_is_an_error(data):
    with pytest.raises(wire.ProtocolError):
        read(data)
