"""Grading many submissions on many processors, with bounded memory.

Workers get the bytes of a submission and give back its result as JSON: they see no course folder
and no gradebook, so any `concurrent.futures.Executor` will do.
"""

from __future__ import annotations

import functools
import itertools
import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from autograder.batch.worker import Setup, end_with_the_parent, grade_files, prepare
from autograder.course.interrupts import interrupts_held_back
from autograder.grading.prepared import PackedResult
from autograder.result import from_json
from autograder.submission.files import Files

ATTEMPTS = 3
"""How often a submission is tried whose worker process ends, before it is left ungraded."""

PREFETCH = 3
"""How many submissions wait in memory for each worker."""


@dataclass(frozen=True)
class Workers:
    """Where submissions are graded.

    Attributes:
        new_executor: makes an executor of them, again if a worker of the last one died.
        jobs: how many submissions they grade at once.
        close: leaves them.
    """

    new_executor: Callable[[], Executor]
    jobs: int
    close: Callable[[], None] = lambda: None


def processes(setup: Setup, jobs: int) -> Executor:
    """So many processes on this machine, each with a sandbox of its own, which start up at once."""
    # Not forked: this process may have threads, and its memory holds what no sandbox should inherit.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(jobs, context, initializer=end_with_the_parent)
    try:
        # A process that is being started hears Ctrl-C at no moment of its own.
        with interrupts_held_back():
            for _ in range(jobs):
                executor.submit(prepare, setup)
    except BaseException:
        stop(executor)
        raise
    return executor


def stop(executor: Executor) -> None:
    """End an executor's work now: what its workers are at is lost and will be graded again."""
    # A copy, since the executor takes ended processes out of it.
    for process in list((getattr(executor, "_processes", None) or {}).values()):
        process.terminate()
    # One that ended in the middle of a result leaves the executor's thread to wait for its rest, and
    # this process's end to wait for that thread: for ever, while this process could still write it.
    writer = getattr(getattr(executor, "_result_queue", None), "_writer", None)
    if writer is not None:
        writer.close()
    executor.shutdown(wait=False, cancel_futures=True)


def grade_all(
    submissions: Iterable[tuple[str, Files]],
    setup: Setup,
    new_executor: Callable[[], Executor],
    jobs: int,
    took: Callable[[str, float], None] = lambda name, seconds: None,
    known: Callable[[Files], Mapping[str, str]] = lambda files: {},
) -> Iterator[tuple[str, PackedResult | Exception]]:
    """Grade submissions as they come, and yield each result as soon as it is there.

    Args:
        submissions: name and files; read only as far ahead as workers are free.
        setup: what the workers need.
        new_executor: makes an executor; called again if a worker of the last one died.
        jobs: how many submissions are graded at once.
        took: is told how many seconds each one took, before its result is yielded.
        known: gives the results of some of a submission's notebooks that still stand, as JSON.

    Yields:
        Name and result, in the order in which they are finished; for a submission that could not be
        graded, the exception in place of the result.
    """
    waiting = iter(submissions)
    first = next(waiting, None)
    if first is None:
        return
    waiting = itertools.chain([first], waiting)
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
                room = 1 if cautious else jobs * PREFETCH
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
                    stand = known(item[1])
                    grade = functools.partial(grade_files, known=stand) if stand else grade_files
                    running[executor.submit(grade, setup, item[1])] = item
                if not running:
                    finished = True
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    name, files, attempt = running.pop(future)
                    try:
                        graded = json.loads(future.result())
                        took(name, graded["seconds"])
                        yield name, from_json(PackedResult, graded["packed"])
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
