"""Outputs that a student's process sent, rebuilt field by field as nbformat 4 has them."""

from __future__ import annotations

from typing import Any

from autograder.sandbox.inside.wire import ProtocolError, holds_json, whole_text

MAX_DEPTH = 20


def checked_outputs(outputs: object) -> tuple[dict[str, Any], ...]:
    """Return `outputs` with exactly the fields of nbformat 4, each of its type.

    Raises:
        ProtocolError: if they are not outputs.
    """
    if type(outputs) is not list or len(outputs) > 2000:
        raise ProtocolError("outputs that are not a list")
    return tuple(_checked(output) for output in outputs)


def _checked(output: object) -> dict[str, Any]:
    if type(output) is not dict:
        raise ProtocolError("an output that is not an object")
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        traceback = output.get("traceback")
        if type(traceback) is not list:
            raise ProtocolError("a traceback that is not a list")
        return {
            "output_type": kind,
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": [_text(line) for line in traceback],
        }
    if kind in ("display_data", "execute_result"):
        data, metadata = output.get("data"), output.get("metadata")
        if type(data) is not dict or type(metadata) is not dict:
            raise ProtocolError("a display without data")
        checked = {
            "output_type": kind,
            "data": {_text(mime): _mime_value(mime, value) for mime, value in data.items()},
            "metadata": _json(metadata, 0),
        }
        if kind == "execute_result":
            count = output.get("execution_count")
            checked["execution_count"] = count if type(count) is int and count >= 0 else None
        return checked
    raise ProtocolError("an output of no known kind")


def _mime_value(mime: str, value: object) -> Any:
    if holds_json(mime):
        return _json(value, 0)
    if type(value) is list:
        return [_text(line) for line in value]
    return _text(value)


def _text(value: object) -> str:
    if type(value) is not str:
        raise ProtocolError("a text that is not a text")
    return whole_text(value)


def _json(value: object, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise ProtocolError("an output nested too deep")
    if type(value) is dict:
        return {_text(key): _json(item, depth + 1) for key, item in value.items()}
    if type(value) is list:
        return [_json(item, depth + 1) for item in value]
    if type(value) is str:
        return whole_text(value)
    if type(value) is float and (value != value or value in (float("inf"), float("-inf"))):
        return None  # JSON has no such numbers
    return value
