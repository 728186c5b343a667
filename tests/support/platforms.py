"""Downloads as Moodle, Canvas and ILIAS make them, and archives that nobody should make."""

from __future__ import annotations

import io
import json
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

DOWNLOADED = (2024, 12, 9, 10, 0, 0)


def notebook(text: str = "") -> bytes:
    """A notebook that is told from others by its text."""
    cell = {"id": "a", "cell_type": "markdown", "metadata": {}, "source": text}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content).encode()


def zipped(files: Mapping[str, bytes], when: tuple[int, ...] = DOWNLOADED) -> bytes:
    """A ZIP file with these names, exactly as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, when), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def moodle(
    people: Mapping[tuple[str, int], Mapping[str, bytes]], folders: bool = True, **more
) -> bytes:
    """Moodle: "Download all submissions", with or without folders."""
    join = "_/" if folders else "_"
    return zipped(
        {
            f"{name}_{number}_assignsubmission_file{join}{file}": content
            for (name, number), files in people.items()
            for file, content in files.items()
        },
        **more,
    )


def canvas(uploads: Mapping[tuple[str, int, int, str], bytes], **more) -> bytes:
    """Canvas: "Download Submissions". People are "lovelaceada" or, if late, "lovelaceada_LATE"."""
    return zipped(
        {
            f"{name}_{number}_{upload}_{file}": content
            for (name, number, upload, file), content in uploads.items()
        },
        **more,
    )


def ilias(people: Mapping[str, Mapping[str, bytes]], title: str = "Blatt_9_Netze_1", **more):
    """ILIAS: "Download all submissions". People are "Lovelace_Ada_alovel_4711"."""
    return zipped(
        {
            f"{title}/Abgaben/{person}/{file}": content
            for person, files in people.items()
            for file, content in files.items()
        },
        **more,
    )


def with_link(name: str, target: str) -> bytes:
    """A ZIP file whose only entry is a symbolic link."""
    buffer = io.BytesIO()
    info = zipfile.ZipInfo(name, DOWNLOADED)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, target)
    return buffer.getvalue()


def tarred(*infos: tuple[tarfile.TarInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for info, content in infos:
            info.size = len(content) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def lying(name: str, real: int, declared: int) -> bytes:
    """A ZIP file with an entry that unpacks to more than it declares."""
    content = zipped({name: bytes(real)})
    right, wrong = struct.pack("<I", real), struct.pack("<I", declared)
    return content.replace(right, wrong)


def overlapping(entries: int, size: int) -> bytes:
    """A ZIP file whose entries all share the same compressed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(bytes(size)) + packer.flush()
    crc = zlib.crc32(bytes(size))
    head = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(data), size, 1, 0)
    body = head + b"a" + data
    directory = b""
    for number in range(entries):
        name = f"{number}".encode()
        fields = (
            0x02014B50,
            20,
            20,
            0,
            8,
            0,
            33,
            crc,
            len(data),
            size,
            len(name),
            0,
            0,
            0,
            0,
            0,
            0,
        )
        directory += struct.pack("<IHHHHHHIIIHHHHHII", *fields) + name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, entries, entries, len(directory), len(body), 0)
    return body + directory + end


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
