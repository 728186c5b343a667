"""Frames and plain values: all that ever passes between a student's process and the grader.

A frame is a JSON header and one block of bytes that holds the arrays. Nothing is unpickled and
nothing is evaluated. Every size is checked before memory is taken for it, on both ends, because
either end may be lied to.

Values are None, bool, int, float, complex, str, list, tuple, dict, NumPy scalars and numeric
arrays. In the header they stand as themselves or as a small list whose first item names the kind:

    None, True, "text"                  themselves
    ["i", "-ff"]                        int, hexadecimal
    ["f", "0x1.8p+1"]                   float, as float.hex writes it
    ["c", real, imag]                   complex
    ["l", [...]]  ["t", [...]]          list, tuple
    ["d", [[key, value], ...]]          dict
    ["a", "<f8", [2, 3], offset]        array
    ["s", "<f4", offset]                NumPy scalar
    ["F", "np.tanh"]                    a function, written as one expression

What is none of these but is numbers to NumPy (an object array, an `array.array`, a `Fraction`, an
object with `__array__`) is written as the array or float that NumPy reads from it. That is asked of
the student's class, in the student's process: what comes out of the pipe is plain in any case.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ParamSpec, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

MAGIC = b"AGw1"
_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
_PREFIX = struct.Struct("!4sIQ")
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')
MAX_DEPTH = 50
MAX_NODES = 20_000
MAX_ARRAYS = 5_000
MAX_EMPTY = 1 << 31  # what an array without entries may have as dimensions, but for the zeros
MAX_BRACKETS = 1_000_000
MAX_TEXT = 1 << 20
MAX_INT_BITS = 4096
DTYPES = frozenset((
    "|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8",
    "<f2", "<f4", "<f8", "<c8", "<c16",
))  # fmt: skip
_PLAIN = {name: np.dtype(name) for name in DTYPES}
_NATIVE = {name: plain.newbyteorder("=") for name, plain in _PLAIN.items()}

Tree: TypeAlias = bool | str | list[Any] | None
"""What stands in a header for one value."""

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """A value that is not plain data. The text goes on from "returned": "an object array"."""


class ProtocolError(Exception):
    """What came over the pipe is not what this module writes."""


@dataclass(frozen=True)
class Sizes:
    """The largest frame that is read: header and arrays, in bytes."""

    header: int
    blob: int


# --- frames -----------------------------------------------------------------------------------


def pack(header: dict[str, Any], blob: bytes = b"") -> bytes:
    return pack_text(as_json(header), blob)


def pack_text(header: bytes, blob: bytes = b"") -> bytes:
    """A frame whose header is JSON already."""
    return _PREFIX.pack(MAGIC, len(header), len(blob)) + header + blob


def as_json(value: object) -> bytes:
    return _JSON.encode(value).encode("ascii")


@dataclass(frozen=True)
class Frame:
    """One frame as it came: the text of its header, and its block of bytes."""

    text: bytes
    blob: bytes

    @cached_property
    def header(self) -> dict[str, Any]:
        """The header.

        Raises:
            ProtocolError: if it is none.
        """
        text = self.text
        if _brackets(text) > MAX_BRACKETS and _brackets(_STRING.sub(b"", text)) > MAX_BRACKETS:
            raise ProtocolError("a header of too many parts")
        try:
            header = json.loads(text)
        except (ValueError, RecursionError):
            raise ProtocolError("a header that is not JSON") from None
        if type(header) is not dict:
            raise ProtocolError("a header that is not an object")
        return header


class Frames:
    """Cuts what comes out of a pipe into frames.

    Args:
        receive: given how many bytes are missing at least, returns some, or none where the pipe has
            ended. More than are missing are kept for the next frame.
    """

    def __init__(self, receive: Callable[[int], bytes]):
        self._receive = receive
        self._data = bytearray()

    @property
    def waits(self) -> bool:
        """Whether something has come that was not asked for."""
        return bool(self._data)

    def next(self, sizes: Sizes) -> Frame | None:
        """Return the next frame, or None if the other end has closed the pipe between two frames.

        Args:
            sizes: the largest frame allowed.

        Raises:
            ProtocolError: if it is too large, cut short, or not a frame at all.
        """
        data = self._data
        if not self._fill(_PREFIX.size):
            if data:
                raise ProtocolError("a frame was cut short")
            return None
        magic, header_size, blob_size = _PREFIX.unpack_from(data)
        if magic != MAGIC:
            raise ProtocolError("something that is not a frame")
        if header_size > sizes.header or blob_size > sizes.blob:
            raise ProtocolError("a frame larger than allowed")
        blob_at = _PREFIX.size + header_size
        end = blob_at + blob_size
        if not self._fill(end):
            raise ProtocolError("a frame was cut short")
        frame = Frame(bytes(data[_PREFIX.size : blob_at]), bytes(data[blob_at:end]))
        del data[:end]
        return frame

    def _fill(self, size: int) -> bool:
        data = self._data
        while len(data) < size:
            piece = self._receive(size - len(data))
            if not piece:
                return False
            data += piece
        return True


def _brackets(text: bytes) -> int:
    """How many lists and objects this JSON holds at most; each takes memory."""
    return text.count(b"[") + text.count(b"{")


def whole_text(text: str, limit: int | None = None) -> str:
    """`text` without lone surrogates (which no file takes), cut to `limit` characters."""
    if limit is not None and len(text) > limit:
        text = text[: limit - 2] + " …"
    return text.encode("utf-8", "replace").decode("utf-8")


def holds_json(mime: str) -> bool:
    """Whether nbformat allows any JSON for this MIME type; all others hold text."""
    return mime.startswith("application/") and mime.endswith(("/json", "+json"))


# --- values, written --------------------------------------------------------------------------


@dataclass
class Encoder:
    """Writes values into one frame.

    Types are looked at with `type(x)` and read with the base type's own methods, so that no method
    of a student's class is called.

    Args:
        max_bytes: the most that all values written by this encoder may take.
        functions: expressions of the functions that may appear, by id.
    """

    max_bytes: int
    functions: dict[int, str] = field(default_factory=dict)
    blob: bytearray = field(default_factory=bytearray)
    converted: bool = False
    _taken: int = 0
    _nodes: int = 0
    _arrays: int = 0

    def encode(self, value: object) -> Tree:
        """Return the tree for `value`; its arrays go to `blob`.

        Afterwards `converted` says whether some of it was not plain and was read by NumPy.

        Raises:
            Refused: if it is not plain data, or too much of it.
        """
        taken, blob_size = self._taken, len(self.blob)
        self._nodes = self._arrays = 0
        self.converted = False
        try:
            return self._encode(value, 0)
        except Refused:
            self._taken = taken
            del self.blob[blob_size:]
            raise
        except (MemoryError, RecursionError):
            raise Refused("more than fits into memory") from None

    def _take(self, size: int, what: str) -> None:
        self._taken += size
        if self._taken > self.max_bytes:
            raise Refused(f"{what}, more than the {readable_size(self.max_bytes)} that are read")

    def _encode(self, value: Any, depth: int) -> Tree:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise Refused(f"more than {MAX_NODES:,} values in lists (use an array)")
        if depth > MAX_DEPTH:
            raise Refused(f"lists nested more than {MAX_DEPTH} deep")
        if value is None or value is True or value is False:
            return value
        kind = type(value)
        if issubclass(kind, np.ndarray):
            return self._array(value, kind)
        if issubclass(kind, np.generic):
            return self._scalar(value)
        if issubclass(kind, str):
            size = str.__len__(value)
            if size > MAX_TEXT:
                raise Refused(f"a text of {size:,} characters")
            self._take(size, f"a text of {size:,} characters")
            return whole_text(str.__str__(value))
        if issubclass(kind, int):
            bits = int.bit_length(value)
            if bits > MAX_INT_BITS:
                raise Refused(f"an integer of about {math.ceil(bits * 0.30103):,} digits")
            return ["i", f"{int.__index__(value):x}"]
        if issubclass(kind, float):
            return ["f", float.hex(value)]
        if issubclass(kind, complex):
            return [
                "c",
                float.hex(complex.real.__get__(value)),
                float.hex(complex.imag.__get__(value)),
            ]
        if issubclass(kind, list):
            return ["l", [self._encode(item, depth + 1) for item in list.__iter__(value)]]
        if issubclass(kind, tuple):
            return ["t", [self._encode(item, depth + 1) for item in tuple.__iter__(value)]]
        if issubclass(kind, dict):
            return ["d", [
                [self._encode(key, depth + 1), self._encode(item, depth + 1)]
                for key, item in dict.items(value)
            ]]  # fmt: skip
        if id(value) in self.functions:
            return ["F", self.functions[id(value)]]
        return self._as_numpy_reads(value, kind)

    def _as_numpy_reads(self, value: Any, kind: type) -> Tree:
        """What NumPy reads from a value of a class of its own: a number, or an array."""
        if not hasattr(kind, "__array__") and hasattr(kind, "__float__"):
            number = _or_refused(_described(kind), float, value)
            if type(number) is float:
                self.converted = True
                return ["f", number.hex()]
        array = None if kind is bytes else _or_refused(_described(kind), np.asarray, value)
        # Whatever came back from there, only an array that NumPy made is one.
        if type(array) is not np.ndarray or not (array.ndim or hasattr(kind, "__array__")):
            raise Refused(_described(kind))
        self.converted = True
        return self._array(array, np.ndarray)

    def _numbers_of(self, array: NDArray[Any]) -> NDArray[Any]:
        """The numbers in an array of objects: Python's own, Fractions, Decimals and the like."""
        objects = np.ndarray.tolist(np.ndarray.ravel(np.ndarray.view(array, np.ndarray)))
        if any(
            issubclass(kind, (str, bytes, bool, type(None))) for kind in set(map(type, objects))
        ):
            raise Refused("an object array")
        self.converted = True
        return _or_refused("an object array", np.ndarray.astype, array, np.float64)

    def _array(self, value: NDArray[Any], kind: type) -> Tree:
        if issubclass(kind, np.ma.MaskedArray) and _or_refused(
            "a masked array", np.ma.count_masked, value
        ):
            raise Refused("a masked array with entries that are masked")
        self._arrays += 1
        if self._arrays > MAX_ARRAYS:
            raise Refused(f"more than {MAX_ARRAYS:,} arrays (use one array)")
        if np.ndarray.dtype.__get__(value).kind == "O":
            value = self._numbers_of(value)
        dtype = np.ndarray.dtype.__get__(value)
        shape = np.ndarray.shape.__get__(value)
        nbytes = np.ndarray.nbytes.__get__(value)
        target = _sendable(dtype)
        if target is None:
            raise Refused(_described_array(dtype))
        if nbytes == 0 and _without_zeros(shape) > MAX_EMPTY:
            raise Refused(f"an array of shape {shape} without entries")
        # nbytes counts what the array pretends to hold: a broadcast view of 10 TB says 10 TB.
        self._take(nbytes, f"an array of shape {shape} ({readable_size(nbytes)})")
        plain = np.ndarray.view(value, np.ndarray)
        data = np.ndarray.astype(plain, target, order="C", copy=True)
        offset = len(self.blob)
        self.blob += np.ndarray.tobytes(data)
        return ["a", target, list(shape), offset]

    def _scalar(self, value: Any) -> Tree:
        dtype = np.generic.dtype.__get__(value)
        target = _sendable(dtype)
        if target is None:
            raise Refused(f"a NumPy scalar of type {dtype}"[:100])
        offset = len(self.blob)
        # The buffer of the scalar itself; np.array(value) would ask its class.
        data = np.frombuffer(memoryview(value), dtype=dtype.newbyteorder("="), count=1)
        self._take(16, "too many values")
        self.blob += np.ndarray.tobytes(np.ndarray.astype(data, target))
        return ["s", target, offset]


def still_is(value: Any, tree: Tree, blob: bytes) -> bool:
    """Whether `value` is to the bit what `tree` and `blob` say, as far as can be seen quickly.

    True only if encoding it would give the same again; False says nothing.
    """
    kind = type(value)
    if kind is np.ndarray:
        if type(tree) is not list or tree[0] != "a":
            return False
        _, dtype, shape, offset = tree
        # A dtype's text is that of the wire only if it is sent as it is.
        if value.dtype.str != dtype or list(value.shape) != shape:
            return False
        data: bytes = value.tobytes()
        return data == blob[offset : offset + value.nbytes]
    if value is None or kind is bool or kind is str:
        return type(tree) is kind and bool(tree == value)
    if type(tree) is not list:
        return False
    if kind is int:
        return tree == ["i", f"{value:x}"]
    if kind is float:
        return tree == ["f", value.hex()]
    if kind is tuple or kind is list:
        return (
            tree[0] == ("t" if kind is tuple else "l")
            and len(tree[1]) == len(value)
            and all(still_is(item, part, blob) for item, part in zip(value, tree[1], strict=True))
        )
    return False


def _sendable(dtype: np.dtype[Any]) -> str | None:
    """The dtype that values of `dtype` are sent as, or None if it is not numeric."""
    if type(dtype).__module__ not in ("numpy", "numpy.dtypes") or dtype.kind not in "biufc":
        return None
    if dtype.kind == "f" and dtype.itemsize > 8:
        return "<f8"
    if dtype.kind == "c" and dtype.itemsize > 16:
        return "<c16"
    text = dtype.newbyteorder("<").str
    return text if text in DTYPES else None


def _or_refused(what: str, read: Callable[P, R], *values: P.args, **named: P.kwargs) -> R:
    """What `read` gives, which may call methods of a student's class."""
    try:
        return read(*values, **named)
    except Exception:
        raise Refused(what) from None


def _without_zeros(shape: Iterable[int]) -> int:
    return math.prod(n or 1 for n in shape)


def _described_array(dtype: np.dtype[Any]) -> str:
    kind = dtype.kind
    if kind == "O":
        return "an object array"
    if kind in "US":
        return "an array of strings"
    if kind in "Mm":
        return "an array of dates or times"
    if kind == "V":
        return "a structured array"
    return "an array that does not hold plain numbers"


_NAME = type.__dict__["__name__"]


def type_name(kind: type) -> str:
    """The name of a class, without asking its metaclass."""
    return whole_text(_NAME.__get__(kind), 100)


def _described(kind: type) -> str:
    name = type_name(kind)
    article = "an" if name[:1].lower() in "aeiou" else "a"
    return {
        "generator": "a generator instead of values",
        "function": "a function instead of values",
        "module": "a module instead of values",
        "type": "a class instead of values",
    }.get(name, f"{article} {name} object instead of numbers or arrays")


def readable_size(size: int) -> str:
    """20 MB, 10.0 TB: for people."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if amount < 1000 or unit == "TB":
            digits = 0 if amount >= 10 or unit == "bytes" else 1
            return f"{amount:.{digits}f} {unit}"
        amount /= 1000
    raise AssertionError


# --- values, read -----------------------------------------------------------------------------


def decode(
    tree: object, blob: bytes, function: Callable[[str], Callable[..., Any]] | None = None
) -> Any:
    """Return the value that `tree` and `blob` describe, with arrays of its own.

    Args:
        tree: what `Encoder.encode` returned, or what a liar sent instead.
        blob: the bytes that came with it.
        function: makes a function from its expression; without it functions are refused.

    Raises:
        ProtocolError: if it describes nothing.
    """
    try:
        return _Decoder(blob, function).decode(tree, 0)
    except ProtocolError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise ProtocolError(f"a value that cannot be read ({type(error).__name__})") from None


class _Decoder:
    def __init__(self, blob: bytes, function: Callable[[str], Callable[..., Any]] | None):
        self.blob = blob
        self.function = function
        self.nodes = 0
        self.arrays = 0
        self.given = 0

    def decode(self, tree: object, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH + 1 or self.nodes > MAX_NODES + 1:
            raise ProtocolError("a value nested too deep or too long")
        if tree is None or tree is True or tree is False:
            return tree
        if type(tree) is str:
            return whole_text(tree)
        if type(tree) is not list or not tree or type(tree[0]) is not str:
            raise ProtocolError("a value of no known kind")
        kind, *rest = tree
        if kind == "i":
            (text,) = rest
            if len(text) > MAX_INT_BITS // 4 + 2:
                raise ProtocolError("an integer that is too long")
            return int(text, 16)
        if kind == "f":
            (text,) = rest
            return float.fromhex(_short(text))
        if kind == "c":
            real, imag = rest
            return complex(float.fromhex(_short(real)), float.fromhex(_short(imag)))
        if kind in ("l", "t"):
            (items,) = rest
            if type(items) is not list:
                raise ProtocolError("a list without items")
            values = [self.decode(item, depth + 1) for item in items]
            return values if kind == "l" else tuple(values)
        if kind == "d":
            (items,) = rest
            return {
                self.decode(key, depth + 1): self.decode(item, depth + 1) for key, item in items
            }
        if kind == "a":
            dtype, shape, offset = rest
            return self._array(dtype, shape, offset)
        if kind == "s":
            dtype, offset = rest
            return self._array(dtype, [], offset)[()]
        if kind == "F" and self.function is not None:
            (text,) = rest
            return self.function(text)
        raise ProtocolError("a value of no known kind")

    def _array(self, dtype: Any, shape: Any, offset: Any) -> NDArray[Any]:
        if dtype not in DTYPES or type(shape) is not list or len(shape) > 32:
            raise ProtocolError("an array of no known kind")
        if not all(type(n) is int and 0 <= n < 2**48 for n in [*shape, offset]):
            raise ProtocolError("an array of an impossible shape")
        self.arrays += 1
        if self.arrays > MAX_ARRAYS + MAX_NODES:  # scalars are among them
            raise ProtocolError("more arrays than there can be")
        if 0 in shape and _without_zeros(shape) > MAX_EMPTY:
            raise ProtocolError("an empty array of an impossible shape")
        plain = _PLAIN[dtype]
        count = math.prod(shape)
        nbytes = count * plain.itemsize
        self.given += nbytes
        # Two arrays may not share bytes: otherwise a small blob could stand for any amount.
        if offset + nbytes > len(self.blob) or self.given > len(self.blob):
            raise ProtocolError("an array larger than what was sent")
        flat = np.frombuffer(self.blob, dtype=plain, count=count, offset=offset) if count else (
            np.empty(0, dtype=plain)
        )  # fmt: skip
        if plain.kind == "b":
            true: NDArray[np.bool] = flat.view(np.uint8) != 0  # 0 or 1, whatever was sent
            return true.reshape(shape)
        return flat.reshape(shape).astype(_NATIVE[dtype], copy=True)


def _short(text: str) -> str:
    if type(text) is not str or len(text) > 40:
        raise ProtocolError("a number that is too long")
    return text
