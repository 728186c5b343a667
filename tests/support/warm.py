"""nbgrader's commands in a process that has loaded nbgrader already: starting it takes seconds."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

PRELOADED = ["nbgrader.apps", "nbgrader.apps.nbgraderapp", "autograder.export"]


def run_nbgrader(
    arguments: list[str], cwd: Path, timeout: float = 120, together: bool = False
) -> subprocess.CompletedProcess[str]:
    """What `python -m nbgrader …` does in a folder: its exit code and what it prints.

    Args:
        arguments: what stands after `nbgrader`.
        cwd: the folder.
        timeout: in seconds.
        together: what goes to stderr stands in stdout, in the order in which it was printed.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with tempfile.TemporaryDirectory() as folder:
        printed = [Path(folder, name) for name in ("stdout", "stdout" if together else "stderr")]
        process = context.Process(target=_run, args=(arguments, str(cwd), *map(str, printed)))
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            raise subprocess.TimeoutExpired(arguments, timeout)
        texts = [path.read_text(encoding="utf-8") for path in printed]
        assert process.exitcode is not None
        return subprocess.CompletedProcess(arguments, process.exitcode, *texts)


def _run(arguments: list[str], cwd: str, stdout: str, stderr: str) -> None:
    for path, descriptor in ((stdout, 1), (stderr, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), descriptor)
    os.chdir(cwd)
    sys.argv = ["nbgrader", *arguments]
    runpy.run_module("nbgrader", run_name="__main__", alter_sys=True)
