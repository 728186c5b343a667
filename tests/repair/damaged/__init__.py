"""A corpus of damaged submissions: small named functions, each with what must happen to it.

A damage takes the files of a submission and gives damaged files. It says which answers are lost by
it (no one could read them any more) and what the receipt must say; everything else must be graded
as if nothing had happened. Damages are written for notebooks or for whole files, and nearly any
two of them can follow each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from autograder.submission.files import SubmittedFile

Files = dict[str, bytes | None]
"""Content by path; None for what is too large, a link or a folder."""

Notebook = dict
"""nbformat 4 JSON, the source of every cell as one string."""


@dataclass(frozen=True)
class Damage:
    """One kind of damage.

    Attributes:
        name: what happened.
        apply: damaged files from files.
        lost: answers that cannot be read any more.
        says: a regular expression that the receipt must match, "" if nothing needs to be said.
    """

    name: str
    apply: Callable[[Files], Files]
    lost: frozenset[str] = frozenset()
    says: str = ""

    def __str__(self) -> str:
        return self.name


DAMAGES: dict[str, Damage] = {}


def damage(says: str = "", lost: tuple[str, ...] = ()):
    """Register a function on files as a kind of damage."""

    def register(function: Callable[[Files], Files]):
        apply = lambda files: function(dict(files))  # noqa: E731
        DAMAGES[function.__name__] = Damage(function.__name__, apply, frozenset(lost), says)
        return function

    return register


def notebook_damage(says: str = "", lost: tuple[str, ...] = (), only: str = ""):
    """Register a function on a notebook, applied to all (or those whose cells tell `only`).

    Files that are no valid JSON any more are left as they are.
    """

    def register(function: Callable[[Notebook], None]):
        def apply(files: Files) -> Files:
            damaged = dict(files)
            for path, content in files.items():
                notebook = read(content)
                if notebook is None or (only and only not in json.dumps(notebook)):
                    continue
                function(notebook)
                damaged[path] = write(notebook)
            return damaged

        DAMAGES[function.__name__] = Damage(function.__name__, apply, frozenset(lost), says)
        return function

    return register


def read(content: bytes | None) -> Notebook | None:
    """The notebook in a file, None if there is none that a strict reader accepts."""
    try:
        notebook = json.loads((content or b"").decode("utf-8"))
        for cell in notebook["cells"]:
            if not isinstance(cell["source"], str):
                cell["source"] = "".join(cell["source"])
            cell["metadata"].get("nbgrader", {}).get("grade_id")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return notebook


def write(notebook: Notebook) -> bytes:
    """The file as Jupyter writes it."""
    cells = [cell | {"source": cell["source"].splitlines(True)} for cell in notebook["cells"]]
    text = json.dumps(notebook | {"cells": cells}, indent=1, sort_keys=True, ensure_ascii=False)
    return (text + "\n").encode("utf-8")


def index_of(notebook: Notebook, id: str) -> int | None:
    """Where the cell with this grade_id, cell id or function stands, None if it does not."""
    for k, cell in enumerate(notebook["cells"]):
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == id:
            return k
    for k, cell in enumerate(notebook["cells"]):
        if cell.get("id") == id:
            return k
    for k, cell in enumerate(notebook["cells"]):
        if re.search(rf"^def {id}\(", cell["source"], re.MULTILINE):
            return k
    return None


def own_cell(source: str, kind: str = "code") -> dict:
    """A cell that a student adds."""
    cell = {"cell_type": kind, "metadata": {}, "source": source}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell


def submitted(files: Files) -> tuple[SubmittedFile, ...]:
    """The files as the grader reads them."""
    return tuple(
        SubmittedFile(path, len(content), content)
        if content is not None
        else SubmittedFile(path, 600_000_000, None, "is too large to be read (600 MB)")
        for path, content in sorted(files.items())
    )


def all_damages() -> dict[str, Damage]:
    """Every kind of damage, by name."""
    from repair.damaged import (  # noqa: F401
        answers,
        cells,
        content,
        copied,
        files,
        nbgrader_kinds,
        packed,
        running,
        tools,
    )

    return DAMAGES
