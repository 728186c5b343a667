"""What is asked of a student's code and what comes back: calls and replies, as plain values.

Both ends of the grader speak these words. The judge writes `Call`s and reads `Reply`s; whoever
holds the student's functions (a sandbox, or in an instructor's own notebook a plain namespace)
implements `Functions`. Nothing here runs student code but `LocalFunctions`, which is for code that
is trusted: the reference solutions, the known mistakes, and an instructor's own notebook.
"""

from __future__ import annotations

import contextlib
import copy
import dis
import io
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol, overload

import numpy as np

RECURSION_LIMIT = 3000
"""Questions have a thousand numbers and more: an answer may take a step into itself for each. The
sandbox has the same limit."""


class Function:
    """A function that is itself an argument (phi), written down so that it can be sent as text.

    Args:
        source: one Python expression in which `np` is NumPy, such as `"np.tanh"` or
            `"lambda a: np.maximum(a, 0.0)"`.
    """

    def __init__(self, source: str):
        self.source = source
        self._call = eval(source, {"np": np})

    def __call__(self, *args: Any) -> Any:
        return self._call(*args)

    def __repr__(self) -> str:
        return self.source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Function) and other.source == self.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __deepcopy__(self, memo: dict[int, Any]) -> Function:
        return self


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one of the student's functions, with the arguments as plain values.

    Arguments are numbers, booleans, strings, None, lists, tuples, dicts, numeric arrays or a
    `Function`.
    """

    function: str
    args: tuple[Any, ...]

    def __str__(self) -> str:
        with np.printoptions(precision=6, threshold=20, edgeitems=3, linewidth=100):
            return f"{self.function}({', '.join(map(repr, self.args))})"


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception that a call ended with.

    Attributes:
        name: its class.
        bases: the classes that this one is derived from.
        message: its text.
        own: whether the answer itself raised it, by a `raise` or an `assert` of its own, and not
            NumPy or Python for something that the answer did.
    """

    name: str
    bases: tuple[str, ...] = ()
    message: str = ""
    own: bool = False

    def is_a(self, name: str) -> bool:
        return name == self.name or name in self.bases


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one call. Exactly one of `value`, `raised` and `refused` is meant.

    Attributes:
        value: the value returned, as plain data; arrays are plain `numpy.ndarray`s.
        raised: the exception, if the call ended with one.
        refused: a sentence, if there is no value that could be judged ("returned an object array",
            "did not answer within 30 s", "the process ended").
        arguments: the arguments as they stood after the call.
        later: `value` as it stood after all calls that were asked together, so that a returned
            view into something that changes later shows.
    """

    value: object = None
    raised: Raised | None = None
    refused: str | None = None
    arguments: tuple[Any, ...] | None = None
    later: object = None

    @property
    def returned(self) -> bool:
        return self.raised is None and self.refused is None


class Replies(Sequence[Reply]):
    """The replies to one round of calls, read when they are first looked at.

    Args:
        count: how many they are.
        read: reads them.
        digest: what tells them apart: the same for the same replies to the same calls, to the last
            bit, and for no others.
        slow: whether time ran out before all calls were answered.
    """

    def __init__(
        self,
        count: int,
        read: Callable[[], list[Reply]],
        digest: bytes | None = None,
        slow: bool = False,
    ):
        self._count = count
        self._read = read
        self.digest = digest
        self.slow = slow

    @cached_property
    def _replies(self) -> list[Reply]:
        return self._read()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Reply: ...

    @overload
    def __getitem__(self, index: slice) -> list[Reply]: ...

    def __getitem__(self, index: int | slice) -> Reply | list[Reply]:
        return self._replies[index]


class Functions(Protocol):
    """Whoever can call the student's functions."""

    def ask(self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}) -> Sequence[Reply]:
        """Make the calls in this order, in one go, each on fresh copies of its arguments.

        Args:
            calls: what to ask.
            stand_ins: source text of functions that take the place of the student's functions of
                these names while the calls last (`{"standardize": "def standardize(H): ..."}`).

        Returns:
            One reply for each call. Never raises for what a student's code does.
        """
        ...


@dataclass
class LocalFunctions:
    """Functions in a namespace of this process. For trusted code only."""

    namespace: dict[str, Any] = field(default_factory=dict)

    def ask(self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}) -> list[Reply]:
        sys.setrecursionlimit(max(RECURSION_LIMIT, sys.getrecursionlimit()))
        kept = {name: self.namespace[name] for name in stand_ins if name in self.namespace}
        for source in stand_ins.values():
            exec(source, self.namespace)
        try:
            with (
                warnings.catch_warnings(action="ignore"),
                contextlib.redirect_stdout(io.StringIO()),
                np.errstate(all="ignore"),
            ):
                replies = [self._reply(call) for call in calls]
        finally:
            for name in stand_ins:
                self.namespace.pop(name, None)
            self.namespace.update(kept)
        return [
            replace(reply, later=_copied(_as_numpy_reads(live))) if reply.returned else reply
            for reply, live in replies
        ]

    def _reply(self, call: Call) -> tuple[Reply, object]:
        args = _copied_arguments(call.args)
        try:
            value = self.namespace[call.function](*args)
        except KeyError as error:
            if call.function not in self.namespace:
                return Reply(
                    raised=Raised("NameError", (), f"{call.function} is not defined")
                ), None
            return Reply(raised=raised(error), arguments=args), None
        except Exception as error:
            return Reply(raised=raised(error), arguments=args), None
        try:
            plain = _copied(_as_numpy_reads(value))
            return Reply(value=plain, arguments=args), value
        except Exception:
            sentence = f"returned a {type(value).__name__}, which is not plain data"
            return Reply(refused=sentence, arguments=args), None


def _copied_arguments(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """As `copy.deepcopy`: what is one array among the arguments is one among the copies."""
    arrays = [id(arg) for arg in args if isinstance(arg, np.ndarray)]
    plain = all(isinstance(arg, np.ndarray) or _is_fixed(arg) for arg in args)
    if not plain or len({*arrays}) < len(arrays):
        return copy.deepcopy(args)
    return tuple(map(_copied, args))


def _copied(value: Any) -> Any:
    """As `copy.deepcopy`, which takes its time."""
    if type(value) is np.ndarray and not value.dtype.hasobject:
        return value.copy(order="K")
    return value if _is_fixed(value) else copy.deepcopy(value)


def _is_fixed(value: object) -> bool:
    return value is None or type(value) in (int, float, bool, str, Function)


def _as_numpy_reads(value: object) -> object:
    """A value as the sandbox gives it out: with arrays for what is numbers to NumPy only."""
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(map(_as_numpy_reads, value))
    if isinstance(value, np.ndarray):
        masked = isinstance(value, np.ma.MaskedArray)
        if masked and np.ma.getmaskarray(value).any():
            raise ValueError("masked entries")
        return value.astype(float) if value.dtype.kind == "O" else np.asarray(value)
    if hasattr(value, "__array__") and not isinstance(value, np.generic):
        return np.asarray(value)
    plain = (bool, int, float, complex, str, bytes, dict, np.generic)
    if value is None or isinstance(value, plain):
        return value
    if hasattr(value, "__float__"):
        return float(value)
    array = np.asarray(value)
    if not array.ndim:
        raise ValueError("no numbers")
    return array


def raised(error: BaseException) -> Raised:
    return Raised(
        name=type(error).__name__,
        bases=tuple(base.__name__ for base in type(error).__mro__[1:-1]),
        message=str(error),
        own=_is_own(error),
    )


def _is_own(error: BaseException) -> bool:
    """Whether the innermost frame is of code that stands in no file, at a `raise` of its own."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or not trace.tb_frame.f_code.co_filename.startswith("<"):
        return False
    return trace.tb_frame.f_code.co_code[trace.tb_lasti] == dis.opmap["RAISE_VARARGS"]
