"""The tables of SECURITY.md say what is so."""

from __future__ import annotations

import ast
import collections
import os
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import Limits

from .attacks import CLASSES, load_attacks
from .walls import WALLS, opened

PAGE = Path(__file__).parents[2] / "SECURITY.md"
NAMES = ("bubblewrap", "Landlock")
PROBE = """
import multiprocessing, os
outside = {outside!r}
def same_disk(path):
    return found(path) and os.stat(path).st_dev == os.stat(".").st_dev
def found(path):
    try:
        return os.stat(path).st_size >= 0
    except OSError:
        return False
try:
    with multiprocessing.Pool(1) as pool:
        pooled = pool.map(abs, [-1]) == [1]
except OSError:
    pooled = False
print({{
    "see that a path exists, its size and its times": found(outside),
    "see that a process with some number runs": found("/proc/{grader}"),
    "see the machine's name": os.uname().nodename == {name!r},
    "write its files to the disk": same_disk(outside),
    "use `multiprocessing.Pool`": pooled,
}})
"""


def table(heading: str) -> list[list[str]]:
    """The rows of the table below a heading, without its first two lines."""
    text = PAGE.read_text(encoding="utf-8").split(f"### {heading}\n")[1].split("\n#")[0]
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_the_table_has_every_kind_of_attack_with_its_number():
    numbers = collections.Counter(attack.name.split("/")[0] for attack in load_attacks())
    rows = table("What stops which attack")

    assert [(f"`{kind}`", str(numbers[kind])) for kind in CLASSES] == [(r[0], r[1]) for r in rows]
    assert all(len(row) == 4 and all(row) for row in rows)


@pytest.mark.parametrize("wall", WALLS)
def test_what_stays_open_under_a_wall_is_what_the_table_says(wall):
    place = NAMES.index("Landlock" if wall == "landlock" else wall) + 1
    said = {row[0]: row[place] == "yes" for row in table("What code can still do")}
    with tempfile.NamedTemporaryFile() as outside, opened(wall, Limits()) as sandbox:
        session = sandbox.open()
        run = session.run_cell(
            PROBE.format(outside=outside.name, grader=os.getpid(), name=os.uname().nodename)
        )
        session.close()

    assert said == ast.literal_eval(run.outputs[0]["text"]), run
