"""Loads the attacks: small pieces of hostile student code, one file each.

A file opens with a docstring that says what is tried and what must happen. Three lines of it are
read: `Ends:` lists how its last cell may end, `Ends under Landlock:` the same for that wall where
it differs, `Says:` is a part of what is noted for the instructor. After it come the cells, divided
by `# %%`. A file that defines `convolve` defines a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
CLASSES = ("reading", "writing", "faking", "resources", "staying", "network", "instructor")


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        name: class and file name, `reading/proc`.
        doc: what it tries and what must happen.
        cells: the source of its cells.
        ends: how its last cell may end, by wall; empty if any way will do.
        says: part of a sentence that must be noted, or "".
    """

    name: str
    doc: str
    cells: tuple[str, ...]
    ends: Mapping[str, tuple[str, ...]]
    says: str = ""


def load_attacks() -> list[Attack]:
    """Return all attacks, sorted by name."""
    paths = sorted(path for folder in CLASSES for path in (FOLDER / folder).glob("*.py"))
    return [_load(path) for path in paths]


def _load(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    doc, code = re.fullmatch(r'"""(.*?)"""\n(.*)', text, re.DOTALL).groups()
    cells = re.split(r"^# %%.*\n", code.replace("# ruff: noqa\n", ""), flags=re.MULTILINE)
    ends = _list(doc, "Ends")
    under_landlock = _list(doc, "Ends under Landlock") or ends
    says = re.search(r"^Says: (.*)$", doc, re.MULTILINE)
    return Attack(
        name=f"{path.parent.name}/{path.stem}",
        doc=doc.strip(),
        cells=tuple(cell.strip("\n") for cell in cells),
        ends={"bubblewrap": ends, "landlock": under_landlock},
        says=says[1] if says else "",
    )


def _list(doc: str, name: str) -> tuple[str, ...]:
    line = re.search(rf"^{name}: (.*)$", doc, re.MULTILINE)
    return tuple(line[1].split(",")) if line else ()
