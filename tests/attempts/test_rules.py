"""Which submissions are answered, which are charged, and when the next answer comes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.attempts.rules import Attempt, Rules, decide, digest_of
from autograder.course.secret import make_secret, seed_of_cases
from autograder.errors import CourseError
from autograder.submission.files import SubmittedFile

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RULES = Rules(3, timedelta(minutes=10), 3)


def attempt(number: int, minutes_ago: float) -> Attempt:
    at = NOW - timedelta(minutes=minutes_ago)
    return Attempt(number, f"digest {number}", at.isoformat(), 1.0)


def test_the_first_submission_is_answered():
    assert ("answer", 1) == (
        decide(RULES, [], "new", NOW).what,
        decide(RULES, [], "new", NOW).number,
    )


def test_the_same_submission_is_answered_again_from_the_same_cases_without_charge():
    history = [attempt(1, 100), attempt(2, 90), attempt(3, 1)]

    assert ("again", 2) == (
        decide(RULES, history, "digest 2", NOW).what,
        decide(RULES, history, "digest 2", NOW).number,
    )


def test_the_wait_grows():
    assert "wait" == decide(RULES, [attempt(1, 9)], "new", NOW).what
    assert NOW + timedelta(minutes=1) == decide(RULES, [attempt(1, 9)], "new", NOW).until
    assert "answer" == decide(RULES, [attempt(1, 10)], "new", NOW).what
    two = [attempt(1, 50), attempt(2, 29)]
    assert "wait" == decide(RULES, two, "new", NOW).what
    assert 3 == decide(RULES, [attempt(1, 50), attempt(2, 30)], "new", NOW).number


def test_no_more_than_most_are_answered():
    history = [attempt(k, 10_000) for k in (1, 2, 3)]

    assert "none" == decide(RULES, history, "new", NOW).what


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 300)), max_size=40))
def test_however_one_hands_in_no_more_than_most_are_charged(hand_ins):
    history: list[Attempt] = []
    now = NOW
    for content, minutes in hand_ins:
        now += timedelta(minutes=minutes)
        decision = decide(RULES, history, str(content), now)
        if decision.what == "answer":
            history.append(Attempt(decision.number, str(content), now.isoformat(), 0.0))

    assert len(history) <= RULES.most
    assert [one.number for one in history] == list(range(1, len(history) + 1))
    assert len({one.digest for one in history}) == len(history)


def notebook(source: str, **beside) -> bytes:
    cell = {"cell_type": "code", "source": source, "id": "a", **beside}
    return json.dumps({"cells": [cell]}).encode()


def digest(content: bytes, time: bytes = b"now", name: str = "a.ipynb") -> str:
    files = [
        SubmittedFile(name, len(content), content),
        SubmittedFile("timestamp.txt", len(time), time),
    ]
    return digest_of(files)


def test_outputs_and_times_make_no_other_submission():
    ran = notebook("x = 1", outputs=[{"text": "1"}], execution_count=7)

    assert digest(notebook("x = 1")) == digest(ran, b"later")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"cells": 3}', b'{"cells": [[]]}'])
def test_what_is_no_notebook_is_told_by_its_bytes(content):
    assert digest(content) == digest(content)
    assert digest(content) != digest(content + b" x")


def test_another_source_is_another_submission():
    assert digest(notebook("x = 1")) != digest(notebook("x = 2"))
    assert digest(b"x = 1", name="a.py") != digest(b"x = 2", name="a.py")


def test_the_secret_is_its_owners_alone(tmp_path):
    assert seed_of_cases(tmp_path, "exercise09") is None
    assert make_secret(tmp_path) and not make_secret(tmp_path)
    assert 0o600 == (tmp_path / "cases.secret").stat().st_mode & 0o777

    (tmp_path / "cases.secret").chmod(0o640)
    with pytest.raises(CourseError, match="can be read by others"):
        seed_of_cases(tmp_path, "exercise09")


def test_each_student_and_attempt_has_cases_of_its_own(tmp_path):
    make_secret(tmp_path)
    seeds = [
        seed_of_cases(tmp_path, name, student, number)
        for name in ("exercise09", "exercise10")
        for student in ("ada", "emmy", "")
        for number in (0, 1, 2)
    ]

    assert len(seeds) == len(set(seeds))
    assert seeds[0] == seed_of_cases(tmp_path, "exercise09", "ada", 0)
