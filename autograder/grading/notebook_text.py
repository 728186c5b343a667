"""A notebook as text, the same that nbformat writes, in a fraction of the time.

nbformat copies a notebook three times before it writes it, and Python's encoder is slow as soon as
it indents. What comes out here is compared with nbformat byte for byte by the tests.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any

JAVASCRIPT_AND_SVG = ("application/javascript", "image/svg+xml")
"""MIME types beside `text/` whose values are written line by line."""

TRANSIENT = ("orig_nbformat", "orig_nbformat_minor", "signature")
"""Metadata of a notebook that no file holds."""

_JSON = json.JSONEncoder(ensure_ascii=False)


def notebook_text(content: dict[str, Any]) -> str:
    """A notebook of nbformat 4, as JSON values, as the text of its file."""
    notebook = content | {
        "metadata": _without(content["metadata"], TRANSIENT),
        "cells": list(map(_by_lines, content["cells"])),
    }
    pieces: list[str] = []
    _write(notebook, "\n", pieces.append)
    pieces.append("\n")
    return "".join(pieces)


def _by_lines(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell whose texts are lists of lines, without what no file holds."""
    cell = cell | {"metadata": _without(cell["metadata"], ("trusted",))}
    if "source" in cell:
        cell["source"] = _lines(cell["source"])
    if "attachments" in cell:
        cell["attachments"] = {
            name: _bundle_by_lines(bundle) for name, bundle in cell["attachments"].items()
        }
    if cell["cell_type"] == "code":
        cell["outputs"] = list(map(_output_by_lines, cell["outputs"]))
    return cell


def _output_by_lines(output: dict[str, Any]) -> dict[str, Any]:
    if output["output_type"] in ("execute_result", "display_data"):
        return output | {"data": _bundle_by_lines(output.get("data", {}))}
    if output["output_type"] == "stream":
        return output | {"text": _lines(output["text"])}
    return output


def _bundle_by_lines(bundle: dict[str, Any]) -> dict[str, Any]:
    return {
        mime: _lines(value) if mime.startswith("text/") or mime in JAVASCRIPT_AND_SVG else value
        for mime, value in bundle.items()
    }


def _lines(text: object) -> object:
    return text.splitlines(True) if isinstance(text, str) else text


def _without(metadata: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in metadata.items() if key not in names}


def _write(value: object, newline: str, put: Callable[[str], object]) -> None:
    """Write a value that stands at an indentation, which `newline` ends with."""
    if type(value) is str:
        put(encode_basestring(value))
    elif type(value) is dict and value:
        deeper, before = newline + " ", "{"
        for key in sorted(value):
            if type(key) is not str:
                raise TypeError(f"a notebook's keys are texts, not {key!r}")
            put(f"{before}{deeper}{encode_basestring(key)}: ")
            _write(value[key], deeper, put)
            before = ","
        put(newline + "}")
    elif type(value) is list and value:
        deeper, before = newline + " ", "["
        for item in value:
            put(before + deeper)
            _write(item, deeper, put)
            before = ","
        put(newline + "]")
    else:
        put(_JSON.encode(value))
