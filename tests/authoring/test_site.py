"""The site of the release: what goes into it, and that nothing hidden does."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from support.courses import ASSIGNMENT, REPOSITORY

from autograder.authoring.site import _hidden_lines, build_site, complete_lock
from autograder.course.course import open_course
from autograder.errors import CourseError

NUMPY = "numpy-2.4.6-cp314-cp314-pyemscripten_2026_0_wasm32.whl"


@pytest.fixture
def pyodide(tmp_path):
    """A folder as Pyodide's core has it: a list of packages, and none of them."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        (folder / name).touch()
    numpy = {"file_name": NUMPY, "sha256": hashlib.sha256(b"numpy").hexdigest(), "depends": []}
    packages = {
        "numpy": numpy,
        "ipython": {
            "file_name": "ipython-9.12.0-py3-none-any.whl",
            "sha256": "of Pyodide's own copy",
            "depends": ["six"],
        },
        "six": {"file_name": "six-1.17.0-py3-none-any.whl", "sha256": "0", "depends": []},
    }
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": {}, "packages": packages}))
    (tmp_path / "wheels").mkdir()
    return folder


def test_packages_are_found_under_the_registrys_names_and_missing_ones_named(pyodide, tmp_path):
    wheels = tmp_path / "wheels"
    (wheels / "ipython-9.12.0-py3-none-any.whl").write_bytes(b"ipython")
    (wheels / "six-1.17.0-py2.py3-none-any.whl").write_bytes(b"six")

    lock, files, missing = complete_lock(pyodide / "pyodide-lock.json", [wheels])

    assert [NUMPY] == missing
    assert {"ipython", "six"} == set(lock["packages"])
    assert "six-1.17.0-py2.py3-none-any.whl" == lock["packages"]["six"]["file_name"]
    assert hashlib.sha256(b"ipython").hexdigest() == lock["packages"]["ipython"]["sha256"]
    assert 2 == len(files)


def test_another_file_under_the_name_of_a_compiled_package_is_refused(pyodide, tmp_path):
    (tmp_path / "wheels" / NUMPY).write_bytes(b"something else")

    with pytest.raises(CourseError, match="is not the file that Pyodide's release has"):
        complete_lock(pyodide / "pyodide-lock.json", [tmp_path / "wheels"])


def test_a_site_without_numpy_is_not_made(pyodide, tmp_path, exercise):
    program = tmp_path / "jupyter-lite"
    program.touch()
    course = open_course(REPOSITORY)

    with pytest.raises(CourseError, match=NUMPY):
        build_site(course, exercise, tmp_path / "site", program, pyodide, [tmp_path / "wheels"])
    assert not (tmp_path / "site").exists()


def test_a_folder_that_is_no_site_is_not_replaced(pyodide, tmp_path, exercise):
    course = open_course(REPOSITORY)

    with pytest.raises(CourseError, match="is no site"):
        build_site(course, exercise, tmp_path, pyodide, pyodide, [tmp_path / "wheels"])


def test_the_release_has_no_hidden_line_and_the_source_has(tmp_path, exercise):
    shutil.copytree(REPOSITORY / "release" / ASSIGNMENT, tmp_path / "release")
    assert [] == list(_hidden_lines(tmp_path, exercise))

    shutil.copytree(REPOSITORY / "source" / ASSIGNMENT, tmp_path / "source")
    found = list(_hidden_lines(tmp_path, exercise))

    assert ["source/batch_norm.ipynb", "source/convolution.ipynb"] == found
