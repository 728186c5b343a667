"""Moments: times as people write them, and days as the clock on their wall counts them.

A day after 23:59 is 23:59 of the next day, also where the clocks are changed in between. So one
late day has 23, 24 or 25 hours.
"""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from autograder.errors import CourseError

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)\s*(.*)")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d):?(\d\d)")
EXAMPLE = "2026-12-05 23:59, or 2026-12-05 23:59 Europe/Zurich"

MANY_DAYS = 3650
"""Later than this, days are counted without a calendar."""


def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """A time zone such as `Europe/Zurich`.

    Raises:
        CourseError: if there is none of that name.
    """
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise CourseError(
            f"there is no time zone {name!r}: write it as in Europe/Zurich or UTC"
        ) from None


def read_moment(text: str, zone: tzinfo, where: str) -> datetime:
    """The moment that a text says, in UTC.

    Args:
        text: such as `2026-12-05 23:59`, and then a zone or an offset if it is not `zone`.
        zone: where the clock hangs if the text does not say it.
        where: what the text is for, for the message.

    Raises:
        CourseError: if it says none, or one that the clock showed twice or never.
    """
    match = _MOMENT.fullmatch(" ".join(text.split()))
    if match is None:
        raise CourseError(f"{where}: {text!r} is no time; write it as {EXAMPLE}")
    day, clock, named = match.groups()
    if offset := _OFFSET.fullmatch(named):
        sign, hours, minutes = offset.groups()
        size = timedelta(hours=int(hours), minutes=int(minutes))
        if size >= timedelta(days=1):
            raise CourseError(f"{where}: there is no offset {named!r}")
        zone = timezone(-size if sign == "-" else size)
    elif named:
        zone = zone_named("UTC" if named in ("Z", "GMT") else named)
    try:
        local = datetime.fromisoformat(f"{day} {clock}")
        first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except (ValueError, OverflowError):
        raise CourseError(f"{where}: {text!r} is no time; write it as {EXAMPLE}") from None
    if first == second:
        return first
    shown_again = first.astimezone(zone).replace(tzinfo=None) == local
    how_often = "twice" if shown_again else "never"
    offsets = " or ".join(f"{local} {local.replace(tzinfo=zone, fold=fold):%z}" for fold in (0, 1))
    raise CourseError(
        f"{where}: the clocks showed {text!r} {how_often}, since they were changed; write {offsets}"
    )


def end_of_day(deadline: datetime, days: int, zone: tzinfo) -> datetime:
    """When so many days after a deadline are over, in UTC.

    Where the clocks show that time twice or never, the later moment counts.
    """
    if days == 0:
        return deadline
    local = deadline.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return max(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def days_begun(deadline: datetime, moment: datetime, zone: tzinfo) -> int:
    """How many days after a deadline have begun at a moment; 0 up to the deadline itself."""
    if moment <= deadline:
        return 0
    days = int((moment - deadline) / timedelta(days=1))
    if days > MANY_DAYS:
        return days + 1
    days = max(0, days - 1)
    while end_of_day(deadline, days, zone) < moment:
        days += 1
    return days


def hours_begun(since: datetime, moment: datetime) -> int:
    """How many hours have begun since then."""
    return max(0, -((since - moment) // timedelta(hours=1)))


def shown(moment: datetime, zone: tzinfo) -> str:
    """`Sat 5 Dec 2026, 23:59 CET`."""
    local = moment.astimezone(zone)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    name = local.tzname() or "UTC"
    return (
        f"{days[local.weekday()]} {local.day} {months[local.month - 1]} {local.year}, "
        f"{local:%H:%M} {name}"
    )
