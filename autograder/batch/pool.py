"""Grading many submissions on many processors, with bounded memory.

Workers get the bytes of a submission and give back its result as JSON: they see no course folder
and no gradebook, so any `concurrent.futures.Executor` will do.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace

from autograder.batch.outcome import Graded
from autograder.batch.processes import Processes, TookTooLong, WorkerEnded
from autograder.grading.prepared import PackedResult
from autograder.grading.worker import Setup, grade_files, prepare
from autograder.result import from_json
from autograder.submission.files import Files

ATTEMPTS = 3
"""How often a submission is tried whose worker process ends, before it is left ungraded.

One that takes too long is tried once: it would hold up the others for as long again.
"""

PREFETCH = 3
"""How many submissions wait in memory for each worker."""

SECONDS_BESIDE_NOTEBOOKS = 120
"""What a worker may take for a submission beside running its notebooks: more than it ever needs."""


@dataclass(frozen=True)
class Workers:
    """Where submissions are graded.

    Attributes:
        executor: passes submissions to them.
        jobs: how many submissions they grade at once.
        close: leaves them; what they are at is lost and will be graded again.
    """

    executor: Executor
    jobs: int
    close: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Submitted:
    """A submission that waits for its result, or one that has it already.

    Attributes:
        student: whose it is.
        files: what was handed in.
        stored: the result that still stands, if there is one.
        known: results of some of its notebooks that still stand, as JSON.
        attempt: how often its grading was begun.
    """

    student: str
    files: Files
    stored: Graded | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    attempt: int = 0


def processes(setup: Setup, jobs: int) -> Workers:
    """So many processes on this machine, each with a sandbox of its own, which start up at once."""
    notebooks = len(setup.notebooks) * setup.limits.notebook_seconds
    executor = Processes(
        jobs, functools.partial(prepare, setup), 2 * notebooks + SECONDS_BESIDE_NOTEBOOKS
    )
    return Workers(executor, jobs, executor.stop)


def grade_all(
    submissions: Iterable[Submitted], setup: Setup, workers: Callable[[], Workers]
) -> Iterator[Graded]:
    """Grade submissions as they come, and yield each result as soon as it is there.

    Args:
        submissions: read only as far ahead as workers are free.
        setup: what the workers need.
        workers: gives them, when the first submission needs one.

    Yields:
        Every submission with its result, in the order in which they are finished; those that have
        one at once.
    """
    grading = _Grading(setup, workers)
    for one in submissions:
        if one.stored is not None:
            yield one.stored
            continue
        grading.begin(one)
        while grading.is_full:
            yield from grading.next_results()
    while grading.running:
        yield from grading.next_results()


class _Grading:
    """The submissions that workers are at."""

    def __init__(self, setup: Setup, workers: Callable[[], Workers]):
        self._setup = setup
        self._workers = functools.cache(workers)
        self.running: dict[Future[str], Submitted] = {}

    @property
    def is_full(self) -> bool:
        return len(self.running) >= self._workers().jobs * PREFETCH

    def begin(self, one: Submitted) -> None:
        future = self._workers().executor.submit(grade_files, self._setup, one.files, one.known)
        self.running[future] = replace(one, attempt=one.attempt + 1)

    def next_results(self) -> Iterator[Graded]:
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in done:
            one = self.running.pop(future)
            if is_lost(future.exception()) and one.attempt < ATTEMPTS:
                self.begin(one)
            else:
                yield graded_from(one.student, one.files, future)


def is_lost(error: BaseException | None) -> bool:
    """Whether a worker ended that was at a submission, which can be tried again."""
    return isinstance(error, WorkerEnded) and not isinstance(error, TookTooLong)


def graded_from(student: str, files: Files, done: Future[str]) -> Graded:
    """What a worker made of a submission."""
    error = done.exception()
    if isinstance(error, Exception):
        return Graded(student, files, error=error)
    graded = json.loads(done.result())
    packed = from_json(PackedResult, graded["packed"])
    return Graded.from_worker(student, files, packed, graded["seconds"])
