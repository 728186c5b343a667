"""What lateness costs, as arithmetic and as a sentence. Nothing here knows a gradebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from autograder.late.moments import days_begun, end_of_day, hours_begun, shown


@dataclass(frozen=True)
class Policy:
    """What `c.LateDays` says.

    Attributes:
        zone: where the clock hangs by which days are counted.
        grace: what is forgiven after a deadline. Who is later is late from the deadline on.
        bank: how many late days a student has for the whole term.
        percent: what each day or hour that has begun takes off, of the points that were reached.
        per: "day" or "hour".
        most: the most that is taken off, in percent.
        due: when assignments are due, in UTC, where the configuration says it.
    """

    zone: tzinfo = UTC
    grace: timedelta = timedelta()
    bank: int = 0
    percent: float = 0.0
    per: str = "day"
    most: float = 100.0
    due: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class HandIn:
    """A submission, as far as its lateness goes.

    Attributes:
        assignment: to what.
        due: when the assignment is due for all, in UTC.
        at: when it was handed in, in UTC.
        until: to when the student's own deadline was extended, in UTC; None if it was not.
    """

    assignment: str
    due: datetime
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Account:
    """How late one submission is and how that is charged.

    Attributes:
        policy: by what.
        deadline: the student's own, in UTC.
        extended: whether that is an extension.
        late: by how much it was handed in after it.
        begun: how many days after the deadline have begun; 0 within the grace.
        banked: how many of these are late days of the student's bank.
        left: how many late days are left in the bank after this.
        charged: how many days or hours cost something.
    """

    policy: Policy
    deadline: datetime
    extended: bool
    late: timedelta
    begun: int
    banked: int
    left: int
    charged: int

    @property
    def percent(self) -> float:
        """What is taken off, in percent of the points that were reached."""
        return min(self.charged * self.policy.percent, self.policy.most, 100.0)

    def penalty(self, score: float) -> float:
        """What is taken off these points, to a hundredth of a point."""
        return min(score, round(score * self.percent / 100, 2))

    @property
    def words(self) -> str:
        """How this was worked out, as sentences; "" where there is nothing to say."""
        if self.late <= timedelta():
            return f"The extension until {self._until} holds." if self.extended else ""
        said = [f"The deadline was extended until {self._until}."] if self.extended else []
        policy = self.policy
        if not self.begun:
            minutes = policy.grace / timedelta(minutes=1)
            said.append(f"Up to {minutes:g} min count as on time.")
        if self.banked:
            taken = (
                ", taken"
                if self.banked == self.begun
                else f"; {self.banked} of them {_is(self.banked)} taken"
            )
            said.append(
                f"{_count(self.begun, 'day')} {_has(self.begun)} begun{taken} from the late days: "
                f"{policy.bank} for the term, {self.left} left."
            )
        if self.charged and 0 < policy.percent < 100:
            whole = self.charged * policy.percent
            said.append(
                f"{_count(self.charged, policy.per)}{' more' if self.banked else ''} that "
                f"{_has(self.charged)} begun, at {policy.percent:g} % each, "
                f"{'makes' if self.charged == 1 else 'make'} {whole:g} %"
                + (f", and at most {self.percent:g} % counts." if whole > self.percent else ".")
            )
        return " ".join(said)

    @property
    def _until(self) -> str:
        return shown(self.deadline, self.policy.zone)


def accounts(policy: Policy, hand_ins: Iterable[HandIn]) -> dict[str, Account]:
    """What one student's submissions of the term cost, by assignment.

    Late days are taken from the bank by themselves, whole ones, in the order in which the
    assignments are due. So the order in which they are graded makes no difference.
    """
    left, found = policy.bank, {}
    for one in sorted(hand_ins, key=lambda one: (one.due, one.assignment)):
        deadline = one.until or one.due
        late = max(timedelta(), one.at - deadline)
        begun = days_begun(deadline, one.at, policy.zone) if late > policy.grace else 0
        banked = min(begun, left)
        left -= banked
        if policy.per == "day":
            charged = begun - banked
        else:
            charged = (
                hours_begun(end_of_day(deadline, banked, policy.zone), one.at)
                if begun > banked
                else 0
            )
        found[one.assignment] = Account(
            policy, deadline, one.until is not None, late, begun, banked, left, charged
        )
    return found


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
