"""When a submission was handed in, as `timestamp.txt` says it.

Only what has one meaning is read. A time that could be another one, or none, is nobody's to guess:
a person must say.
"""

from __future__ import annotations

import contextlib
import email.utils
import re
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from autograder.submission.files import SubmittedFile

TIMESTAMP = "timestamp.txt"
"""The file in which nbgrader notes when a submission was handed in."""

MOST_CHARACTERS = 64

_ISO = re.compile(
    r"(?P<date>\d{4}(?P<sign>[-/.])\d\d?(?P=sign)\d\d?)"
    r"(?:[Tt, ]+(?P<clock>\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?))?(?P<zone>.*)"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})"
    r"(?:[T, ]+(?P<clock>\d\d?:\d\d(?::\d\d)?))?(?P<zone>.*)"
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?")

_HOURS = {
    **{"UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 1},
    **{"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3},
    **{"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}
"""Short names of zones that mean one thing wherever they are used (CST, IST and BST do not)."""


@dataclass(frozen=True)
class HandInTime:
    """When a submission was handed in.

    Attributes:
        text: what the file says, shortened.
        utc: the time, without zone as nbgrader keeps it; None if it cannot be read.
    """

    text: str
    utc: datetime | None


def hand_in_time(files: Sequence[SubmittedFile]) -> HandInTime | None:
    """When these files were handed in; None if there is no `timestamp.txt` or nothing in it."""
    stamp = next((file for file in files if file.path == TIMESTAMP), None)
    if stamp is None or (stamp.content is not None and not stamp.content.strip()):
        return None
    text = _decoded(stamp.content or b"").strip()
    time = read_time(text) if len(text) <= MOST_CHARACTERS else None
    shown = " ".join(text.split())
    if len(shown) > MOST_CHARACTERS:
        shown = shown[:MOST_CHARACTERS] + "…"
    return HandInTime(shown or stamp.reason or "nothing", time and time.replace(tzinfo=None))


def _decoded(content: bytes) -> str:
    for mark, encoding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"", "utf-8-sig"),
    ):
        if content.startswith(mark):
            return content[:1000].decode(encoding, "replace")
    raise AssertionError("every content begins with nothing")


def read_time(text: str) -> datetime | None:
    """The time that a text says, in UTC; None if it says none or could mean several.

    ISO 8601, day first with dots (`05.12.2026 11:59`), seconds or milliseconds since 1970, and the
    dates of e-mails are read. A time without zone is in UTC, as nbgrader takes it. Zones are
    offsets, names such as `Europe/Berlin`, or short names that mean one thing.
    """
    text = " ".join(text.split())
    if len(text) > MOST_CHARACTERS:
        return None
    with contextlib.suppress(ValueError, OverflowError, IndexError, TypeError):
        if _EPOCH.fullmatch(text):
            seconds = float(text)
            return datetime.fromtimestamp(seconds / (1000 if len(text) == 13 else 1), UTC)
        if match := _ISO.fullmatch(text):
            year, month, day = map(int, match["date"].split(match["sign"]))
            return _moment(year, month, day, match["clock"], match["zone"])
        if match := _DAY_FIRST.fullmatch(text):
            year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
            return _moment(year, month, day, match["clock"], match["zone"])
        if re.match(r"[A-Z][a-z]{2}, \d", text):
            time = email.utils.parsedate_to_datetime(text)
            return time.astimezone(UTC) if time.tzinfo else None
    return None


def _moment(year: int, month: int, day: int, clock: str | None, zone: str) -> datetime | None:
    where = _zone(zone.strip())
    if where is None or clock is None:  # a day alone could be on either side of the deadline
        return None
    hour, minute, *rest = clock.replace(",", ".").split(":")
    seconds = float(rest[0]) if rest else 0.0
    local = datetime(year, month, day, int(hour), int(minute), tzinfo=where)
    return (local + timedelta(seconds=seconds)).astimezone(UTC)


def _zone(name: str) -> tzinfo | None:
    if name.upper() in _HOURS or not name:
        return timezone(timedelta(hours=_HOURS.get(name.upper(), 0)))
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        return timezone(-offset if match["sign"] == "-" else offset)
    if "/" in name and re.fullmatch(r"[A-Za-z_]+(/[A-Za-z_+-]+){1,2}", name):
        with contextlib.suppress(zoneinfo.ZoneInfoNotFoundError, OSError):
            return zoneinfo.ZoneInfo(name)
    return None
