"""Unpacking archives from strangers: into one folder, or into memory, within limits.

An entry's name decides nothing but where below the target folder it goes; links, devices and names
that lead out of the folder are left out. What was left out is said in one line each.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import posixpath
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.submission.archive_entries import (
    DAMAGED,
    DAMAGED_ENTRY,
    NO_ARCHIVE,
    ArchiveRefused,
    Budget,
    Entry,
    more_than,
    opened,
    reason_for,
    rescued,
)
from autograder.submission.files import MAX_FILE_BYTES, MAX_LISTED, SubmittedFile, comes_late

DEEPEST = 12
LONGEST_NAME = 200
TOO_LARGE = "unpacks to more than may be read"
PARTLY = "is damaged; what could be unpacked was taken"
ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar", ".gz")

JUNK = re.compile(r"__MACOSX|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.ipynb_checkpoints|\.git")
"""What computers add to archives by themselves; left out without a word."""


@dataclass(frozen=True)
class UnpackLimits:
    """What one archive may unpack to.

    Attributes:
        total_bytes: all files together.
        file_bytes: one file; larger ones are left out.
        files: how many.
        share_of_disk: of the space that is free.
    """

    total_bytes: int = 5_000_000_000
    file_bytes: int = 50_000_000
    files: int = 50_000
    share_of_disk: float = 0.5

    def budget(self) -> Budget:
        return Budget(self.total_bytes, self.files)


HANDED_IN = UnpackLimits(total_bytes=150_000_000, files=500)
"""What an archive that a single student handed in may unpack to, with the archives in it."""


Say = Callable[[str], None]


def is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES)


def folder_for(name: str) -> str:
    """The name of the folder for an archive's content: its own without the ending."""
    lower = name.lower()
    ending = next((one for one in ARCHIVES if lower.endswith(one)), "")
    return name[: len(name) - len(ending)] or "archive"


def unpack(
    archive: Path, folder: Path, limits: UnpackLimits, say: Say, budget: Budget | None = None
) -> list[Path]:
    """Unpack into a new folder. Files keep the time that the archive gives them.

    Args:
        archive: a ZIP or TAR file, compressed or not.
        folder: is made; must not exist.
        limits: what it may unpack to.
        say: gets a line for each entry that was left out.
        budget: what it and the archives that it came with may unpack to together.

    Returns:
        The files written.

    Raises:
        ArchiveRefused: damaged, or larger than the limits; then the folder is not there either.
    """
    budget = budget or limits.budget()
    free = shutil.disk_usage(_existing(folder)).free
    budget.bytes = min(budget.bytes, int(free * limits.share_of_disk))
    try:
        with open(archive, "rb") as file, opened(file, budget) as entries:
            return _write(entries, folder, limits, say, budget)
    except ArchiveRefused:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except DAMAGED as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno is not None:
            raise ArchiveRefused(f"could not be unpacked ({error.strerror})") from None
        raise ArchiveRefused(NO_ARCHIVE) from None


def _write(
    entries: Iterator[Entry], folder: Path, limits: UnpackLimits, say: Say, budget: Budget
) -> list[Path]:
    folder.mkdir(parents=True)
    written: list[Path] = []
    too_large = more_than(limits.file_bytes)
    for entry in entries:
        parts, reason = safe_parts(entry.name)
        if not reason:
            if not parts or any(JUNK.fullmatch(part) for part in parts):
                continue
            reason = f"it {entry.reason}" if entry.reason else ""
        if not reason and entry.size > limits.file_bytes:
            reason = too_large
        if not reason:
            budget.take(0, files=1)
            path = _free(folder.joinpath(*parts))
            reason = _write_one(entry, path, limits, budget)
            written += [] if reason else [path]
        if reason:
            say(f"left out {_shown(entry.name)}: {reason}")
    return written


def _write_one(entry: Entry, path: Path, limits: UnpackLimits, budget: Budget) -> str:
    """Write one file; why it was left out, "" if it was not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "xb") as target:
            for chunk in entry.chunks(budget):
                target.write(chunk)
                if target.tell() > limits.file_bytes:
                    path.unlink()
                    return more_than(limits.file_bytes)
    except DAMAGED as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno is not None:
            raise
        budget.take(entry.size)  # what it declares counts even so
        return f"it {reason_for(error)}"
    with contextlib.suppress(OSError, OverflowError, ValueError):
        os.utime(path, (entry.modified, entry.modified))
    return ""


def _free(path: Path) -> Path:
    """The path, or another one where a file (or a folder on the way) has that name already."""
    for parent in reversed(path.parents):
        if parent.is_file():
            path = parent.with_name(parent.name + " (folder)") / path.relative_to(parent)
            break
    if not path.exists():
        return path
    numbers = range(2, 10_000)
    names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in numbers)
    return next(name for name in names if not name.exists())


def safe_parts(name: str) -> tuple[list[str], str]:
    """The parts of a name below the target folder, and why it has none, if it has none."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return [], "its name leads out of the folder"
    parts = []
    for part in name.split("/"):
        # Control characters, direction marks and halves of characters help nobody to read a name.
        part = "".join("_" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in part)
        part = part.strip()
        if part in ("", "."):
            continue
        if part.strip(". ") == "" and ".." in part:
            return [], "its name leads out of the folder"
        parts.append(_shortened(part))
    if len(parts) > DEEPEST:
        return [], f"it lies more than {DEEPEST} folders deep"
    return parts, ""


def _shortened(part: str) -> str:
    while len(part.encode()) > LONGEST_NAME:
        stem, suffix = os.path.splitext(part)
        part = stem[:-1] + suffix if stem[:-1] and len(suffix) < 20 else part[:-1]
    return part


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _shown(name: str) -> str:
    """A name as one readable line."""
    text = name.encode("utf-8", "replace").decode()
    text = "".join(c if c.isprintable() else "_" for c in text)
    return repr(text if len(text) <= 90 else text[:60] + "…" + text[-25:])


# Into memory.


@dataclass(frozen=True)
class Budgets:
    """What the archives of one submission may unpack to: `all` of it, and all but notebooks."""

    all: Budget
    others: Budget


def budgets(total_bytes: int, files: int) -> Budgets:
    """A third is kept for notebooks, so that nothing else leaves no room for them."""
    whole = Budget(total_bytes, files, MAX_LISTED)
    return Budgets(whole, Budget(2 * total_bytes // 3, 2 * files // 3, MAX_LISTED, of=whole))


def unpack_in_memory(archive: SubmittedFile, budgets: Budgets) -> tuple[list[SubmittedFile], str]:
    """The files in an archive, and what could not be unpacked, as the end of a sentence."""
    content, problem = archive.content or b"", ""
    alone = re.sub(
        r"\.(gz|bz2|xz|tgz|tbz2?|txz)$", "", posixpath.basename(archive.path), flags=re.I
    )
    found: list[Entry] = []
    members: list[SubmittedFile] = []
    with opened(io.BytesIO(content), _budget(archive.path, budgets), alone) as entries:
        try:
            found.extend(itertools.islice(entries, MAX_LISTED))
        except ArchiveRefused as refused:
            problem = str(refused)
        except DAMAGED:
            problem = PARTLY
        for entry in sorted(found, key=lambda one: comes_late(one.name)):
            budget = _budget(entry.name, budgets)
            try:
                budget.take(0, files=1)
            except ArchiveRefused as refused:
                problem = f"{refused}; not all of them were read"
                break
            members.append(_member(archive, entry, budget))
    if problem == PARTLY or any(one.reason == DAMAGED_ENTRY for one in members):
        problem = PARTLY
        members = [one for one in members if one.reason != DAMAGED_ENTRY]
        known = {one.path for one in members}
        with contextlib.suppress(ArchiveRefused):
            for name, data in rescued(content, budgets.all):
                if data and (path := _path(archive, name)) not in known:
                    budgets.all.take(0, files=1)
                    members.append(SubmittedFile(path, len(data), data))
    return sorted(members, key=lambda one: one.path), problem


def _budget(name: str, budgets: Budgets) -> Budget:
    return budgets.others if comes_late(name) else budgets.all


def _path(archive: SubmittedFile, name: str) -> str:
    return f"{archive.path}/{name.encode('utf-8', 'replace').decode('utf-8')}"


def _member(archive: SubmittedFile, entry: Entry, budget: Budget) -> SubmittedFile:
    path, data, reason = _path(archive, entry.name), None, entry.reason
    if not reason and entry.size > min(MAX_FILE_BYTES, budget.room()):
        reason = TOO_LARGE
    if not reason:
        try:
            data = b"".join(entry.chunks(budget))
        except ArchiveRefused:
            reason = TOO_LARGE
        except DAMAGED as error:
            reason = reason_for(error)
    return SubmittedFile(path, entry.size if data is None else len(data), data, reason)
