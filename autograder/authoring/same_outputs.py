"""A plugin for pytest with nbval: outputs are the same if a reader would call them the same.

    pytest --nbval -p autograder.authoring.same_outputs solutions/

nbval alone compares texts letter by letter, and pictures byte by byte or not at all. With this:

- Pictures are compared by what they draw (see `drawn`). A picture that does not say what it draws
  must have the same pixels.
- Numbers with a point may differ by rounding: `--nbval-tolerance`, by default 1e-6 of their size.
- What differs on every run is left out: addresses in memory, times that were measured, names of
  temporary files. nbval's own `--nbval-sanitize-with` adds more rules.

Everything else is compared as nbval does it. Another course can copy this file and `drawn.py`
beside its `conftest.py`, with `pytest_plugins = ["same_outputs"]` in it.
"""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from typing import Any

import pytest

try:
    from autograder.authoring import drawn
except ImportError:  # copied into another course
    import drawn  # type: ignore[import-not-found, no-redef]

RULES = (
    (r"0x[0-9a-fA-F]{6,}", "<address>"),
    (r"/tmp/ipykernel_\d+/\d+\.py", "<cell>"),
    (r"(?:/tmp|/var/folders|/private/var/folders)/[\w./-]+", "<temporary file>"),
    (r"(?m)^(?:CPU times|Wall time): .*$", "<time>"),
    (r"\d[\d.]* ?(?:ns|µs|us|ms|s) ± .* per loop .*", "<time>"),
)
"""What differs on every run, and what is compared in its place."""

PICTURE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?(?![\w.])")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--nbval-tolerance",
        type=float,
        default=1e-6,
        help="how far numbers in outputs and pictures may be apart, relative to their size",
    )


def pytest_configure(config: pytest.Config) -> None:
    if not (config.getoption("--nbval", False) or config.getoption("--nbval-lax", False)):
        return
    from nbval.plugin import IPyNbCell, IPyNbFile

    tolerance = config.getoption("--nbval-tolerance")
    plain_setup, plain_sanitize = IPyNbFile.setup, IPyNbCell.sanitize

    def setup(self: Any) -> None:
        plain_setup(self)
        self.skip_compare = tuple(one for one in self.skip_compare if one != "image/png")
        path = Path(drawn.__file__)
        line = drawn.START.format(folder=str(path.parent), module=path.stem)
        self.kernel.await_idle(self.kernel.execute_cell_input(line, allow_stdin=False), 60)

    def sanitize(self: Any, output: Any) -> Any:
        cleaned = plain_sanitize(self, output)
        return Shown(cleaned, tolerance) if isinstance(cleaned, str) else cleaned

    if not getattr(IPyNbCell, "compares_what_is_shown", False):
        IPyNbFile.setup, IPyNbCell.sanitize = setup, sanitize
        IPyNbCell.compares_what_is_shown = True


class Shown(str):
    """An output's text that equals another one that shows the same."""

    tolerance: float

    def __new__(cls, text: str, tolerance: float) -> Shown:
        made = super().__new__(cls, text)
        made.tolerance = tolerance
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and not why_different(str(self), str(other), self.tolerance)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def why_different(one: str, other: str, tolerance: float) -> list[str]:
    """Why two outputs do not show the same, in words; nothing if they do."""
    pictures = [_pictures(text) for text in (one, other)]
    if len(pictures[0]) != len(pictures[1]):
        return [f"{len(pictures[1])} pictures instead of {len(pictures[0])}"]
    found = []
    for first, second in zip(*pictures, strict=True):
        found += _picture_differences(first, second, tolerance)
    if pictures[0] and _is_png(one):
        return found
    texts = [_without_rules(PICTURE.sub("<picture>", text)) for text in (one, other)]
    if [NUMBER.sub("<number>", text) for text in texts[:1]] != [NUMBER.sub("<number>", texts[1])]:
        return [*found, "another text"]
    numbers = [list(map(float, NUMBER.findall(text))) for text in texts]
    for a, b in zip(*numbers, strict=True):
        if abs(a - b) > tolerance * max(abs(a), abs(b), tolerance):
            found.append(f"{b:g} instead of {a:g}")
    return found


def _picture_differences(one: bytes, other: bytes, tolerance: float) -> list[str]:
    first, second = drawn.drawn_in(one), drawn.drawn_in(other)
    if first is None or second is None:
        same = drawn.pixels_in(one) == drawn.pixels_in(other)
        return [] if same else ["other pixels, and it is not recorded what the picture draws"]
    return drawn.differences(first, second, tolerance)


def _is_png(text: str) -> bool:
    return text.lstrip().startswith("iVBORw0KGgo")


def _pictures(text: str) -> list[bytes]:
    """The PNG files in an output: it is one, or its HTML holds some."""
    encoded = [text] if _is_png(text) else PICTURE.findall(text)
    try:
        return [base64.b64decode("".join(one.split())) for one in encoded]
    except binascii.Error:
        return []


def _without_rules(text: str) -> str:
    for pattern, replacement in RULES:
        text = re.sub(pattern, replacement, text)
    return text
