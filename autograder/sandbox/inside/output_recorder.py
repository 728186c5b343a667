"""The outputs of one cell, as nbformat 4 has them, up to a size."""

from __future__ import annotations

import base64
import io
import json
import os
from collections.abc import Callable, Mapping
from typing import Any

from .wire import holds_json, type_name, whole_text

MAX_OUTPUTS = 500
MAX_LINES = 100  # of a traceback
MAX_LINE = 4000  # characters of one of them


class OutputRecorder:
    """Collects outputs in the order in which a front end would show them.

    Text that follows text of the same stream is merged, an update replaces what it updates,
    `clear_output(wait=True)` clears when the next output comes. What exceeds `max_bytes` is left
    out, and the last output says so.
    """

    def __init__(self, max_bytes: int):
        self._max_bytes = max_bytes
        self.start()

    def start(self) -> None:
        self._outputs: list[dict[str, Any]] = []
        self._parts: list[list[str]] = []
        self._displays: dict[str, list[int]] = {}
        self._taken = 0
        self._cut = False
        self._clear_next = False

    def stream(self, name: str, text: str) -> None:
        if not text or not self._room(_size(text), text):
            return
        self._clear_if_due()
        last = self._outputs[-1] if self._outputs else None
        if last and last["output_type"] == "stream" and last["name"] == name:
            self._parts[-1].append(text)
        else:
            self._append({"output_type": "stream", "name": name, "text": ""}, [text])

    def display(
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any],
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
    ) -> None:
        display_id = (transient or {}).get("display_id")
        output = {
            "output_type": "display_data",
            "data": _plain_bundle(data),
            "metadata": _plain_json(metadata, {}),
        }
        if not self._room(_size(output)):
            return
        if update:
            for index in self._displays.get(str(display_id), []):
                kind = self._outputs[index]["output_type"]
                self._outputs[index] = {**output, "output_type": kind}
            return
        self._clear_if_due()
        if display_id is not None:
            self._displays.setdefault(str(display_id), []).append(len(self._outputs))
        self._append(output)

    def result(
        self, data: Mapping[str, Any], metadata: Mapping[str, Any], execution_count: int
    ) -> None:
        output = {
            "output_type": "execute_result",
            "data": _plain_bundle(data),
            "metadata": _plain_json(metadata, {}),
            "execution_count": execution_count,
        }
        if self._room(_size(output)):
            self._clear_if_due()
            self._append(output)

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """The first exception is always shown, if need be without its traceback."""
        lines = [whole_text(line, MAX_LINE) for line in traceback]
        if len(lines) > MAX_LINES:
            lines = [*lines[: MAX_LINES // 2], "…", *lines[-MAX_LINES // 2 :]]
        if not self._room(_size([value[:MAX_LINE], lines])):
            if any(output["output_type"] == "error" for output in self._outputs):
                return
            lines = []
        self._clear_if_due()
        self._append({
            "output_type": "error",
            "ename": whole_text(name, 200),
            "evalue": whole_text(value, MAX_LINE),
            "traceback": lines,
        })  # fmt: skip

    def clear(self, wait: bool = False) -> None:
        self._clear_next = True
        if not wait:
            self._clear_if_due()

    def finish(self) -> list[dict[str, Any]]:
        outputs = []
        for output, parts in zip(self._outputs, self._parts, strict=True):
            if output["output_type"] == "stream":
                output = {**output, "text": whole_text("".join(parts))}
            outputs.append(output)
        if self._cut:
            outputs.append({
                "output_type": "stream",
                "name": "stderr",
                "text": "The rest of this cell's output was left out: there was too much of it.\n",
            })  # fmt: skip
        self.start()
        return outputs

    def _append(self, output: dict[str, Any], parts: list[str] | None = None) -> None:
        self._outputs.append(output)
        self._parts.append(parts or [])

    def _clear_if_due(self) -> None:
        if self._clear_next:
            self._clear_next = False
            self._outputs, self._parts, self._displays = [], [], {}

    def _room(self, size: int, text: str | None = None) -> bool:
        """Whether an output of this size is still recorded. Of a long text the start is."""
        if self._cut:
            return False
        left = self._max_bytes - self._taken
        many = len(self._outputs) >= MAX_OUTPUTS
        if size <= left and not many:
            # A piece of text costs more than its characters: the object that holds it.
            self._taken += size + (60 if text is not None else 0)
            return True
        self._cut = True
        if text is not None and left > 0 and not many:
            self._clear_if_due()
            piece = text[: left if text.isascii() else left // 12]  # as they are escaped
            if self._outputs and "name" in self._outputs[-1]:
                self._parts[-1].append(piece)
            else:
                self._append({"output_type": "stream", "name": "stdout", "text": ""}, [piece])
        return False


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a notebook. Forked children write nowhere."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, number: int, write: Callable[[str, str], None]):
        self.name = name
        self._number = number
        self._write = write
        self._pid = os.getpid()

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type_name(type(text))}")
        if os.getpid() == self._pid:
            self._write(self.name, text)
        else:
            os.write(self._number, text.encode("utf-8", "replace"))
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._number

    def close(self) -> None:
        """Cannot be closed, as in a notebook."""


def _plain_bundle(data: Mapping[str, Any]) -> dict[str, Any]:
    bundle = {}
    for mime, value in dict(data).items():
        if isinstance(value, bytes):
            value = base64.b64encode(value).decode("ascii")
        if isinstance(value, str):
            value = whole_text(value)
        elif isinstance(value, (list, tuple)) and all(isinstance(line, str) for line in value):
            value = [whole_text(line) for line in value]
        elif not holds_json(str(mime)):
            value = whole_text(str(value))
        else:
            value = _plain_json(value, None)
        bundle[whole_text(str(mime), 200)] = value
    return bundle


def _plain_json(value: object, otherwise: object) -> Any:
    try:
        return json.loads(json.dumps(value, default=str)) or otherwise
    except (TypeError, ValueError, RecursionError):
        return otherwise


def _size(output: object) -> int:
    """How long it is when it is sent."""
    return len(json.dumps(output))
