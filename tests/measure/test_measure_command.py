"""`autograder measure`: no fault, and the table that the README shows."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def measure(*options: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "measure", "exercise09", *map(str, options)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)


def test_the_grader_makes_no_fault_and_the_readme_shows_it(tmp_path):
    readme = shutil.copy(REPOSITORY / "README.md", tmp_path)

    done = measure("--write", readme)

    assert done.returncode == 0, done.stderr
    assert "fault" not in done.stderr
    assert Path(readme).read_text() == (REPOSITORY / "README.md").read_text(), (
        "the README's table is out of date: run 'autograder measure exercise09 --write README.md'"
    )
