"""All archives of a submission share one budget, and notebooks are not what it is short of."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import time
import zipfile

import pytest

from autograder.repair import repair
from autograder.repair.reading import read_files as module
from autograder.repair.reading.read_files import read_files
from autograder.submission.files import SubmittedFile
from repair.damaged.undamaged import exercise, undamaged

MB = 1_000_000
ANSWERED = dict(undamaged())


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def handed_in(files: dict[str, bytes]) -> list[SubmittedFile]:
    return [SubmittedFile(path, len(content), content) for path, content in files.items()]


def unpacked_bytes(files: dict[str, bytes]) -> int:
    read = read_files(handed_in(files))
    return sum(len(one.file.content or b"") for one in read if "/" in one.file.path)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(module, "MAX_UNPACKED_BYTES", 2 * MB)
    monkeypatch.setattr(module, "MAX_UNPACKED_FILES", 20)


@pytest.mark.parametrize("pack", [zipped, tarred, lambda files: gzip.compress(files["0"])])
def test_many_archives_unpack_to_no_more_than_one(small, pack):
    bomb = pack({"0": bytes(MB)})

    assert unpacked_bytes({f"{n}.zip": bomb for n in range(30)}) <= 2 * MB


def test_archives_in_archives_unpack_to_no_more_than_one(small):
    inner = zipped({str(n): bytes(MB) for n in range(5)})
    outer = zipped({f"{n}.zip": inner for n in range(5)})

    assert unpacked_bytes({f"{n}.zip": outer for n in range(5)}) <= 2 * MB


def test_many_archives_hold_no_more_files_than_one(small):
    packed = zipped({f"{n}.txt": b"x" for n in range(15)})

    read = read_files(handed_in({f"{n}.zip": packed for n in range(10)}))

    assert sum("/" in one.file.path for one in read) <= 20


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_notebook_is_read_beside_an_archive_that_unpacks_to_too_much(small, pack):
    bomb = pack({f"{n}.bin": bytes(MB) for n in range(9)})
    packed = {"z.zip": zipped(ANSWERED)}

    repaired = repair(handed_in({"a.zip": bomb} | packed), exercise())

    assert repaired.answers == repair(handed_in(ANSWERED), exercise()).answers


def test_a_notebook_is_read_in_an_archive_with_too_many_files(small):
    beside = {f"a/{n}.csv": b"x" for n in range(100)}

    for pack in (zipped, tarred):
        repaired = repair(handed_in({"a.zip": pack(beside | ANSWERED)}), exercise())
        assert all(repaired.answers.values())


def test_a_notebook_is_read_in_an_archive_beside_a_file_that_is_too_large(small):
    packed = zipped({"a.bin": bytes(5 * MB)} | ANSWERED)

    repaired = repair(handed_in({"a.zip": packed}), exercise())

    assert all(repaired.answers.values())


def test_an_entry_that_is_damaged_costs_no_other(small):
    packed = bytearray(zipped({"a.csv": b"much " * 500} | ANSWERED, zipfile.ZIP_STORED))
    packed[packed.index(b"much") + 9] ^= 1

    repaired = repair(handed_in({"a.zip": bytes(packed)}), exercise())

    assert all(repaired.answers.values())


def test_headers_of_a_tar_take_no_square_of_their_length():
    info = tarfile.TarInfo("a")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info.type, info.size = tarfile.XHDTYPE, MB
        archive.addfile(info, io.BytesIO(b"1" * MB))
    start = time.process_time()

    read_files(handed_in({"a.tar": packed.getvalue()}))

    # The square takes hours.
    assert time.process_time() - start < 60


def test_many_drafts_of_one_notebook_are_all_read():
    notebook = json.loads(ANSWERED["convolution.ipynb"])
    drafts = {f"convolution{n}.ipynb": json.dumps(notebook).encode() for n in range(30)}

    repaired = repair(handed_in({"a.zip": zipped(drafts)}), exercise())

    assert repaired.answers["convolution"]
