"""Unpacking archives from strangers: into one folder, within limits, nothing else touched.

An entry's name decides nothing but where below the target folder it goes; links, devices and names
that lead out of the folder are left out. Sizes are looked at twice: as declared before anything is
written, and as they come while it is written. What was left out is said in one line each.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import io
import os
import re
import shutil
import stat
import struct
import tarfile
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

CHUNK = 1 << 16
DEEPEST = 12
LONGEST_NAME = 200
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


HANDED_IN = UnpackLimits(total_bytes=150_000_000, files=500)
"""What an archive that a single student handed in may unpack to."""


class ArchiveRefused(Exception):
    """An archive of which nothing is used; the message is the end of a sentence about it."""


Say = Callable[[str], None]

DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError)


def is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES)


def folder_for(name: str) -> str:
    """The name of the folder for an archive's content: its own without the ending."""
    lower = name.lower()
    ending = next((one for one in ARCHIVES if lower.endswith(one)), "")
    return name[: len(name) - len(ending)] or "archive"


def unpack(archive: Path, folder: Path, limits: UnpackLimits, say: Say) -> list[Path]:
    """Unpack into a new folder. Files keep the time that the archive gives them.

    Args:
        archive: a ZIP or TAR file, compressed or not.
        folder: is made; must not exist.
        limits: what it may unpack to.
        say: gets a line for each entry that was left out.

    Returns:
        The files written.

    Raises:
        ArchiveRefused: damaged, or larger than the limits; then the folder is not there either.
    """
    free = shutil.disk_usage(_existing(folder)).free
    limits = replace(limits, total_bytes=min(limits.total_bytes, int(free * limits.share_of_disk)))
    try:
        with _entries(archive, limits, say) as entries:
            return _write(entries, folder, limits, say)
    except ArchiveRefused:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except DAMAGED as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno is not None:
            raise ArchiveRefused(f"could not be unpacked ({error.strerror})") from None
        raise ArchiveRefused("is damaged or no archive of a kind that can be unpacked") from None


@dataclass(frozen=True)
class _Entry:
    name: str
    size: int
    modified: float
    open: Callable[[], IO[bytes] | None]


def _write(entries: Iterator[_Entry], folder: Path, limits: UnpackLimits, say: Say) -> list[Path]:
    folder.mkdir(parents=True)
    written: list[Path] = []
    total = 0
    for entry in entries:
        parts, reason = safe_parts(entry.name)
        if reason:
            say(f"left out {_shown(entry.name)}: {reason}")
            continue
        if not parts or any(JUNK.fullmatch(part) for part in parts):
            continue
        if entry.size > limits.file_bytes:
            say(f"left out {_shown(entry.name)}: {_more_than(limits.file_bytes)}")
            continue
        if len(written) >= limits.files:
            raise ArchiveRefused(f"holds more than {limits.files} files")
        try:
            path, size = _write_one(entry, folder.joinpath(*parts), limits, total)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            EOFError,
            zlib.error,
        ) as error:
            if isinstance(error, NotImplementedError):
                reason = "it is compressed in a way that is not known here"
            else:
                reason = "it is locked" if "password" in str(error) else "it is damaged"
            say(f"left out {_shown(entry.name)}: {reason}")
            continue
        if path is None:
            say(f"left out {_shown(entry.name)}: {_more_than(limits.file_bytes)}")
            continue
        total += size
        written.append(path)
    return written


def _write_one(
    entry: _Entry, path: Path, limits: UnpackLimits, total: int
) -> tuple[Path | None, int]:
    """Write one file beside others of the same name; (None, size) if it is too large."""
    source = entry.open()
    if source is None:
        raise EOFError
    path = _free(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    try:
        with source, open(path, "xb") as target:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if total + size > limits.total_bytes:
                    raise ArchiveRefused(f"unpacks to {_more_than(limits.total_bytes)}")
                if size > limits.file_bytes:
                    break
                target.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if size > limits.file_bytes:
        path.unlink()
        return None, size
    with contextlib.suppress(OSError, OverflowError, ValueError):
        os.utime(path, (entry.modified, entry.modified))
    return path, size


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


@contextlib.contextmanager
def _entries(archive: Path, limits: UnpackLimits, say: Say) -> Iterator[Iterator[_Entry]]:
    with open(archive, "rb") as file:
        start = file.read(6)
    if start[:2] == b"PK":
        _refuse_long_directory(archive, limits)
        with zipfile.ZipFile(archive) as opened:
            yield _zip_entries(opened, limits, say)
    elif start[:2] == b"\x1f\x8b":
        with open(archive, "rb") as file, gzip.GzipFile(fileobj=file) as unzipped:
            counted = _Counted(unzipped, limits.total_bytes)
            with tarfile.open(fileobj=counted, mode="r|") as opened:
                yield _tar_entries(opened, say)
    else:
        with tarfile.open(archive, "r:") as opened:
            yield _tar_entries(opened, say)


def _zip_entries(opened: zipfile.ZipFile, limits: UnpackLimits, say: Say) -> Iterator[_Entry]:
    infos = [info for info in opened.infolist() if not info.is_dir()]
    if len(infos) > limits.files:
        raise ArchiveRefused(f"holds {len(infos)} files, more than {limits.files}")
    if sum(info.file_size for info in infos) > limits.total_bytes:
        raise ArchiveRefused(f"unpacks to {_more_than(limits.total_bytes)}")
    return _zip_files(opened, infos, say)


def _zip_files(opened: zipfile.ZipFile, infos: list[zipfile.ZipInfo], say: Say) -> Iterator[_Entry]:
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            say(f"left out {_shown(info.filename)}: it is a link or no ordinary file")
            continue
        open_it = functools.partial(opened.open, info)
        yield _Entry(info.filename, info.file_size, _zip_time(info), open_it)


def _tar_entries(opened: tarfile.TarFile, say: Say) -> Iterator[_Entry]:
    for info in opened:
        if info.isdir():
            continue
        if not info.isreg():
            say(f"left out {_shown(info.name)}: it is a link or no ordinary file")
            continue
        open_it = functools.partial(opened.extractfile, info)
        yield _Entry(info.name, info.size, info.mtime, open_it)


def _refuse_long_directory(archive: Path, limits: UnpackLimits) -> None:
    """Refuse a ZIP whose table of contents alone would fill the memory, before it is read."""
    size = archive.stat().st_size
    with open(archive, "rb") as file:
        file.seek(max(0, size - (1 << 16) - 100))
        tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise ArchiveRefused("is damaged or no archive of a kind that can be unpacked")
    (length,) = struct.unpack_from("<I", tail, at + 12)
    record = at - 20 - 56
    if record >= 0 and tail[record : record + 4] == b"PK\6\6":
        (length,) = struct.unpack_from("<Q", tail, record + 40)
    if length > limits.files * 500:
        raise ArchiveRefused(f"holds more than {limits.files} files")


class _Counted(io.BufferedIOBase):
    """A stream that ends a bomb: reading more than the limit refuses the archive."""

    def __init__(self, stream: gzip.GzipFile, limit: int):
        self._stream, self._left, self._limit = stream, limit, limit

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._stream.read(CHUNK if size is None or size < 0 else min(size, CHUNK))
        self._left -= len(data)
        if self._left < 0:
            raise ArchiveRefused(f"unpacks to {_more_than(self._limit)}")
        return data


def _zip_time(info: zipfile.ZipInfo) -> float:
    """When the file was written: the exact time if the archive has it, else its local time."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 0x5455 and length >= 5 and extra[at + 4] & 1:
            return float(struct.unpack_from("<i", extra, at + 5)[0])
        at += 4 + length
    with contextlib.suppress(ValueError, OverflowError):
        return time.mktime((*info.date_time, 0, 0, -1))
    return 0.0


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _more_than(size: int) -> str:
    return f"more than {size / 1e6:.0f} MB"


def _shown(name: str) -> str:
    """A name as one readable line."""
    text = name.encode("utf-8", "replace").decode()
    text = "".join(c if c.isprintable() else "_" for c in text)
    return repr(text if len(text) <= 90 else text[:60] + "…" + text[-25:])
