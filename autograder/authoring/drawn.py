"""What a Matplotlib picture draws, written into its PNG file, and compared with another one's.

The pixels of a picture change with every version of Matplotlib, FreeType and the fonts. What is
drawn does not: lines, bars, points, images, texts, axes. `record` makes every PNG that this process
saves carry that, in a text chunk that no viewer shows. `differences` compares two such pictures.

This module needs nothing but the standard library, and NumPy where there is Matplotlib. It can be
copied into another course. `python drawn.py notebook.ipynb …` runs notebooks in place, recording.
"""

from __future__ import annotations

import base64
import functools
import json
import math
import struct
import sys
import zlib
from collections.abc import Iterator
from typing import Any

CHUNK = "Drawn"
MOST_NUMBERS = 2000
"""Arrays with more numbers are kept as their shape and a few weighted sums."""
SUMS = 4
START = "import sys; sys.path.insert(0, {folder!r}); import {module} as _d; _d.record(); del _d"


# Recording, in the process that draws.


def record() -> None:
    """From now on, every PNG that Matplotlib saves here says what it draws. Twice does no harm."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
    except ImportError:
        return
    canvas: Any = FigureCanvasAgg
    plain = canvas.print_png
    if getattr(plain, "says_what_it_draws", False):
        return

    # With Matplotlib's own module and parameters: it looks at both before it passes options on.
    @functools.wraps(plain)
    def print_png(self: Any, file: Any, *, metadata: Any = None, pil_kwargs: Any = None) -> Any:
        text = json.dumps(drawn(self.figure), separators=(",", ":"))
        packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
        said = {**(metadata or {}), CHUNK: packed}
        return plain(self, file, metadata=said, pil_kwargs=pil_kwargs)

    canvas.print_png = print_png
    canvas.print_png.says_what_it_draws = True


def drawn(figure: Any) -> dict[str, Any]:
    """What a figure draws, as JSON values: nothing of its size, fonts or where things stand."""
    return {
        "texts": [one.get_text() for one in figure.texts if one.get_text()],
        "axes": [_axes(one) for one in figure.axes],
    }


def _axes(axes: Any) -> dict[str, Any]:
    from matplotlib.colors import to_hex

    def color(value: Any) -> str:
        try:
            return str(to_hex(value, keep_alpha=True))
        except (ValueError, TypeError):
            return ""

    legend = axes.get_legend()
    found = {
        "title": [axes.get_title(loc) for loc in ("left", "center", "right")],
        "labels": [axes.get_xlabel(), axes.get_ylabel()],
        "scales": [axes.get_xscale(), axes.get_yscale()],
        "limits": _numbers([axes.get_xlim(), axes.get_ylim()]),
        "lines": [
            [color(one.get_color()), str(one.get_linestyle()), _numbers(one.get_xydata())]
            for one in axes.lines
            if one.get_visible()
        ],
        "patches": [
            [
                color(one.get_facecolor()),
                _numbers(one.get_patch_transform().transform(one.get_path().vertices)),
            ]
            for one in axes.patches
            if one.get_visible()
        ],
        "collections": [
            [
                _numbers(one.get_offsets()),
                _numbers(one.get_array()),
                [_numbers(path.vertices) for path in one.get_paths()[:200]],
            ]
            for one in axes.collections
            if one.get_visible()
        ],
        "images": [_numbers(one.get_array()) for one in axes.images if one.get_visible()],
        "texts": [one.get_text() for one in axes.texts if one.get_text()],
        "legend": [one.get_text() for one in legend.get_texts()] if legend else [],
    }
    return {name: value for name, value in found.items() if value}


def _numbers(values: Any) -> Any:
    """Numbers as nested lists; of many the shape and weighted sums, which tell them apart."""
    import numpy as np

    if values is None:
        return None
    array: Any = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    if array.size > MOST_NUMBERS:
        flat = np.nan_to_num(array).ravel()
        place = np.arange(flat.size)
        sums = [float(flat @ np.cos((k + 1) * 0.7 * place)) for k in range(SUMS)]
        size = float(np.abs(flat).sum())
        return {"shape": list(array.shape), "size": size, "sums": sums}
    return [None if math.isnan(one) else float(f"{one:.9g}") for one in array.ravel().tolist()] + [
        f"shape {array.shape}"
    ]


# Comparing, in the process that tests.


def drawn_in(png: bytes) -> dict[str, Any] | None:
    """What a PNG file says that it draws, None if it says nothing.

    Raises:
        ValueError: if this is no PNG file.
    """
    for kind, body in _chunks(png):
        key, _, text = body.partition(b"\0")
        if kind == b"tEXt" and key == CHUNK.encode():
            found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(text)))
            return found
    return None


def pixels_in(png: bytes) -> bytes:
    """A picture's size and pixels, without anything else that the file says."""
    return b"".join(body for kind, body in _chunks(png) if kind in (b"IHDR", b"PLTE", b"IDAT"))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ValueError("no PNG file")
    at = 8
    while at + 12 <= len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def differences(one: Any, other: Any, tolerance: float, where: str = "picture") -> list[str]:
    """Where two records differ, in words; numbers may differ by rounding.

    Args:
        one: what the first picture draws.
        other: what the second one draws.
        tolerance: how far numbers may be apart, relative to the largest beside them.
        where: what they are called.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        if "sums" in one and "sums" in other:
            scale = max(one["size"], other["size"])
            pairs = zip(one["sums"], other["sums"], strict=True)
            near = all(abs(a - b) <= tolerance * scale for a, b in pairs)
            return [] if near and one["shape"] == other["shape"] else [f"{where}: other values"]
        found = [
            f"{where}: {name} is {'missing' if name in one else 'new'}"
            for name in sorted(one.keys() ^ other.keys())
        ]
        for name in sorted(one.keys() & other.keys()):
            found += differences(one[name], other[name], tolerance, f"{where}, {name}")
        return found
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return [f"{where}: {len(other)} instead of {len(one)}"]
        if all(isinstance(v, int | float | None) for v in (*one[:-1], *other[:-1])) and one:
            return _number_differences(one, other, tolerance, where)
        found = []
        for place, (a, b) in enumerate(zip(one, other, strict=True), 1):
            found += differences(a, b, tolerance, f"{where} {place}")
        return found
    return [] if one == other else [f"{where}: {other!r} instead of {one!r}"]


def _number_differences(one: Any, other: Any, tolerance: float, where: str) -> list[str]:
    numbers = [v for v in (*one, *other) if isinstance(v, int | float)]
    scale = max(map(abs, numbers), default=0.0)
    for place, (a, b) in enumerate(zip(one, other, strict=True), 1):
        both = isinstance(a, int | float) and isinstance(b, int | float)
        if not (abs(a - b) <= tolerance * scale if both else a == b):
            return [f"{where}: {b} instead of {a} (number {place})"]
    return []


def run_in_place(path: str) -> None:
    """Run a notebook and keep its outputs in it, with pictures that say what they draw."""
    import os

    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    folder, module = os.path.split(os.path.abspath(__file__))
    line = START.format(folder=folder, module=module.removesuffix(".py"))
    client: Any = NotebookClient(
        notebook, resources={"metadata": {"path": os.path.dirname(path) or "."}}
    )
    client.create_kernel_manager()
    client.km.extra_arguments = [f"--IPKernelApp.exec_lines={[line]!r}"]
    client.execute()
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        run_in_place(name)
        print(f"wrote {name}")
