"""The files of one submission, read once, without following links and without trusting sizes."""

from __future__ import annotations

import collections
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
    shown = [_shown(path, folder) for path, _ in listed]
    order = sorted(range(len(listed)), key=lambda k: (comes_late(shown[k]), k))
    files: list[SubmittedFile] = []
    budget = MAX_TOTAL_BYTES
    for k in order[:MAX_FILES]:
        path, entry_stat = listed[k]
        if isinstance(entry_stat, str):
            files.append(SubmittedFile(shown[k], 0, None, entry_stat))
            continue
        files.append(_read(path, shown[k], entry_stat, min(max_bytes, budget)))
        budget -= len(files[-1].content or b"")
    files.sort(key=lambda file: file.path.split("/"))
    if left_out := order[MAX_FILES:]:
        reason = f"and others were not read: there are more than {MAX_FILES} files"
        files.append(SubmittedFile(min(shown[k] for k in left_out), 0, None, reason))
    return tuple(files)


def _shown(path: str, folder: Path) -> str:
    shown = os.path.relpath(path, folder).replace(os.sep, "/")
    return shown.encode("utf-8", "replace").decode("utf-8")


def comes_late(path: str) -> int:
    """How little a path looks like a notebook: where there are too many files, the last ones go.

    Args:
        path: below the submission's folder, or in an archive.
    """
    path = path.lower()
    if _NOT_THEIR_OWN.search(path):
        return 3
    if _NOTEBOOK.search(path):
        return 0
    return 1 if path.endswith(_MAY_HOLD_NOTEBOOKS) else 2


_NOT_THEIR_OWN = re.compile(
    r"(?:^|/)(?:\.?venv|env|node_modules|site-packages|\.git|__pycache__|__macosx"
    r"|\.ipynb_checkpoints)/|(?:^|/)\._[^/]*$"
)
_NOTEBOOK = re.compile(r"\.ipynb(?![^/]*/)|^timestamp\.txt$")
_MAY_HOLD_NOTEBOOKS = (
    *(".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz"),
    *(".py", ".ipy", ".md", ".qmd", ".rmd", ".html", ".htm", ".json"),
)


def _walk(folder: str) -> Iterator[tuple[str, os.stat_result | str]]:
    """Yield (path, stat or reason) of what is no ordinary folder.

    In one folder notebooks come first; a folder's own files come before those in its folders, so
    that no folder, however full, keeps a notebook beside it from being seen.
    """
    waiting = collections.deque([(folder, "", 0)])
    while waiting:
        here, below, depth = waiting.popleft()
        try:
            with os.scandir(here) as entries:
                names = [entry.name for entry in entries]
        except OSError as error:
            yield here, f"could not be opened ({error.strerror})"
            continue
        inner = []
        for name in sorted(names, key=lambda name: (comes_late(below + name), name)):
            path = os.path.join(here, name)
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
                inner.append((path, f"{below}{name}/", depth + 1))
        waiting.extend(sorted(inner, key=lambda one: comes_late(one[1])))


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
