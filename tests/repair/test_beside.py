"""Files handed in beside a notebook are there when it runs: modules, packages, data, notebooks."""

from __future__ import annotations

import contextlib
import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.repair import repair
from autograder.repair.beside import MAX_BYTES, cell_with
from repair.damaged import index_of, own_cell, submitted, write
from repair.damaged.undamaged import exercise, released, undamaged


def laid(tmp_path, code, folder="", **files):
    """What lies in an empty folder after the cells that come first, and the remarks."""
    content = released(exercise().notebooks["convolution"])
    content["cells"].insert(index_of(content, "convolve"), own_cell(code))
    handed_in = {posixpath.join(folder, name): data for name, data in undamaged().items()} | {
        path.replace("__", "/"): data for path, data in files.items()
    }
    handed_in[posixpath.join(folder, "convolution.ipynb")] = write(content)
    repaired = repair(submitted(handed_in), exercise())
    with contextlib.chdir(tmp_path):
        for cell in repaired.notebooks["convolution"]["cells"]:
            if "as it was handed in" not in cell["source"]:
                break
            exec(cell["source"], {})
    found = {
        str(path.relative_to(tmp_path)): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    return found, [one for one in repaired.remarks if "beside" in one.sentence]


def paths(files):
    """Files by path, as keyword arguments cannot have slashes."""
    return {path.replace("/", "__"): data for path, data in files.items()}


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("import helper", {"helper.py": b"x = 1\n"}),
        ("%run helper.py", {"helper.py": b"x = 1\n"}),
        ("%run -i 'other.ipynb'", {"other.ipynb": b'{"cells": []}'}),
        ("from tools.norm import f", {"tools/norm.py": b"f = 1\n", "tools/more.py": b"\n"}),
        ("import a", {"a.py": b"import b\n", "b.py": b"open('c.txt')\n", "c.txt": b"3"}),
        ("one = np.loadtxt('data/one.csv')", {"data/one.csv": b"1\n"}),
        ("open(r'data\\one.csv')", {"data/one.csv": b"1\n"}),
        ("open('./picture.png', 'rb')", {"picture.png": bytes(range(256))}),
        ("np.load('x.npy')", {"x.npy": bytes(range(256)) * 200}),
    ],
    ids=[
        "import",
        "run",
        "run notebook",
        "package",
        "in turn",
        "data",
        "windows",
        "bytes",
        "large",
    ],
)
@pytest.mark.parametrize("folder", ["", "work/ada"])
def test_a_file_that_code_uses_is_laid_where_it_is_looked_for(tmp_path, code, files, folder):
    handed_in = {posixpath.join(folder, path): data for path, data in files.items()}
    if "data\\" in code:
        files = {"data/one.csv": b"1\n"}

    found, (remark,) = laid(tmp_path, code, folder, **paths(handed_in))

    assert found == files
    assert (remark.kind, remark.urgency) == ("repaired", 0)


def test_a_file_whose_folder_a_platform_lost_is_laid_into_it(tmp_path):
    found, _ = laid(tmp_path, "np.loadtxt('data/one.csv')", **paths({"one.csv": b"1\n"}))

    assert found["data/one.csv"] == b"1\n"


def test_a_file_that_code_puts_a_path_together_for_is_laid_at_its_own_path(tmp_path):
    code = "np.loadtxt(os.path.join('data', 'one.csv'))"

    found, _ = laid(tmp_path, code, **paths({"data/one.csv": b"1\n"}))

    assert found["data/one.csv"] == b"1\n"


def test_files_that_are_not_used_are_not_laid(tmp_path):
    found, remarks = laid(tmp_path, "import numpy", **paths({"other.py": b"", "x.csv": b"1"}))

    assert found == {}
    assert remarks == []


@pytest.mark.parametrize("name", ["/etc/x.csv", "../x.csv", "..\\x.csv", "a/../../x.csv"])
def test_nothing_is_laid_outside_of_the_notebooks_folder(tmp_path, name):
    found, _ = laid(tmp_path, f"open({name!r})", **paths({"x.csv": b"1"}))

    assert found == {}


def test_a_file_that_there_is_no_room_for_is_named(tmp_path):
    import random

    data = random.Random(0).randbytes(2 * MAX_BYTES)

    found, (remark,) = laid(tmp_path, "np.load('x.npy')", **paths({"x.npy": data}))

    assert found == {}
    assert "x.npy" in remark.sentence
    assert (remark.kind, remark.urgency) == ("unusable", 2)


@given(st.binary(max_size=300), st.booleans())
def test_a_file_is_laid_byte_for_byte(tmp_path_factory, content, often):
    content *= 200 if often else 1
    folder = tmp_path_factory.mktemp("laid")
    with contextlib.chdir(folder):
        exec(cell_with("a/b.bin", content).source, {})

    assert (folder / "a/b.bin").read_bytes() == content
