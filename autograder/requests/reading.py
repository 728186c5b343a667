"""Regrade requests as students write them, in a file or in a cell of their notebook.

    Regrade request
    convolve: my kernel runs backwards, as in the sheet.

A file is one whose name begins with `regrade` and ends with `.md` or `.txt`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.submission.files import SubmittedFile

_FILE = re.compile(r"(?:^|/)regrade[^/]*\.(?:md|txt)$", re.IGNORECASE)
_BEGINS = re.compile(r"[\s#>*_\"']*regrade request\b", re.IGNORECASE)
MOST_CHARACTERS = 4000
"""Of one request; the rest is left out."""

MOST_REQUESTS = 50
"""Of one student."""


@dataclass(frozen=True)
class Request:
    """One request.

    Attributes:
        student: whose.
        task: about which task; "" if it names none.
        reason: what the student writes.
        where: the file that it stands in.
    """

    student: str
    task: str
    reason: str
    where: str

    @property
    def id(self) -> str:
        return f"{self.student}:{self.task or '?'}"


def split_requests(
    files: Sequence[SubmittedFile],
) -> tuple[list[tuple[str, str]], tuple[SubmittedFile, ...]]:
    """The texts of requests in a submission, and the submission without them.

    Returns:
        File and text of each request, and the other files; of notebooks, the other cells.
    """
    texts: list[tuple[str, str]] = []
    others: list[SubmittedFile] = []
    for file in files:
        content = file.content
        if content is not None and _FILE.search(file.path):
            texts.append((file.path, content[: 4 * MOST_CHARACTERS].decode("utf-8", "replace")))
            continue
        if content is not None and file.path.endswith(".ipynb"):
            found, rest = _split_cells(content)
            texts += [(file.path, text) for text in found]
            file = replace(file, content=rest) if found else file
        others.append(file)
    return texts, tuple(others)


def requests_of(
    student: str, texts: Sequence[tuple[str, str]], tasks: Collection[str]
) -> list[Request]:
    """The requests that texts make, one for each task; the last one about a task counts."""
    found: dict[str, Request] = {}
    for where, text in texts:
        for task, reason in _by_task(text[:MOST_CHARACTERS], tasks):
            found[task] = Request(student, task, reason, where)
    return list(found.values())[:MOST_REQUESTS]


def _split_cells(content: bytes) -> tuple[list[str], bytes]:
    """The texts of the cells that are requests, and the notebook without these cells."""
    if b"egrade request" not in content and b"EGRADE REQUEST" not in content:
        return [], content
    try:
        notebook: dict[str, Any] = json.loads(content)
        cells = [(cell, "".join(cell["source"])) for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return [], content
    texts = [text for _, text in cells if _BEGINS.match(text)]
    notebook["cells"] = [cell for cell, text in cells if not _BEGINS.match(text)]
    return texts, json.dumps(notebook).encode()


def _by_task(text: str, tasks: Collection[str]) -> list[tuple[str, str]]:
    """Task and reason of each request in a text."""
    names = "|".join(map(re.escape, sorted(tasks, key=len, reverse=True)))
    begins = re.compile(
        rf"[\s#>*_`\-\"']*(?:test_)?({names})\b[`*_\"']*\s*[:,–-]?\s*(.*)", re.DOTALL
    )
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        line = _BEGINS.sub("", line, count=1).lstrip(" :") if _BEGINS.match(line) else line
        match = begins.fullmatch(line) if names else None
        if match:
            found.append((match[1], [match[2]]))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            found.append(("", [line]))
    return [(task, " ".join(" ".join(lines).split())) for task, lines in found]
