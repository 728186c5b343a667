"""The README says what is so."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.exercise.source_notebooks import load_exercise

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
EXERCISE = load_exercise("exercise09", REPOSITORY / "source")


def test_the_points_table_is_what_the_notebooks_give():
    expected = [
        (notebook, cell.id.removeprefix("test_"), f"{cell.points:g}", how)
        for notebook in ("convolution", "batch_norm")
        for cell in EXERCISE.notebooks[notebook].cells
        if cell.points
        for how in ["by hand" if cell.is_written_answer else "automatically"]
    ]

    assert re.findall(r"^\| (\w+) \| `(\w+)` \| (\d+) \| ([\w ]+) \|$", README, re.M) == expected


def test_every_file_that_the_pages_link_to_is_there():
    pages = [REPOSITORY / "README.md", REPOSITORY / "SECURITY.md", *REPOSITORY.glob("docs/*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_test_folder_and_file_that_the_pages_name_is_there():
    for page in (REPOSITORY / "README.md", REPOSITORY / "SECURITY.md"):
        for target in re.findall(r"`((?:tests|autograder|source)/[\w/.]+)`", page.read_text()):
            assert (REPOSITORY / target).exists(), f"{page.name}: {target}"
