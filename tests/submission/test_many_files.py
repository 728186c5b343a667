"""Among however many files, notebooks are the ones that are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.submission import files as module
from autograder.submission.files import MAX_FILES, comes_late, read_submission


def laid(folder: Path, *paths: str) -> Path:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    return folder


def contents(folder: Path) -> set[str]:
    return {file.path for file in read_submission(folder) if file.content is not None}


@pytest.mark.parametrize("beside", ["a{}.py", "a{}.csv", "a/{}.json", "a{}.zip", "a/b/{}.md"])
def test_a_notebook_is_read_though_more_files_than_are_read_come_before_it(tmp_path, beside):
    folder = laid(tmp_path, *(beside.format(n) for n in range(MAX_FILES + 100)), "z/z/work.ipynb")

    assert "z/z/work.ipynb" in contents(folder)
    assert len(contents(folder)) == MAX_FILES


def test_the_time_of_handing_in_is_read_though_there_are_many_files(tmp_path):
    folder = laid(tmp_path, *(f"a{n}.ipynb" for n in range(MAX_FILES - 1)), "b.py", "timestamp.txt")

    assert "timestamp.txt" in contents(folder)
    assert "b.py" not in contents(folder)


def test_a_notebook_is_seen_though_more_files_than_are_looked_at_come_before_it(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(module, "MAX_LISTED", 50)
    monkeypatch.setattr(module, "MAX_FILES", 10)
    folder = laid(tmp_path, *(f"a/{n}.csv" for n in range(60)), "z/work.ipynb", "zz.ipynb")

    assert {"zz.ipynb"} <= contents(folder)

    folder = laid(tmp_path / "other", *(f"a{n}.csv" for n in range(60)), "z.ipynb")

    assert "z.ipynb" in contents(folder)


def test_where_a_course_lies_says_nothing_about_its_files(tmp_path):
    folder = laid(tmp_path / "venv" / "env", *(f"a{n}.py" for n in range(MAX_FILES)), "z.ipynb")

    assert "z.ipynb" in contents(folder)


def test_what_is_not_read_is_said_once(tmp_path):
    folder = laid(tmp_path, *(f"{n:04}.csv" for n in range(MAX_FILES + 5)), "work.ipynb")

    (unread,) = [file for file in read_submission(folder) if file.content is None]

    assert unread.reason == f"and others were not read: there are more than {MAX_FILES} files"


def test_files_come_sorted_by_path(tmp_path):
    folder = laid(tmp_path, "b/a.csv", "a.py", "c.ipynb", "b.txt", "a/z.ipynb")

    assert [file.path for file in read_submission(folder)] == [
        "a/z.ipynb",
        "a.py",
        "b/a.csv",
        "b.txt",
        "c.ipynb",
    ]


@pytest.mark.parametrize(
    ("path", "late"),
    [
        ("work.ipynb", 0),
        ("a/work.ipynb.txt", 0),
        ("work.ipynb.zip", 0),
        ("WORK.IPYNB", 0),
        ("work (1).ipynb", 0),
        ("work.ipynb/data.csv", 2),
        ("handed-in.zip", 1),
        ("work.Rmd", 1),
        ("data.csv", 2),
        ("venv/lib/a.py", 3),
        ("a/.venv/work.ipynb", 3),
        (".ipynb_checkpoints/work-checkpoint.ipynb", 3),
        ("__MACOSX/._work.ipynb", 3),
        ("inventory/work.ipynb", 0),
    ],
)
def test_how_little_a_path_looks_like_a_notebook(path, late):
    assert comes_late(path) == late
