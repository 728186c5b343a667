"""When a submission was handed in: read rightly, or left to a person, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.utils import parse_utc

from autograder.submission.files import SubmittedFile
from autograder.submission.times import hand_in_time, read_time


def stamp(content: bytes) -> list[SubmittedFile]:
    return [SubmittedFile("timestamp.txt", len(content), content)]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-20 12:01:00 UTC", (2026, 11, 20, 12, 1)),
        ("2026-11-20 12:01:00.000000 UTC", (2026, 11, 20, 12, 1)),
        ("2026-11-20 12:01", (2026, 11, 20, 12, 1)),
        ("2026-11-20T12:01:00Z", (2026, 11, 20, 12, 1)),
        ("2026-11-20T12:01:00+01:00", (2026, 11, 20, 11, 1)),
        ("2026-11-20 12:01:00 -0800", (2026, 11, 20, 20, 1)),
        ("2026-11-20 12:01:00 UTC+1", (2026, 11, 20, 11, 1)),
        ("2026-11-20 11:59:00 PDT", (2026, 11, 20, 18, 59)),
        ("2026-11-20 12:01:00 MEZ", (2026, 11, 20, 11, 1)),
        ("2026-07-20 12:01:00 Europe/Berlin", (2026, 7, 20, 10, 1)),
        ("2026-11-20 12:01:00 Europe/Berlin", (2026, 11, 20, 11, 1)),
        ("2026/11/20 12:01", (2026, 11, 20, 12, 1)),
        ("2026-11-20, 12:01:00 UTC", (2026, 11, 20, 12, 1)),
        ("2026-11-20t12:01:00z", (2026, 11, 20, 12, 1)),
        ("05.12.2026 11:59", (2026, 12, 5, 11, 59)),
        ("1795176000", (2026, 11, 20, 12, 0)),
        ("1795176000000", (2026, 11, 20, 12, 0)),
        ("Fri, 20 Nov 2026 12:01:00 +0100", (2026, 11, 20, 11, 1)),
    ],
)
def test_a_time_with_one_meaning_is_read(text, utc):
    assert datetime(*utc, tzinfo=UTC) == read_time(text)


@pytest.mark.parametrize(
    "text",
    [
        *("yesterday evening", "0000-00-00 00:00:00", "2026-11-20", "11/12/2026 12:00", "12:00"),
        *("2026-11-20 25:00:00", "2026-13-01 12:00", "2026-11-20 12:01:00 CST", "20.11.26 12:00"),
        *("2026-11-20 12:01:00 Nowhere/Land", "2026-11-20 12:01:00 ../../etc/passwd", "9" * 4000),
        "2026-11-20 12:01:00 UTC and more",
    ],
)
def test_what_could_mean_several_times_or_none_is_left_to_a_person(text):
    handed_in = hand_in_time(stamp(text.encode()))

    assert read_time(text) is None
    assert handed_in.utc is None
    assert handed_in.text and len(handed_in.text) <= 65


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff2026-11-20 12:01:00 UTC".encode(),
        "2026-11-20 12:01:00 UTC".encode("utf-16"),
        b"2026-11-20 12:01:00 UTC\r\n",
    ],
)
def test_marks_of_editors_do_not_matter(content):
    assert datetime(2026, 11, 20, 12, 1) == hand_in_time(stamp(content)).utc


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_file_says_nothing(content):
    assert hand_in_time(stamp(content)) is None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_what_nbgrader_writes_is_read_as_nbgrader_reads_it(time):
    text = time.strftime("%Y-%m-%d %H:%M:%S.%f UTC")

    assert parse_utc(text) == hand_in_time(stamp(text.encode())).utc


@given(st.binary(max_size=200))
def test_any_content_is_read_or_left_to_a_person(content):
    handed_in = hand_in_time(stamp(content))

    assert handed_in is None or handed_in.text
