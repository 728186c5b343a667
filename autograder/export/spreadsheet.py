"""CSV files that a spreadsheet program opens as what they are: text and numbers, never formulas."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
"""What makes a spreadsheet program run a cell; the last eight as East Asian keyboards type them."""


def safe_cell(value: object) -> str:
    """The value as the text of a cell that is no formula, whatever a student put into it.

    Numbers stay as they are (a negative one is no formula); None and NaN are empty cells. Text that
    would start a formula gets an apostrophe in front, which spreadsheet programs read as "this is
    text".
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    # Line ends may stand in a cell; other control characters would be orders to a terminal.
    text = "".join(c for c in text if c in "\t\r\n" or unicodedata.category(c) != "Cc")
    if text == "-":  # what a platform writes where there is no grade
        return text
    return "'" + text if _seen(text).startswith(FORMULA_STARTS) else text


def _seen(text: str) -> str:
    """The text from the first character on that is more than a space or a mark without width."""
    skipped = (char for char in text if unicodedata.category(char) not in ("Zs", "Cf"))
    first = next(skipped, "")
    return text[text.index(first) :]


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A header and rows as CSV with commas and CRLF, every cell safe."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in (header, *rows):
        writer.writerow([safe_cell(value) for value in row])
    return file.getvalue()


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], mark: bool = True
) -> None:
    """Write a CSV file in UTF-8.

    Args:
        path: the file.
        header: names of the columns.
        rows: the cells.
        mark: begin with the mark by which spreadsheet programs know UTF-8; not every other reader
            knows it.
    """
    encoding = "utf-8-sig" if mark else "utf-8"
    path.write_text(csv_text(header, rows), encoding=encoding, newline="")
