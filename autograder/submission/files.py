"""The files of one submission, read once, without following links and without trusting sizes."""

from __future__ import annotations

import itertools
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_FILE_BYTES = 50_000_000
"""A notebook with many pictures has a few megabytes."""

MAX_TOTAL_BYTES = 150_000_000
MAX_FILES = 500
MAX_LISTED = 20_000
"""How many names are looked at, to read the notebooks among them first."""

MAX_DEPTH = 12


@dataclass(frozen=True)
class SubmittedFile:
    """A file as it was handed in.

    Attributes:
        path: relative to the submission's folder, with forward slashes.
        size: in bytes.
        content: what is in it, None if it was not read.
        reason: why it was not read, as the end of a sentence ("is a link").
    """

    path: str
    size: int
    content: bytes | None
    reason: str = ""


Files = tuple[SubmittedFile, ...]
"""A submission."""


def read_submission(folder: Path, max_bytes: int = MAX_FILE_BYTES) -> tuple[SubmittedFile, ...]:
    """All files below a submission's folder, sorted by path. Never raises for what lies there.

    Links, devices and pipes are listed and not opened; a file is refused by its size before it is
    read, and so is what comes after `MAX_TOTAL_BYTES` or `MAX_FILES`.
    """
    listed = list(itertools.islice(_walk(str(folder)), MAX_LISTED))
    first = sorted(range(len(listed)), key=lambda k: (_comes_late(listed[k][0]), k))[:MAX_FILES]
    found: dict[int, SubmittedFile] = {}
    budget = MAX_TOTAL_BYTES
    for k in first:
        path, entry_stat = listed[k]
        shown = os.path.relpath(path, folder).replace(os.sep, "/")
        shown = shown.encode("utf-8", "replace").decode("utf-8")
        if isinstance(entry_stat, str):
            found[k] = SubmittedFile(shown, 0, None, entry_stat)
            continue
        found[k] = file = _read(path, shown, entry_stat, min(max_bytes, budget))
        budget -= len(file.content or b"")
    files = [found[k] for k in sorted(found)]
    if len(listed) > MAX_FILES:
        rest = os.path.relpath(listed[min(set(range(len(listed))) - set(found))][0], folder)
        shown = rest.replace(os.sep, "/").encode("utf-8", "replace").decode("utf-8")
        reason = f"and others were not read: there are more than {MAX_FILES} files"
        files.append(SubmittedFile(shown, 0, None, reason))
    return tuple(files)


def _comes_late(path: str) -> int:
    """How little a path looks like a notebook: where there are too many files, the last ones go."""
    if re.search(r"/(\.venv|venv|env|node_modules|site-packages|\.git|__pycache__)/", path):
        return 2
    return 0 if re.search(r"\.(ipynb|zip|py)\b", path) else 1


def _walk(folder: str, depth: int = 0) -> Iterator[tuple[str, os.stat_result | str]]:
    """Yield (path, stat or reason) of what is no ordinary folder, sorted by name."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError as error:
        yield folder, f"could not be opened ({error.strerror})"
        return
    for name in names:
        path = os.path.join(folder, name)
        try:
            entry_stat = os.lstat(path)
        except OSError as error:
            yield path, f"could not be looked at ({error.strerror})"
            continue
        if not stat.S_ISDIR(entry_stat.st_mode):
            yield path, entry_stat
            continue
        if name.endswith(".ipynb"):
            yield path, "is a folder"
        if depth >= MAX_DEPTH:
            yield path, f"is a folder more than {MAX_DEPTH} folders deep"
        else:
            yield from _walk(path, depth + 1)


def _read(path: str, shown: str, entry_stat: os.stat_result, limit: int) -> SubmittedFile:
    size = entry_stat.st_size
    if stat.S_ISLNK(entry_stat.st_mode):
        return SubmittedFile(shown, size, None, "is a link, and links are not followed")
    if not stat.S_ISREG(entry_stat.st_mode):
        return SubmittedFile(shown, size, None, "is not an ordinary file")
    if size > limit:
        reason = f"is too large to be read ({size / 1e6:.0f} MB, at most {limit / 1e6:.0f} MB)"
        return SubmittedFile(shown, size, None, reason)
    try:
        # The flags cover a file that is exchanged for a link or a pipe in between.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        return SubmittedFile(shown, size, None, f"could not be read ({error.strerror})")
    if len(content) > limit:
        return SubmittedFile(shown, size, None, "grew while it was read")
    return SubmittedFile(shown, size, content)
