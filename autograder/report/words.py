"""How numbers, shares and times read on the page."""

from __future__ import annotations

import math

from markupsafe import Markup, escape

SMALL = 20
"""In a class smaller than this, "2 of 7" says more than "29 %"."""


def number(value: float | None, digits: int = 1) -> str:
    """A number with at most so many digits after the point; a dash if there is none."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def share_of(count: int, whole: int) -> str:
    """ "31 %", or "2 of 7" where the whole is small."""
    if whole < SMALL:
        return f"{count} of {whole}"
    percent = 100 * count / whole
    if 0 < percent < 0.5:
        return "under 1\xa0%"
    return "over 99\xa0%" if 99.5 <= percent < 100 else f"{percent:.0f}\xa0%"


def count_of(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def taken_off(penalty: float) -> str:
    """What lateness costs, in words."""
    if not penalty:
        return "no points are taken off"
    return f"{count_of(1, 'point') if penalty == 1 else number(penalty, 2) + ' points'} taken off"


def late_words(seconds: float) -> str:
    """ "2.1 h late"; "" for who was in time."""
    if seconds <= 0:
        return ""
    return f"{duration(seconds)} late" if seconds < 172_800 else f"{number(seconds / 86400)} d late"


def breakable(name: str) -> Markup:
    """A name whose lines may break after underscores."""
    return Markup("_<wbr>").join(escape(part) for part in name.split("_"))


def duration(seconds: float) -> str:
    if seconds < 60:
        return f"{number(seconds, 2 if seconds < 1 else 1)} s"
    minutes = seconds / 60
    return f"{number(minutes)} min" if minutes < 90 else f"{number(minutes / 60)} h"


def sentence(text: str) -> str:
    """Text that begins with a capital (unless with a name in code) and ends with a full stop."""
    text = text.strip()
    first = text.split(" ", 1)[0]
    if "_" not in first and "." not in first and "(" not in first:
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def shown_correlation(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")
