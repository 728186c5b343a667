"""Calls a student's functions and writes down what came back, as plain values."""

from __future__ import annotations

import dis

import numpy as np

from .wire import Encoder, ProtocolError, Refused, decode, still_is, type_name, whole_text

MAX_MESSAGE = 2000
_RAISE = dis.opmap["RAISE_VARARGS"]


class Interrupted(BaseException):
    """The time for these calls is over."""


def make_function(source: str):
    return eval(source, {"np": np})


class Caller:
    """Makes calls on a namespace, one reply for each.

    Args:
        namespace: where the student's functions are.
        max_bytes: the most that all replies of one request may take.
        interrupted: tells whether the grader interrupted this request.
    """

    def __init__(self, namespace: dict, max_bytes: int, interrupted):
        self._namespace = namespace
        self._max_bytes = max_bytes
        self._left = max_bytes
        self._interrupted = interrupted
        self._live: list[tuple[object, dict, bytes] | None] = []

    def call(self, name: str, args_tree, blob) -> tuple[dict, bytes]:
        """Return the reply to one call: a header and the bytes of its arrays."""
        functions: dict[int, str] = {}

        def function(source):
            made = make_function(source)
            functions[id(made)] = source
            return made

        args = decode(args_tree, blob, function)
        question = (args_tree, blob)
        if type(args) is not tuple:
            raise ProtocolError("arguments that are not a tuple")
        self._live.append(None)
        if name not in self._namespace:
            message = f"{name} is not defined"
            return {"raised": ["NameError", [], message, False], "arguments": None}, b""
        try:
            with np.errstate(all="ignore"):
                value = self._namespace[name](*args)
        except BaseException as error:
            if self._interrupted():
                raise Interrupted from None
            encoder = Encoder(self._left, functions)
            return self._closed({"raised": _raised(error)}, args, question, encoder)
        encoder = Encoder(self._left, functions)
        try:
            reply = {"value": encoder.encode(value)}
        except Refused as refused:
            reply = {"refused": f"returned {refused}"}
        except Exception as error:
            reply = {"refused": f"returned a value that cannot be read ({_class_of(error)})"}
        else:
            # What NumPy had to read from an object is not looked at again: that may take for ever.
            if not encoder.converted:
                self._live[-1] = (value, reply["value"], bytes(encoder.blob))
        return self._closed(reply, args, question, encoder)

    def _closed(
        self, reply: dict, args: tuple, question: tuple, encoder: Encoder
    ) -> tuple[dict, bytes]:
        # Functions are not looked at: nothing can be done to them.
        if not _unchanged(args, *question):
            try:
                reply["arguments"] = encoder.encode(args)
            except Exception:
                reply["arguments"] = None  # turned into something that is not plain
        self._left = max(0, self._left - len(encoder.blob))
        return reply, bytes(encoder.blob)

    def later(self) -> tuple[dict, bytes]:
        """What the returned values look like now, of those that have changed since."""
        encoder = Encoder(self._max_bytes)
        changed = {}
        for index, live in enumerate(self._live):
            if live is None:
                continue
            value, tree, blob = live
            if still_is(value, tree, blob):
                continue
            again = Encoder(self._max_bytes)
            try:
                if again.encode(value) == tree and bytes(again.blob) == blob[: len(again.blob)]:
                    continue
                changed[str(index)] = encoder.encode(value)
            except Exception:
                changed[str(index)] = "?"  # no longer a plain value
        return changed, bytes(encoder.blob)


def _unchanged(args: tuple, tree: list, blob) -> bool:
    """Whether arguments are still what was sent."""
    return all(
        (type(part) is list and part[0] == "F") or still_is(value, part, blob)
        for value, part in zip(args, tree[1], strict=True)
    )


def _class_of(error: BaseException) -> str:
    return type_name(type(error))


def _raised(error: BaseException) -> list:
    kind = type(error)
    bases = [type_name(base) for base in type.__dict__["__mro__"].__get__(kind)[1:-1]][:20]
    try:
        message = str(error)
        if not isinstance(message, str):
            message = ""
    except BaseException:
        message = ""
    own = _is_own(error)
    return [type_name(kind), bases, whole_text(str.__str__(message), MAX_MESSAGE), own]


def _is_own(error: BaseException) -> bool:
    """Whether a `raise` in a cell made it, and not NumPy or Python for something that a cell did."""
    try:
        trace = BaseException.__traceback__.__get__(error)
        while trace.tb_next is not None:
            trace = trace.tb_next
        code = trace.tb_frame.f_code
        return code.co_filename.startswith("<") and code.co_code[trace.tb_lasti] == _RAISE
    except Exception:
        return False
