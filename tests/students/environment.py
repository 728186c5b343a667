"""What a student has: a Python with requirements-student.txt and what a front end brings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PYTHON = os.environ.get("STUDENT_PYTHON", sys.executable)
"""The Python of the students' environment; CI tries each version that NumPy supports."""

# A kernel as Colab has had it for years, far older than the one of VS Code and JupyterLab.
COLAB = (
    "ipykernel==6.17.1",
    "ipython==7.34.0",
    "nest-asyncio==1.6.0",
    "backcall==0.2.0",
    "pickleshare==0.7.5",
    "decorator==5.1.1",
)


@dataclass(frozen=True)
class Environment:
    """A fresh virtual environment.

    Attributes:
        python: its interpreter.
        colab: a folder with an older kernel, for Colab's way of running.
        kernels: a folder with the kernel specifications `student` and `colab`.
    """

    python: Path
    colab: Path
    kernels: Path

    def variables(self) -> dict[str, str]:
        """The environment variables of a program that a student starts."""
        own = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        return {name: value for name, value in os.environ.items() if name not in own}


def make_environment(root: Path) -> Environment:
    """Make it, with pip.

    Skips the test where packages cannot be had, except on CI, which must have them.
    """
    made = Environment(root / "venv" / "bin" / "python", root / "colab", root / "kernels")
    # Another Python than the tests' takes the newest versions that it can get.
    pinned = ("--constraint", "constraints.txt") if PYTHON == sys.executable else ()
    if shutil.which(PYTHON) is None:
        pytest.fail(f"STUDENT_PYTHON={PYTHON} is no program")
    venv = (PYTHON, "-m", "venv", "--without-pip", str(root / "venv"))
    pip = (sys.executable, "-m", "pip", "--python", str(made.python), "--disable-pip-version-check")
    install = (*pip, "install", "--quiet", "--no-compile")
    for command in (
        venv,
        (*install, "--requirement", "requirements-student.txt", "ipykernel", *pinned),
        (*install, "--no-deps", "--target", str(made.colab), *COLAB),
    ):
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=600)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()[-1:]
            stop = pytest.fail if os.environ.get("CI") else pytest.skip
            stop(f"a student's environment needs pip and a package index: {' '.join(said)}")
    for name, path in (("student", ""), ("colab", str(made.colab))):
        folder = made.kernels / "kernels" / name
        folder.mkdir(parents=True)
        launch = [str(made.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {
            "argv": launch,
            "display_name": name,
            "language": "python",
            "env": {"PYTHONPATH": path},
        }
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return made
