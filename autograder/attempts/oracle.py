"""What attempts can tell about the hidden cases, measured with students who cannot do the task.

Each hands in a known wrong answer and reads its feedback. What it then knows of hidden cases, it
puts into a table that stands before the answer. The score on the final set says what that gives.

    same cases   all attempts and the final set ask the same; the page shows each call that fails
    new cases    each attempt asks something else; the page shows no call, but the student gets all
                 calls of the attempt out by some trick of its own
    best luck    each attempt is an answer that is right for nine calls in ten, other ones each
                 time; the one that did best in its attempt is the one that counts

The right value of a call that it knows, the student always has from somebody. So the figures are
bounds: nobody gets more out of as many attempts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.exercise.calls import Call, Functions, LocalFunctions, Replies, Reply
from autograder.exercise.source_notebooks import Exercise
from autograder.grading.grade import examiner_of
from autograder.judge.examiner import SEED, Examiner
from autograder.judge.known_replies import digest_of

FINAL = 0
RIGHT_CALLS = 0.9
"""How many calls the answers of `best luck` get right."""

Seeds = Callable[[int], int]
"""The seed of the cases of an attempt, from 1 on; of the final set for 0."""


def fixed_seeds(attempt: int) -> int:
    """The seeds of the measurement: any will do, and the same ones give the same figures."""
    return SEED + attempt


@dataclass(frozen=True)
class Oracle:
    """What attempts gave to students who cannot do the task, in percent of the points.

    Attributes:
        attempts: how many attempts were made.
        same: after as many attempts on the cases of the final set, whose calls the pages show.
        new: after as many attempts on new cases, all of whose calls get out.
        luck: for the luckiest of as many answers that are right for most calls.
    """

    attempts: tuple[int, ...]
    same: tuple[float, ...]
    new: tuple[float, ...]
    luck: tuple[float, ...]


@dataclass
class _Known:
    """A wrong answer, behind a table of right replies to calls that have become known.

    It is also the `Functions` that the judge asks.
    """

    wrong: LocalFunctions
    right: LocalFunctions
    table: set[tuple[str, bytes | None]] = field(default_factory=set)
    coin: int | None = None

    def ask(
        self, calls: Sequence[Call], stand_ins: Mapping[str, str] = {}
    ) -> Replies | list[Reply]:
        replies = list(self.wrong.ask(calls, stand_ins))
        known = [at for at, call in enumerate(calls) if self._knows(call)]
        rights = self.right.ask([calls[at] for at in known], stand_ins)
        for at, reply in zip(known, rights, strict=True):
            replies[at] = reply
        return replies

    def learn(self, calls: Sequence[Call]) -> None:
        self.table |= {_told(call) for call in calls}

    def _knows(self, call: Call) -> bool:
        told = _told(call)
        if self.coin is not None:
            digest = hashlib.blake2b(repr((self.coin, told)).encode(), digest_size=8).digest()
            return int.from_bytes(digest, "big") < RIGHT_CALLS * 2**64
        return told in self.table


def measure_oracle(exercise: Exercise, most: int, seeds: Seeds) -> Oracle:
    """What up to so many attempts give, on average over the tasks of an exercise.

    Args:
        exercise: the exercise.
        most: how many attempts are made.
        seeds: where the cases of attempts and of the final set are drawn from.
    """
    same, new, luck = ([0.0] * (most + 1) for _ in range(3))
    tasks = [(notebook, task) for notebook, tasks in exercise.tasks.items() for task in tasks]
    for notebook, task in tasks:
        worth = exercise.tasks[notebook][task].points / 100 * len(tasks)
        final = examiner_of(exercise, notebook, seeds(FINAL))
        one, two = (_worst(exercise, notebook, task, final) for _ in range(2))
        lucky = _worst(exercise, notebook, task, final)
        best = (-1.0, final.points(task, lucky))
        for attempt in range(most + 1):
            if attempt:
                examiner = examiner_of(exercise, notebook, seeds(attempt))
                rounds = examiner.rounds(task)
                two.learn([call for calls in rounds for call in calls])
                one.learn(_shown(final, task, one))
                lucky.coin = attempt
                score = examiner.points(task, lucky)
                if score > best[0]:
                    best = (score, final.points(task, lucky))
            same[attempt] += final.points(task, one) / worth
            new[attempt] += final.points(task, two) / worth
            luck[attempt] += best[1] / worth
    return Oracle(tuple(range(most + 1)), tuple(same), tuple(new), tuple(luck))


def oracle_table(found: Oracle) -> str:
    """The figures as a table in Markdown."""
    lines = ["| attempts | same cases | new cases | best luck |", "| ---: | ---: | ---: | ---: |"]
    for row in zip(found.attempts, found.same, found.new, found.luck, strict=True):
        lines.append("| {} | {:.1f} % | {:.1f} % | {:.1f} % |".format(*row))
    return "\n".join(lines)


def _worst(exercise: Exercise, notebook: str, task: str, final: Examiner) -> _Known:
    """The known wrong answer to a task that earns least."""
    source = exercise.notebooks[notebook]

    candidates = [source.functions_with(one) for one in exercise.mistakes(task)[:8]]
    wrong = min(candidates, key=lambda functions: final.points(task, functions))
    return _Known(wrong, source.reference())


def _shown(examiner: Examiner, task: str, functions: Functions) -> list[Call]:
    """The calls that a page shows: the first that fails of each criterion."""
    failures = examiner.failures(task, functions)
    return [
        calls[failure.call]
        for calls, failure in zip(examiner.rounds(task), failures, strict=True)
        if failure is not None
    ]


def _told(call: Call) -> tuple[str, bytes | None]:
    return call.function, digest_of(tuple(call.args))
