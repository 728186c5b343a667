"""Grading many submissions on many processors, with bounded memory.

Workers get the bytes of a submission and give back its result as JSON: they see no course folder
and no gradebook, so any `concurrent.futures.Executor` will do.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import itertools
import json
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path

from autograder.execute import Settings
from autograder.exercise import Exercise, load_exercise
from autograder.grading import grade_submission
from autograder.interrupts import interrupts_held_back
from autograder.packed import PackedResult, pack_result
from autograder.result import NotebookResult, from_json, to_json
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
def _factory(limits: Limits, sandboxed: bool, cells: tuple[str, ...]) -> SessionFactory:
    """This process's sandbox, opened once and closed when the process ends."""
    factory = open_sandbox(limits, sandboxed=sandboxed, cells=cells)
    # A worker of multiprocessing ends without running atexit's functions.
    Finalize(None, factory.close, exitpriority=10)
    atexit.register(factory.close)
    return factory


def _factory_of(setup: Setup) -> SessionFactory:
    cells = _exercise(setup.assignment, setup.notebooks).released_code
    return _factory(setup.limits, setup.sandboxed, cells)


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


def workers(setup: Setup, jobs: int, scheduler: str | None = None) -> Workers:
    """So many processes on this machine, or the workers of a cluster.

    Raises:
        CourseError: if there is no such cluster, or one of its workers cannot grade.
    """
    if scheduler is None:
        return Workers(lambda: processes(setup, jobs), jobs)
    from autograder.cluster import connect

    return connect(scheduler, setup)


def prepare_or_refuse(setup: Setup) -> None:
    """Open this process's sandbox and load the exercise.

    Raises:
        NoSandbox, ExerciseError: if that is not possible here.
    """
    _factory_of(setup)


def prepare(setup: Setup) -> None:
    """Do beforehand what the first submission would wait for."""
    # What goes wrong here goes wrong again, with its reason, when a submission is graded.
    with contextlib.suppress(Exception):
        prepare_or_refuse(setup)
    # What is here now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def grade_files(setup: Setup, files: Files, known: Mapping[str, str] = {}) -> str:
    """What a worker does: the result for one submission and the seconds that it took, as JSON.

    Args:
        setup: how to grade.
        files: what was handed in.
        known: results of some notebooks that still stand, as JSON.
    """
    exercise = _exercise(setup.assignment, setup.notebooks)
    factory = _factory_of(setup)
    started = time.perf_counter()
    stand = {name: from_json(NotebookResult, json.loads(text)) for name, text in known.items()}
    result = grade_submission(files, exercise, factory, setup.settings, stand)
    packed = to_json(pack_result(result))
    return json.dumps({"packed": packed, "seconds": time.perf_counter() - started})


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


def end_with_the_parent() -> None:
    """In a worker: leave Ctrl-C to the parent, which ends this process, and outlive it in no case.

    A worker whose parent was killed would otherwise wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = multiprocessing.parent_process()
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


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
