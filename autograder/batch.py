"""Grading many submissions on many processors, with bounded memory.

Workers get the bytes of a submission and give back its result as JSON: they see no course folder
and no gradebook, so any `concurrent.futures.Executor` will do.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import multiprocessing
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path

from autograder.execute import Settings
from autograder.exercise import Exercise, load_exercise
from autograder.grading import grade_submission
from autograder.result import SubmissionResult, from_json, to_json
from autograder.sandbox import Limits, open_sandbox
from autograder.session import SessionFactory
from autograder.submission import SubmittedFile

Files = tuple[SubmittedFile, ...]

ATTEMPTS = 3
"""How often a submission is tried whose worker process ends, before it is left ungraded."""

AHEAD = 3
"""How many submissions wait in memory for each worker."""


@dataclass(frozen=True)
class Setup:
    """All that a worker needs to know beside a submission's files.

    Attributes:
        assignment: the exercise's name.
        notebooks: name and text of each source notebook.
        limits: what the sandbox allows.
        sandboxed: whether there is a wall at all.
        settings: how notebooks are run.
    """

    assignment: str
    notebooks: tuple[tuple[str, str], ...]
    limits: Limits
    sandboxed: bool
    settings: Settings


def setup_for(exercise: Exercise, limits: Limits, sandboxed: bool, settings: Settings) -> Setup:
    notebooks = tuple((name, book.text) for name, book in exercise.notebooks.items())
    return Setup(exercise.name, notebooks, limits, sandboxed, settings)


@functools.lru_cache(maxsize=1)
def _exercise(assignment: str, notebooks: tuple[tuple[str, str], ...]) -> Exercise:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in notebooks:
            path = Path(folder, assignment, f"{name}.ipynb")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_exercise(assignment, Path(folder))


@functools.lru_cache(maxsize=1)
def _factory(limits: Limits, sandboxed: bool) -> SessionFactory:
    """This process's sandbox, opened once and closed when the process ends."""
    factory = open_sandbox(limits, sandboxed=sandboxed)
    # A worker of multiprocessing ends without running atexit's functions.
    Finalize(None, factory.close, exitpriority=10)
    atexit.register(factory.close)
    return factory


def prepare(setup: Setup) -> None:
    """Open this process's sandbox and load the exercise, so that the first submission need not."""
    # What goes wrong here goes wrong again, with its reason, when a submission is graded.
    with contextlib.suppress(Exception):
        _exercise(setup.assignment, setup.notebooks)
        _factory(setup.limits, setup.sandboxed)


def grade_files(setup: Setup, files: Files) -> str:
    """What a worker does: the result for one submission, as JSON."""
    exercise = _exercise(setup.assignment, setup.notebooks)
    factory = _factory(setup.limits, setup.sandboxed)
    return json.dumps(to_json(grade_submission(files, exercise, factory, setup.settings)))


def processes(setup: Setup, jobs: int) -> Executor:
    """So many processes on this machine, each with a sandbox of its own, which start up at once."""
    # Not forked: this process may have threads, and its memory holds what no sandbox should inherit.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, context, initializer=_leave_interrupts_to_the_parent)
    for _ in range(jobs):
        executor.submit(prepare, setup)
    return executor


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def stop(executor: Executor) -> None:
    """End an executor's work now: what its workers are at is lost and will be graded again."""
    # A copy, since the executor takes ended processes out of it.
    for process in list((getattr(executor, "_processes", None) or {}).values()):
        process.terminate()
    executor.shutdown(wait=False, cancel_futures=True)


def grade_all(
    submissions: Iterable[tuple[str, Files]],
    setup: Setup,
    new_executor: Callable[[], Executor],
    jobs: int,
) -> Iterator[tuple[str, SubmissionResult | Exception]]:
    """Grade submissions as they come, and yield each result as soon as it is there.

    Args:
        submissions: name and files; read only as far ahead as workers are free.
        setup: what the workers need.
        new_executor: makes an executor; called again if a worker of the last one died.
        jobs: how many submissions are graded at once.

    Yields:
        Name and result, in the order in which they are finished; for a submission that could not be
        graded, the exception in place of the result.
    """
    waiting = iter(submissions)
    retry: list[tuple[str, Files, int]] = []
    exhausted = False
    while not exhausted or retry:
        # After a crash, one at a time: so it shows which submission ends its worker.
        cautious = bool(retry)
        running: dict[Future, tuple[str, Files, int]] = {}
        executor = new_executor()
        finished = False
        try:
            while True:
                room = 1 if cautious else jobs * AHEAD
                while len(running) < room:
                    if retry:
                        item = retry.pop()
                    elif cautious:
                        break
                    else:
                        following = next(waiting, None)
                        if following is None:
                            exhausted = True
                            break
                        item = (*following, 1)
                    running[executor.submit(grade_files, setup, item[1])] = item
                if not running:
                    finished = True
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    name, files, attempt = running.pop(future)
                    try:
                        yield name, from_json(SubmissionResult, json.loads(future.result()))
                    except BrokenProcessPool as error:
                        if attempt == ATTEMPTS:
                            yield name, error
                        else:
                            retry.append((name, files, attempt + 1))
                    except Exception as error:
                        yield name, error
                if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                    retry += [(name, files, attempt) for name, files, attempt in running.values()]
                    break
        finally:
            if finished:
                executor.shutdown()
            else:
                stop(executor)
