"""Archives inside a submission, opened within limits on number, size and depth.

Nothing is written, so that the names in an archive can do no harm. The sizes that it declares are
not believed.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import posixpath
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from autograder.submission.files import SubmittedFile

MAX_MEMBERS = 300
MAX_UNPACKED_BYTES = 60_000_000

_ZIP = b"PK\x03\x04"
Opener = Callable[[io.BytesIO], gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]
Entries = Iterator[tuple[str, int, IO[bytes] | str]]
"""Name, size, and a stream or the reason why there is none."""

_COMPRESSED: dict[bytes, Opener] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
_NO_ARCHIVES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".npz", ".whl", ".jar")
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)


def is_archive(file: SubmittedFile) -> bool:
    content = file.content or b""
    if file.path.lower().endswith(_NO_ARCHIVES):
        return False
    return (
        content.startswith((_ZIP, *_COMPRESSED))
        or _is_tar(content)
        or (file.path.lower().endswith(".zip") and _ZIP in content)
    )


def unpack(archive: SubmittedFile) -> tuple[list[SubmittedFile], str]:
    """The files in an archive, and what could not be unpacked, as the end of a sentence."""
    content = archive.content or b""
    for mark, opener in _COMPRESSED.items():
        if content.startswith(mark):
            return _unpack_compressed(archive, opener)
    entries = _tar_entries(content) if _is_tar(content) else _zip_entries(content)
    return _members(archive, entries)


def _is_tar(content: bytes | bytearray) -> bool:
    return content[257:262] == b"ustar"


def _members(archive: SubmittedFile, entries: Entries) -> tuple[list[SubmittedFile], str]:
    """Read entries within the limits."""
    members: list[SubmittedFile] = []
    budget = MAX_UNPACKED_BYTES
    try:
        for name, size, opened in entries:
            if len(members) == MAX_MEMBERS:
                return [], f"holds more than {MAX_MEMBERS} files and was not unpacked"
            path = f"{archive.path}/{name.encode('utf-8', 'replace').decode('utf-8')}"
            if isinstance(opened, str):
                members.append(SubmittedFile(path, size, None, opened))
                continue
            with opened as stream:
                content = stream.read(budget + 1)
            if len(content) > budget:
                reason = "unpacks to more than may be read"
                members.append(SubmittedFile(path, size, None, reason))
                continue
            budget -= len(content)
            members.append(SubmittedFile(path, len(content), content))
    except _DAMAGED:
        known = {member.path for member in members}
        rescued = [one for one in _rescued(archive, budget) if one.path not in known]
        return members + rescued, "is damaged; what could be unpacked was taken"
    return members, ""


def _zip_entries(content: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        infos = [info for info in opened.infolist() if not info.is_dir()]
        for info in sorted(infos[: MAX_MEMBERS + 1], key=lambda info: info.filename):
            locked = info.flag_bits & 1
            stream = "is locked with a password" if locked else opened.open(info)
            yield info.filename, info.file_size, stream


def _tar_entries(content: bytes) -> Entries:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as opened:
        for info in opened:
            if info.isreg() and (stream := opened.extractfile(info)) is not None:
                yield info.name, info.size, stream
            elif not info.isdir():
                yield info.name, 0, "is a link or no ordinary file"


def _unpack_compressed(archive: SubmittedFile, opener: Opener) -> tuple[list[SubmittedFile], str]:
    """What is in a single compressed file: a file, or an archive that was compressed as a whole."""
    content, problem = bytearray(), ""
    try:
        with opener(io.BytesIO(archive.content or b"")) as stream:
            while piece := stream.read(1 << 16):
                content += piece
                if len(content) > MAX_UNPACKED_BYTES:
                    return [], "unpacks to more than may be read"
    except _DAMAGED:
        problem = "is damaged; what could be unpacked was taken"
    if _is_tar(content):
        members, trouble = _members(archive, _tar_entries(bytes(content)))
        return members, trouble or problem
    name = posixpath.basename(archive.path)
    name = re.sub(r"\.(gz|bz2|xz|tgz|tbz2?|txz)$", "", name, flags=re.IGNORECASE)
    path = f"{archive.path}/{name}"
    return [SubmittedFile(path, len(content), bytes(content))] if content else [], problem


def _rescued(archive: SubmittedFile, budget: int) -> Iterator[SubmittedFile]:
    """The files of a ZIP whose table of contents did not arrive, each found by its beginning."""
    content = archive.content or b""
    for match in list(re.finditer(re.escape(_ZIP), content))[:MAX_MEMBERS]:
        header = content[match.start() : match.start() + 30]
        if len(header) < 30:
            return
        flags, method = struct.unpack_from("<HH", header, 6)
        packed_size, name_length, extra_length = struct.unpack_from("<I4xHH", header, 18)
        start = match.start() + 30
        name = content[start : start + name_length].decode("utf-8", "replace")
        start += name_length + extra_length
        if flags & 1 or method not in (0, 8) or name.endswith("/"):
            continue
        if method == 8:
            try:
                data = zlib.decompressobj(-15).decompress(content[start:], budget)
            except zlib.error:
                continue
        else:
            data = content[start : start + min(packed_size, budget)]
        budget -= len(data)
        if data and budget > 0:
            yield SubmittedFile(f"{archive.path}/{name}", len(data), data)
