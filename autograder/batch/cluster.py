"""Grading on many machines: a Dask cluster behind the interface that processes have.

A worker gets bytes and gives back bytes. It needs the same version of this package and a sandbox of
its own, and is refused without; it sees no course folder and no gradebook. One submission at a time
is graded in each worker process, so a machine takes as many of them as it has cores:

    dask scheduler
    dask worker tcp://host:8786 --nworkers auto --nthreads 1
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.batch.pool import Workers
from autograder.batch.store import digest_of_package
from autograder.errors import CourseError
from autograder.grading.grade import installed_versions
from autograder.grading.worker import Setup, prepare_or_refuse

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 10
CONNECT_ATTEMPTS = 3
WORKER_SECONDS = 20
"""How long to wait for a scheduler's first worker, or for one when all are gone."""

SECONDS_BETWEEN_LOOKS = 2

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Worker:
    """What a worker says of itself.

    Attributes:
        grades_with: the hash of all files that grade, and of the versions below.
        versions: of Python and the packages that grade.
        trouble: why it cannot grade, "" if it can.
    """

    grades_with: str
    versions: dict[str, str]
    trouble: str


def introduce(setup: bytes) -> bytes:
    """On a worker: say what it grades with, and open its sandbox."""
    trouble = ""
    try:
        with _ONE_AT_A_TIME:
            prepare_or_refuse(pickle.loads(setup))
    except Exception as error:
        trouble = f"{type(error).__name__}: {error}"
    return pickle.dumps(Worker(digest_of_package(), installed_versions(), trouble))


class OtherVersion(CourseError):
    """A worker has another version of the package."""


def work(grades_with: str, request: bytes) -> bytes:
    """On a worker: do what is asked, if this is the same version of the package.

    Raises:
        OtherVersion: if it is not.
    """
    if grades_with != digest_of_package():
        raise OtherVersion(
            "a worker that has joined has another version of the package than this machine: "
            "install the same one there, then run this again"
        )
    function, args, kwargs = pickle.loads(request)
    with _ONE_AT_A_TIME:
        text: str = function(*args, **kwargs)
    return text.encode()


def connect(address: str, setup: Setup) -> Workers:
    """The workers of a cluster, each of them looked at.

    Args:
        address: the scheduler's, such as `tcp://host:8786`.
        setup: what they are to grade with.

    Raises:
        CourseError: if there is no such cluster, or one of its workers cannot grade.
    """
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise CourseError(
            "--scheduler needs Dask: install it with pip install 'autograder[cluster]', here and "
            "on every worker"
        ) from None
    # Each of its parts has a level of its own. What goes wrong is said in a line, below.
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = client_of(address)
    except (OSError, ValueError) as error:
        raise CourseError(f"no scheduler answers at {address}: {_line(error)}") from None
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError:
        client.close()
        raise CourseError(
            f"the scheduler at {address} has no workers: start some with "
            f"'dask worker {address} --nworkers auto --nthreads 1'"
        ) from None
    try:
        look_at_workers(client, setup)
    except CourseError:
        client.close()
        raise
    jobs = len(client.scheduler_info(n_workers=-1)["workers"])
    executor = ClusterExecutor(client)

    def close() -> None:
        executor.shutdown(wait=False, cancel_futures=True)
        client.close()

    return Workers(executor, jobs, close)


def client_of(address: str) -> Client:
    """A client of the scheduler at this address.

    Raises:
        OSError, ValueError: if none answers there.
    """
    from distributed import Client
    from distributed.comm.addressing import resolve_address

    # First: a client that was made with no proper address says so once more when Python ends.
    resolve_address(address)
    for _ in range(CONNECT_ATTEMPTS):
        # Dask fails an assertion if the thread of its loop does not run within ten seconds, which
        # happens on a machine that has far more to do than it can.
        with contextlib.suppress(AssertionError):
            return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    raise TimeoutError("this machine is too busy to start a client")


def look_at_workers(client: Client, setup: Setup) -> None:
    """Let every worker introduce itself.

    Raises:
        CourseError: naming the first that cannot grade, and why.
    """
    answers = client.run(introduce, pickle.dumps(setup), on_error="return")
    for address, answer in sorted(answers.items()):
        if isinstance(answer, BaseException):
            raise CourseError(
                f"the worker {address} cannot load this version of the package "
                f"({_line(answer)}): install the same one there"
            )
        worker = pickle.loads(answer)
        if worker.grades_with != digest_of_package():
            raise CourseError(
                f"the worker {address} has another version of the package than this machine: "
                f"{_difference(worker.versions)}. Install the same one there"
            )
        if worker.trouble:
            raise CourseError(f"the worker {address} cannot grade: {worker.trouble}")


def _difference(theirs: dict[str, str]) -> str:
    ours = installed_versions()
    differing = [
        f"{name} {theirs.get(name, 'is missing')} there, {ours.get(name, 'missing')} here"
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    ]
    return "; ".join(differing) or "the version numbers are the same, the files are not"


class ClusterExecutor(Executor):
    """A cluster as an executor whose functions return text, and which sends bytes only.

    Dask would wait for ever when all workers are gone: here what is asked for then fails.
    """

    def __init__(self, client: Client):
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._waiting: set[Future[Any]] = set()
        self._closed = threading.Event()
        threading.Thread(target=self._watch_workers, daemon=True).start()

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        self._waiting.add(done)
        request = pickle.dumps((function, args, kwargs))

        def pass_on(future: Future[bytes]) -> None:
            if future.cancelled() or type(future.exception()) is CancelledError:
                self._fail(done, self._lost())
            elif (error := future.exception()) is not None:
                self._fail(done, error)
            elif self._claim(done):
                done.set_result(future.result())

        try:
            self._executor.submit(work, digest_of_package(), request).add_done_callback(pass_on)
        except Exception:  # the client noticed first that nobody is there
            self._fail(done, self._lost())
        return done

    def _claim(self, done: Future[Any]) -> bool:
        """Whether nobody has said yet what became of it."""
        try:
            self._waiting.remove(done)
        except KeyError:
            return False
        return not done.cancelled()

    def _fail(self, done: Future[Any], error: BaseException) -> None:
        if self._claim(done):
            done.set_exception(error)

    def _watch_workers(self) -> None:
        seen = time.monotonic()
        while not self._closed.wait(SECONDS_BETWEEN_LOOKS):
            with contextlib.suppress(Exception):  # a lost scheduler is noticed by what waits for it
                if self._client.scheduler_info(n_workers=-1)["workers"]:
                    seen = time.monotonic()
                elif time.monotonic() - seen > WORKER_SECONDS:
                    error = CourseError(
                        f"all workers of the scheduler at {self._address} are gone: what was "
                        "graded is kept, start some and run this again"
                    )
                    for done in list(self._waiting):
                        self._fail(done, error)

    @property
    def _address(self) -> str:
        return str(self._client.scheduler.addr) if self._client.scheduler else "this address"

    def _lost(self) -> CourseError:
        return CourseError(
            f"the scheduler at {self._address} is gone: what was graded is kept, run this again "
            "when it is back"
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._closed.set()
        self._executor.shutdown(wait=wait and not cancel_futures)


def _line(error: BaseException) -> str:
    return " ".join(f"{error}".split())[:200] or type(error).__name__
