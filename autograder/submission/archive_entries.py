"""Archives of strangers, entry by entry: ZIP and TAR, compressed or not, and single files.

The one reader of archives. It writes nothing, so that the names in an archive can do no harm, and
it counts what really comes, so that the sizes that an archive declares can do none either.
"""

from __future__ import annotations

import bz2
import contextlib
import functools
import gzip
import io
import lzma
import re
import stat
import struct
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

CHUNK = 1 << 16
IN_MEMORY = 64_000_000
LONGEST_HEADER = 8_192
"""Bytes of a header with long names in a TAR; Python takes a time that grows with its square."""

_LONG_HEADERS = (
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
)

NO_ARCHIVE = "is damaged or no archive of a kind that can be unpacked"
DAMAGED_ENTRY = "is damaged"
LOCKED = "is locked with a password"
NO_ORDINARY_FILE = "is a link or no ordinary file"
DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError, LookupError),
)
"""What the libraries raise for an archive, or an entry, that is not as it should be."""

_NO_ARCHIVES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".npz", ".whl", ".jar")
_ZIP = b"PK\x03\x04"
_COMPRESSED: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}


class ArchiveRefused(Exception):
    """An archive of which no more is used; the message is the end of a sentence about it."""


class Budget:
    """What may still be unpacked: one for all archives of a submission, however they are nested.

    `listed` is how many entries the table of contents of one archive may have. What is taken from
    a part of a budget is taken from the budget too.
    """

    def __init__(self, bytes: int, files: int, listed: int = 0, of: Budget | None = None):
        self.bytes, self.files, self.listed, self._of = bytes, files, listed or files, of
        self._whole = f"holds more than {files} files", f"unpacks to {more_than(bytes)}"

    def take(self, size: int, files: int = 0) -> None:
        """Raises ArchiveRefused, and takes nothing, if that is more than is left."""
        if size > self.bytes or files > self.files:
            raise ArchiveRefused(self._whole[size > self.bytes])
        if self._of:
            self._of.take(size, files)
        self.bytes -= size
        self.files -= files

    def room(self) -> int:
        """How many bytes can be taken."""
        return min(self.bytes, self._of.room()) if self._of else self.bytes


@dataclass(frozen=True)
class Entry:
    """A file in an archive: its name, not to be trusted, the size that it declares, its time.

    `chunks` gives its content, counted against a budget; `reason` says why it cannot, if so.
    """

    name: str
    size: int
    modified: float
    chunks: Callable[[Budget], Iterator[bytes]]
    reason: str = ""


def is_packed(content: bytes, name: str) -> bool:
    """Whether bytes are an archive to look into; a ZIP with a damaged start, by its name too."""
    if name.lower().endswith(_NO_ARCHIVES):
        return False
    zipped = name.lower().endswith(".zip") and _ZIP in content
    return zipped or content.startswith((_ZIP, *_COMPRESSED)) or _is_tar(content)


@contextlib.contextmanager
def opened(archive: IO[bytes], budget: Budget, alone: str = "") -> Iterator[Iterator[Entry]]:
    """The files in an archive, folders left out. They can be read until the context ends.

    The iterator raises ArchiveRefused for more than the budget allows and for what is no archive,
    and one of DAMAGED where the archive breaks off; the entries before that were given.

    Args:
        archive: can be read anywhere.
        budget: what has to be unpacked to look into it is taken from it.
        alone: the name of what is no archive but one file that was compressed; "" refuses these.
    """
    with contextlib.ExitStack() as stack:
        start = _start(archive)
        opener = next((one for mark, one in _COMPRESSED.items() if start.startswith(mark)), None)
        if opener is not None:
            yield _compressed(opener(archive), budget, alone, stack)
        elif _is_tar(start):
            yield _tar_entries(archive, True, stack)
        elif start[:2] == b"PK" or alone:
            yield _zip_entries(archive, budget, stack)
        else:
            raise ArchiveRefused(NO_ARCHIVE)


def _start(archive: IO[bytes]) -> bytes:
    archive.seek(0)
    start = archive.read(512)
    archive.seek(0)
    return start


def _is_tar(content: bytes) -> bool:
    return content[257:262] == b"ustar"


def _chunks(counts: bool, open_entry: Callable[[], Any], budget: Budget) -> Iterator[bytes]:
    with open_entry() as stream:
        while chunk := stream.read(CHUNK):
            budget.take(len(chunk) if counts else 0)
            yield chunk


def _compressed(
    packed: Any, budget: Budget, alone: str, stack: contextlib.ExitStack
) -> Iterator[Entry]:
    """What is in a compressed file; where it breaks off, what came before that."""
    trouble: Exception | None = None
    unpacked = stack.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
    try:
        for chunk in _chunks(True, lambda: packed, budget):
            unpacked.write(chunk)
    except (*DAMAGED, ArchiveRefused) as error:
        trouble = error
    size = unpacked.tell()
    if _is_tar(_start(unpacked)):
        try:
            yield from _tar_entries(unpacked, False, stack)
        except DAMAGED as error:
            trouble = trouble or error
    elif not alone and trouble is None:
        raise ArchiveRefused(NO_ARCHIVE)
    elif alone and size and not isinstance(trouble, ArchiveRefused):
        yield Entry(alone, size, 0.0, functools.partial(_chunks, False, lambda: unpacked))
    if trouble:
        raise trouble


class _TarInfo(tarfile.TarInfo):
    """Refuses the headers that Python would take minutes to read."""

    def _proc_member(self, opened: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _LONG_HEADERS and self.size > LONGEST_HEADER:
            raise tarfile.ReadError("a header is too long")
        return super()._proc_member(opened)  # type: ignore[misc, no-any-return]


def _tar_entries(archive: IO[bytes], counts: bool, stack: contextlib.ExitStack) -> Iterator[Entry]:
    tar = tarfile.open(fileobj=archive, mode="r:", tarinfo=_TarInfo)  # noqa: SIM115
    for info in stack.enter_context(tar):
        if not info.isdir():
            reason = "" if info.isreg() else NO_ORDINARY_FILE
            chunks = functools.partial(_chunks, counts, functools.partial(tar.extractfile, info))
            yield Entry(info.name, info.size, float(info.mtime), chunks, reason)


def _zip_entries(
    archive: IO[bytes], budget: Budget, stack: contextlib.ExitStack
) -> Iterator[Entry]:
    _refuse_long_directory(archive, budget)
    opened = stack.enter_context(zipfile.ZipFile(archive))
    for info in opened.infolist():
        ordinary = stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG)
        reason = "" if ordinary else NO_ORDINARY_FILE
        reason = LOCKED if info.flag_bits & 1 else reason
        if not info.is_dir():
            chunks = functools.partial(_chunks, True, functools.partial(opened.open, info))
            yield Entry(info.filename, info.file_size, _zip_time(info), chunks, reason)


def _refuse_long_directory(archive: IO[bytes], budget: Budget) -> None:
    """Refuse a ZIP whose table of contents alone would fill the memory, before it is read."""
    size = archive.seek(0, io.SEEK_END)
    archive.seek(max(0, size - (1 << 16) - 100))
    tail = archive.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("has no table of contents")
    (length,) = struct.unpack_from("<I", tail, at + 12)
    record = at - 20 - 56
    if record >= 0 and tail[record : record + 4] == b"PK\6\6":
        (length,) = struct.unpack_from("<Q", tail, record + 40)
    if length > budget.listed * 500:
        raise ArchiveRefused(f"holds more than {budget.listed} files")


def rescued(content: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """The files of a ZIP whose table of contents did not arrive, each found by its beginning."""
    for match in re.finditer(re.escape(_ZIP), content[: len(content) - 30]):
        flags, method = struct.unpack_from("<HH", content, match.start() + 6)
        size, name_length, extra_length = struct.unpack_from("<I4xHH", content, match.start() + 18)
        start = match.end() + 26
        name = content[start : start + name_length].decode("utf-8", "replace")
        start += name_length + extra_length
        if flags & 1 or name.endswith("/"):
            continue
        if method == 0:
            budget.take(size)
            yield name, content[start : start + size]
        elif method == 8:
            with contextlib.suppress(zlib.error):
                yield name, _inflated(memoryview(content)[start:], budget)


def _inflated(packed: memoryview, budget: Budget) -> bytes:
    """What a compressed text has up to its end, which may be missing."""
    decompress = zlib.decompressobj(-15)
    found = bytearray()
    for start in range(0, len(packed), CHUNK):
        chunk = decompress.decompress(packed[start : start + CHUNK])
        budget.take(len(chunk))
        found += chunk
        if decompress.eof:
            break
    return bytes(found)


def reason_for(error: Exception) -> str:
    """Why an entry could not be read, one of DAMAGED, as the end of a sentence."""
    if isinstance(error, NotImplementedError):
        return "is compressed in a way that is not known here"
    return LOCKED if "password" in str(error) else DAMAGED_ENTRY


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


def more_than(size: int) -> str:
    return f"more than {size / 1e6:.0f} MB"
