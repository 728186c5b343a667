"""Days as the clock on the wall counts them, at the edges of zones and of daylight saving."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.errors import CourseError
from autograder.late.moments import days_begun, end_of_day, hours_begun, read_moment, shown

ZURICH = zoneinfo.ZoneInfo("Europe/Zurich")
# Half an hour of daylight saving, a day that was left out, a zone without any, both hemispheres.
ZONES = [
    zoneinfo.ZoneInfo(name)
    for name in (
        *("UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"),
        *("Asia/Kolkata", "Pacific/Chatham", "America/Santiago"),
    )
]

zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2011, 1, 1), datetime(2030, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
lateness = st.timedeltas(timedelta(), timedelta(days=40))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2026-12-05 23:59", utc(2026, 12, 5, 22, 59)),
        ("2026-07-05 23:59", utc(2026, 7, 5, 21, 59)),
        ("2026-12-05T23:59:30", utc(2026, 12, 5, 22, 59, 30)),
        ("2026-12-05 23:59 UTC", utc(2026, 12, 5, 23, 59)),
        ("2026-12-05 23:59 America/New_York", utc(2026, 12, 6, 4, 59)),
        ("2026-10-25 02:30 +02:00", utc(2026, 10, 25, 0, 30)),
        ("2026-10-25 02:30 +0100", utc(2026, 10, 25, 1, 30)),
    ],
)
def test_a_time_is_read_in_its_zone(text, expected):
    assert expected == read_moment(text, ZURICH, "due")


@pytest.mark.parametrize(
    "text, part",
    [
        ("2026-10-25 02:30", "twice, since they were changed; write 2026-10-25 02:30:00 +0200 or"),
        ("2026-03-29 02:30", "never, since they were changed"),
        ("tomorrow", "'tomorrow' is no time; write it as 2026-12-05 23:59"),
        ("2026-12-05", "is no time"),
        ("2026-13-05 10:00", "is no time"),
        ("2026-12-05 24:00", "is no time"),
        ("2026-12-05 23:59 Europe/Atlantis", "no time zone 'Europe/Atlantis'"),
        ("2026-12-05 23:59 +99:00", "no offset"),
        ("0001-01-01 00:00 +14:00", "is no time"),
    ],
)
def test_a_time_that_is_none_or_two_is_refused_in_a_line(text, part):
    with pytest.raises(CourseError) as refused:
        read_moment(text, ZURICH, "extensions.csv, line 2")

    assert part in str(refused.value) and "\n" not in str(refused.value)


def test_a_day_over_the_end_of_summer_time_has_25_hours():
    due = utc(2026, 10, 24, 21, 59)  # 23:59 in Zurich

    assert utc(2026, 10, 25, 22, 59) == end_of_day(due, 1, ZURICH)
    assert 1 == days_begun(due, due + timedelta(hours=25), ZURICH)
    assert 2 == days_begun(due, due + timedelta(hours=25, seconds=1), ZURICH)


def test_a_day_over_the_beginning_of_summer_time_has_23_hours():
    due = utc(2026, 3, 28, 22, 59)

    assert utc(2026, 3, 29, 21, 59) == end_of_day(due, 1, ZURICH)
    assert 2 == days_begun(due, due + timedelta(hours=23, seconds=1), ZURICH)


def test_a_day_that_ends_at_a_time_that_is_shown_twice_or_never_ends_at_the_later_one():
    assert utc(2026, 10, 25, 1, 30) == end_of_day(utc(2026, 10, 24, 0, 30), 1, ZURICH)
    assert utc(2026, 3, 29, 1, 30) == end_of_day(utc(2026, 3, 28, 1, 30), 1, ZURICH)


@pytest.mark.parametrize("late, days", [(0, 0), (1, 1), (86_400, 1), (86_401, 2), (-5, 0)])
def test_a_day_has_begun_with_its_first_second(late, days):
    due = utc(2026, 12, 5, 12)

    assert days == days_begun(due, due + timedelta(seconds=late), ZURICH)


@given(due=moments, late=lateness, zone=zones)
@example(due=utc(2026, 10, 25, 0, 30), late=timedelta(hours=1), zone=ZURICH)
@example(due=utc(2011, 12, 29, 12), late=timedelta(days=1), zone=zoneinfo.ZoneInfo("Pacific/Apia"))
@settings(max_examples=300, deadline=None)
def test_a_moment_lies_in_the_day_that_has_begun(due, late, zone):
    days = days_begun(due, due + late, zone)

    assert due + late <= end_of_day(due, days, zone)
    assert days == 0 or end_of_day(due, days - 1, zone) < due + late


@given(due=moments, days=st.integers(0, 400), zone=zones)
@settings(max_examples=300, deadline=None)
def test_each_day_ends_after_the_one_before_it_at_the_same_time_on_the_clock(due, days, zone):
    end, next_ = end_of_day(due, days, zone), end_of_day(due, days + 1, zone)

    # A calendar day that a country left out has no end of its own.
    assert end < next_ or (zone.key == "Pacific/Apia" and end == next_)
    clock = next_.astimezone(zone).replace(tzinfo=None) - due.astimezone(zone).replace(tzinfo=None)
    assert clock % timedelta(days=1) in (
        # The clock showed that time, or it jumped over it.
        *(timedelta(), timedelta(minutes=30), timedelta(hours=1)),
    )


def test_a_time_of_the_far_future_is_counted_too():
    assert days_begun(utc(2026, 1, 1), utc(9999, 12, 31, 23, 59), ZURICH) > 2_000_000


@pytest.mark.parametrize("seconds, hours", [(-1, 0), (0, 0), (1, 1), (3600, 1), (3601, 2)])
def test_an_hour_has_begun_with_its_first_second(seconds, hours):
    since = utc(2026, 10, 25, 0, 30)

    assert hours == hours_begun(since, since + timedelta(seconds=seconds))


def test_a_moment_is_shown_with_the_zones_name_of_that_day():
    assert "Sat 24 Oct 2026, 23:59 CEST" == shown(utc(2026, 10, 24, 21, 59), ZURICH)
    assert "Sun 25 Oct 2026, 23:59 CET" == shown(utc(2026, 10, 25, 22, 59), ZURICH)
