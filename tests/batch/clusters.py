"""A Dask cluster on this machine: a scheduler, and workers that see only their own folder."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
START_SECONDS = 60


class Cluster:
    """A scheduler and its workers.

    Args:
        folder: where they keep their files.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.processes: list[subprocess.Popen] = []
        self._file = folder / "scheduler.json"
        words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self._start("scheduler", words, {})
        self.address = self._address()

    def worker(self, environment: Mapping[str, str] = {}) -> subprocess.Popen:
        """One more worker process, in a folder of its own."""
        name = f"worker-{len(self.processes)}"
        words = ["worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name]
        return self._start(name, words, environment)

    def _start(self, name: str, words: list[str], environment: Mapping[str, str]):
        folder = self.folder / name
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self._file)]
        with open(folder / "log.txt", "w") as log:
            process = subprocess.Popen(
                command,
                cwd=folder,
                # The package as this process has it, however it was found.
                env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def _address(self) -> str:
        import json

        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, ValueError, KeyError):
                return json.loads(self._file.read_text())["address"]
            time.sleep(0.1)
        raise AssertionError((self.folder / "scheduler" / "log.txt").read_text())

    def close(self) -> None:
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def cluster(folder: Path, workers: int = 0) -> Iterator[Cluster]:
    started = Cluster(folder)
    try:
        for _ in range(workers):
            started.worker()
        yield started
    finally:
        started.close()
