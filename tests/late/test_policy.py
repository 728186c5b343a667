"""What lateness costs: the arithmetic, and the sentence that says it."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.gradebook.grades import lateness
from autograder.late.policy import Account, HandIn, Policy, accounts

ZURICH = zoneinfo.ZoneInfo("Europe/Zurich")
DUE = datetime(2026, 12, 5, 22, 59, tzinfo=UTC)
POLICY = Policy(ZURICH, timedelta(minutes=10), bank=3, percent=10, most=50)


def account(late: timedelta, policy: Policy = POLICY, until: datetime | None = None) -> Account:
    return accounts(policy, [HandIn("a", DUE, (until or DUE) + late, until)])["a"]


def said(late: timedelta, score: float = 16, policy: Policy = POLICY) -> str:
    one = account(late, policy)
    return lateness(one.late.total_seconds(), one.penalty(score), one.words)


def test_on_time_nothing_is_said():
    assert "" == said(timedelta())
    assert "" == said(-timedelta(days=2))


def test_within_the_grace_it_counts_as_on_time():
    expected = (
        "Handed in 10 min late. Up to 10 min count as on time. No points are taken off for that."
    )

    assert expected == said(timedelta(minutes=10))


def test_late_days_of_the_bank_go_first():
    expected = (
        "Handed in 1 d 3 h late. 2 days have begun, taken from the late days: 3 for the term, "
        "1 left. No points are taken off for that."
    )

    assert expected == said(timedelta(days=1, hours=3))


def test_what_the_bank_does_not_hold_costs():
    expected = (
        "Handed in 4 d 1 h late. 5 days have begun; 3 of them are taken from the late days: 3 for "
        "the term, 0 left. 2 days more that have begun, at 10 % each, make 20 %. "
        "3.2 points are taken off for that."
    )

    assert expected == said(timedelta(days=4, hours=1))


def test_there_is_a_cap():
    assert 50 == account(timedelta(days=30)).percent
    assert "make 280 %, and at most 50 % counts. 8 points are" in said(timedelta(days=30, hours=1))


def test_hours_are_counted_from_the_end_of_the_last_late_day():
    policy = Policy(ZURICH, bank=1, percent=2, per="hour")

    assert 2 == account(timedelta(days=1, minutes=61), policy).charged
    assert 0 == account(timedelta(days=1), policy).charged
    assert "2 hours more that have begun, at 2 % each, make 4 %." in said(
        timedelta(days=1, minutes=61), policy=policy
    )


def test_an_extension_moves_the_deadline_and_is_said():
    until = DUE + timedelta(days=2)

    assert "The extension until Mon 7 Dec 2026, 23:59 CET holds." == (
        account(-timedelta(hours=1), until=until).words
    )
    assert account(timedelta(hours=1), until=until).words.startswith(
        "The deadline was extended until Mon 7 Dec 2026, 23:59 CET. 1 day has begun, taken"
    )


def test_the_bank_is_used_in_the_order_of_the_deadlines():
    week = timedelta(days=7)
    found = accounts(
        POLICY,
        [
            HandIn("c", DUE + 2 * week, DUE + 2 * week + timedelta(days=2)),
            HandIn("a", DUE, DUE + timedelta(hours=1)),
            HandIn("b", DUE + week, DUE + week + timedelta(days=1)),
        ],
    )

    assert [("a", 1, 2), ("b", 1, 1), ("c", 1, 0)] == [
        (name, one.banked, one.left) for name, one in found.items()
    ]
    assert [0, 0, 1] == [one.charged for one in found.values()]


policies = st.builds(
    Policy,
    zone=st.sampled_from([UTC, ZURICH, zoneinfo.ZoneInfo("Australia/Lord_Howe")]),
    grace=st.timedeltas(timedelta(), timedelta(hours=5)),
    bank=st.integers(0, 6),
    percent=st.floats(0, 100),
    per=st.sampled_from(["day", "hour"]),
    most=st.floats(0, 100),
)
dues = st.datetimes(datetime(2026, 9, 1), datetime(2027, 6, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
lates = st.timedeltas(-timedelta(days=3), timedelta(days=12))


@given(policies, dues, lates, lates, st.floats(0, 100))
@settings(max_examples=300, deadline=None)
def test_who_is_later_never_loses_less(policy, due, one, other, score):
    earlier, later = (
        accounts(policy, [HandIn("a", due, due + late)])["a"] for late in sorted((one, other))
    )

    assert earlier.penalty(score) <= later.penalty(score) <= score
    assert earlier.banked <= later.banked


@given(policies, st.lists(st.tuples(dues, lates), max_size=6))
@settings(max_examples=200, deadline=None)
def test_the_bank_is_never_overdrawn_and_every_day_is_counted_once(policy, times):
    hand_ins = [HandIn(str(k), due, due + late) for k, (due, late) in enumerate(times)]

    found = accounts(policy, hand_ins)
    assert sum(one.banked for one in found.values()) <= policy.bank
    for one in found.values():
        assert 0 <= one.banked <= one.begun
        assert 0 <= one.percent <= min(100, policy.most)
        if policy.per == "day":
            assert one.begun == one.banked + one.charged
    assert found == accounts(policy, reversed(hand_ins))


@given(policies, dues, st.timedeltas(timedelta(), timedelta(days=9)), lates)
@settings(max_examples=200, deadline=None)
def test_an_extension_never_costs(policy, due, longer, late):
    without = accounts(policy, [HandIn("a", due, due + late)])["a"]
    with_it = accounts(policy, [HandIn("a", due, due + late, due + longer)])["a"]

    if policy.per == "day":
        assert with_it.charged <= without.charged
    assert with_it.late <= without.late


@pytest.mark.parametrize("score", [0.0, 0.01, 7.5])
def test_no_more_is_taken_off_than_there_is(score):
    one = account(timedelta(days=30), Policy(ZURICH, percent=100))

    assert score == one.penalty(score)
