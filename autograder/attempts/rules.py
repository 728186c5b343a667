"""When a student gets the next answer, and what is charged. Nothing here knows a course."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from traitlets import Float, Integer
from traitlets.config import Config
from traitlets.config.configurable import Configurable

from autograder.submission.files import SubmittedFile

BESIDE = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader writes anew each time that the same files are handed in."""


class Attempts(Configurable):
    """The options `c.Attempts.*`."""

    most = Integer(
        0, min=0, help="How many answers a student gets before the deadline. 0: no attempts."
    ).tag(config=True)
    wait = Float(0, min=0, help="Minutes to wait after the first answer for the second.").tag(
        config=True
    )
    growth = Float(2, min=1, help="How many times longer each further wait is.").tag(config=True)


@dataclass(frozen=True)
class Rules:
    """What `c.Attempts` says.

    Attributes:
        most: how many answers a student gets; 0 where there are no attempts.
        wait: how long to wait after the first answer.
        growth: by how much each further wait is longer.
    """

    most: int
    wait: timedelta = timedelta()
    growth: float = 2.0

    def wait_after(self, charged: int) -> timedelta:
        """How long to wait after so many charged attempts."""
        if not charged:
            return timedelta()
        seconds = self.wait.total_seconds() * self.growth ** min(charged - 1, 50)
        return timedelta(seconds=min(seconds, 365 * 86_400.0))


def rules_of(config: Config) -> Rules:
    options = Attempts(config=config)
    return Rules(options.most, timedelta(minutes=options.wait), options.growth)


@dataclass(frozen=True)
class Attempt:
    """An attempt that was answered.

    Attributes:
        number: from 1 on; its hidden cases are drawn from it.
        digest: of what was handed in.
        at: when it was answered, in UTC, as ISO 8601.
        points: what it earned on its own cases.
    """

    number: int
    digest: str
    at: str
    points: float

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at).astimezone(UTC)


@dataclass(frozen=True)
class Decision:
    """What happens with a submission.

    Attributes:
        what: "answer" it, answer it "again" as before, let it "wait", or "none" is left.
        number: of the attempt that it is, where it is answered.
        until: to when it waits.
    """

    what: Literal["answer", "again", "wait", "none"]
    number: int = 0
    until: datetime | None = None


def decide(rules: Rules, history: Sequence[Attempt], digest: str, now: datetime) -> Decision:
    """What happens with a submission.

    Args:
        rules: the rules.
        history: the student's attempts so far, each of which is charged.
        digest: of what was handed in now.
        now: in UTC.
    """
    for one in history:
        if one.digest == digest:
            return Decision("again", one.number)
    if len(history) >= rules.most:
        return Decision("none")
    if history:
        until = max(one.moment for one in history) + rules.wait_after(len(history))
        if now < until:
            return Decision("wait", until=until)
    return Decision("answer", max((one.number for one in history), default=0) + 1)


def digest_of(files: Sequence[SubmittedFile]) -> str:
    """What tells submissions apart: the sources of the cells, and every other file.

    Outputs, counts of executions and the time of handing in make no other submission.
    """
    told: list[object] = []
    for file in files:
        if file.path in BESIDE:
            continue
        content = file.content or b""
        found = _sources(content) if file.path.endswith(".ipynb") else None
        plain = hashlib.sha256(content).hexdigest()
        told.append([file.path, file.reason, found if found is not None else plain])
    text = json.dumps(told, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _sources(content: bytes) -> list[object] | None:
    """The types and sources of a notebook's cells; None if it cannot be read as one."""
    try:
        cells = json.loads(content)["cells"]
        return [
            [str(cell["cell_type"]), "".join(cell["source"]), str(cell.get("id", ""))]
            for cell in cells
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
