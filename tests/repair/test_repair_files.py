"""Reading a submission's folder: nothing is followed, nothing large is read, nothing raises."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from autograder.repair import repair
from autograder.repair.reading.decode import decode
from autograder.repair.reading.lenient_json import parse_cells, parse_strictly
from autograder.submission.files import SubmittedFile, read_submission
from repair.damaged import submitted
from repair.damaged.undamaged import exercise, undamaged


def test_files_are_read_with_paths_relative_to_the_folder(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.ipynb").write_bytes(b"{}")
    (tmp_path / "a.ipynb").write_bytes(b"[]")

    assert [(file.path, file.content) for file in read_submission(tmp_path)] == [
        ("a.ipynb", b"[]"),
        ("sub/b.ipynb", b"{}"),
    ]


def test_links_are_not_followed(tmp_path):
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "convolution.ipynb").symlink_to(tmp_path / "secret")
    (folder / "all").symlink_to("/")
    files = read_submission(folder)

    assert [file.content for file in files] == [None, None]
    assert all("link" in file.reason for file in files)


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    with open(tmp_path / "convolution.ipynb", "wb") as stream:
        stream.truncate(500_000_000)
    (file,) = read_submission(tmp_path)

    assert file.content is None
    assert file.size == 500_000_000
    assert "too large" in file.reason


def test_pipes_and_folders_named_like_notebooks_are_reasons(tmp_path):
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "convolution.ipynb").mkdir()
    files = read_submission(tmp_path)

    assert [file.reason for file in files] == ["is a folder", "is not an ordinary file"]


def test_a_folder_that_is_not_there_gives_a_reason(tmp_path):
    (file,) = read_submission(tmp_path / "nobody")

    assert "could not be opened" in file.reason


def test_many_files_are_cut_short(tmp_path):
    for k in range(600):
        (tmp_path / f"{k:03}.txt").touch()

    assert len(read_submission(tmp_path)) == 501


def zipped(entries: dict[str, bytes]) -> SubmittedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return SubmittedFile("s.zip", len(packed.getvalue()), packed.getvalue())


def test_a_zip_bomb_is_not_unpacked():
    repaired = repair([zipped({"a.ipynb": b" " * 100_000_000})], exercise())

    assert any("unpacks to more" in remark.sentence for remark in repaired.remarks)
    assert not any(file.used_as for file in repaired.received)


def test_names_in_an_archive_are_only_names():
    repaired = repair(
        [zipped({"../../../etc/passwd.ipynb": undamaged()["convolution.ipynb"]})], exercise()
    )

    assert len(repaired.answers["convolution"]) == 4


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500])
def test_a_broken_archive_is_a_reason(content):
    repaired = repair([SubmittedFile("s.zip", len(content), content)], exercise())

    assert any("damaged" in remark.sentence for remark in repaired.remarks)


def test_nothing_handed_in_is_for_a_person_to_look_at():
    repaired = repair([], exercise())

    assert max(remark.urgency for remark in repaired.remarks) == 3
    assert set(repaired.notebooks) == set(exercise().notebooks)


def test_a_missing_notebook_is_named_with_its_points():
    files = {"convolution.ipynb": undamaged()["convolution.ipynb"]}
    (remark,) = repair(submitted(files), exercise()).remarks

    assert remark.notebook == "batch_norm"
    assert remark.points == 20
    assert "not handed in" in remark.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_texts_come_back_from_any_encoding(encoding):
    text = '{"source": ["h̃ = Größe  # λ"], "cells": []}'

    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ('{"cells": [{"cell_type": "code", "source": ["a",]},]}', [["a"]]),
        ('{"cells": [{"cell_type": "code", "source": ["a", "b', [["a", "b"]]),
        ('{"cells": [{"cell_type": "code" "source": "x"} {"cell_type": "code", "source": "y"}',
         ["x", "y"]),
        ('{"cells": [{"cell_type": "code", "source": ["a"\n {"cell_type": "raw", "source": "b"}]}',
         [["a"], "b"]),
        ('"cell_type": "code"', []),
        ('{"cells": [{"cell_type": "code", "source": "\\x"}', ["x"]),
        ("", []),
    ],
)  # fmt: skip
def test_damaged_json_gives_the_cells_that_are_in_it(text, sources):
    assert [cell.get("source") for cell in parse_cells(text)] == sources


def test_json_that_overflows_the_stack_is_an_error_that_is_caught():
    with pytest.raises(ValueError, match="nested"):
        parse_strictly("[" * 100_000)
