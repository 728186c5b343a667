"""`autograder measure`: no fault, and the table that docs/measured.md shows."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def measure(*options: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "measure", "exercise09", *map(str, options)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)


def test_the_grader_makes_no_fault_and_the_page_shows_it(tmp_path):
    page = REPOSITORY / "docs" / "measured.md"
    copy = shutil.copy(page, tmp_path)

    done = measure("--write", copy)

    assert done.returncode == 0, done.stderr
    assert "fault" not in done.stderr
    assert Path(copy).read_text() == page.read_text(), (
        "the page's table is out of date: run "
        "'autograder measure exercise09 --write docs/measured.md'"
    )
