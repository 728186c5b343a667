"""nbgrader's checksum of a cell, by which it knows an unchanged one."""

from __future__ import annotations

import hashlib
from typing import Any


def compute_checksum(source: str, cell_type: str, nbgrader: dict[str, Any]) -> str:
    """The checksum that `nbgrader.utils.compute_checksum` gives (tested against it).

    Written again here since importing nbgrader takes seconds.
    """
    grade, solution = nbgrader.get("grade", False), nbgrader.get("solution", False)
    locked = False if solution else True if grade else nbgrader.get("locked", False)
    parts = [source, cell_type, str(grade), str(solution), str(locked), nbgrader["grade_id"]]
    if grade:
        parts.append(str(float(nbgrader["points"])))
    return hashlib.md5("".join(parts).encode("utf-8"), usedforsecurity=False).hexdigest()
