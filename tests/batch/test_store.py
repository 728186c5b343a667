"""Stored results: a changed hidden test concerns its notebook, and parts put together are whole."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from autograder.batch import store as storing
from autograder.batch.pool import grade_all
from autograder.batch.store import Store, files_of_notebook
from autograder.course.lock import exclusive_run
from autograder.errors import CourseError
from autograder.grading.grade import grade_submission
from autograder.grading.prepared import pack_result
from autograder.grading.run_notebook import Settings
from autograder.grading.worker import setup_for
from autograder.sandbox import Limits
from autograder.submission.files import SubmittedFile


def files(solved) -> tuple[SubmittedFile, ...]:
    return tuple(
        SubmittedFile(name, len(text.encode()), text.encode()) for name, text in solved.items()
    )


@pytest.fixture
def result(exercise, solved):
    from autograder.sandbox import open_sandbox

    factory = open_sandbox(sandboxed=False)
    try:
        yield grade_submission(files(solved), exercise, factory)
    finally:
        factory.close()


def change(monkeypatch, changed: Path) -> None:
    """Let one file of the package look changed."""
    digests = storing._digest_of_files

    def with_change(paths):
        return [*digests(paths), *(("changed", "") for path in paths if path == changed)]

    monkeypatch.setattr(storing, "_digest_of_files", with_change)


def test_what_is_stored_comes_back(tmp_path, exercise, solved, result):
    store = Store(tmp_path, exercise, {})
    key = store.key(files(solved))
    assert not store.has(key)
    store.save(key, pack_result(result))

    assert store.has(key)
    assert store.load(key) == result
    assert Store(tmp_path, exercise, {}).load(key) == result


def test_a_changed_test_regrades_its_notebook_and_no_other(
    tmp_path, exercise, solved, result, monkeypatch
):
    before = Store(tmp_path, exercise, {})
    before.save(before.key(files(solved)), pack_result(result))
    package = storing.PACKAGE / exercise.name
    change(monkeypatch, package / "mistakes" / "convolve.py")

    after = Store(tmp_path, exercise, {})

    assert not after.has(after.key(files(solved)))
    assert set(after.known(after.key(files(solved)))) == {"batch_norm"}


def test_a_changed_limit_regrades_everything(tmp_path, exercise, solved, result):
    before = Store(tmp_path, exercise, {"limits": {"cell_seconds": 30}})
    before.save(before.key(files(solved)), pack_result(result))

    after = Store(tmp_path, exercise, {"limits": {"cell_seconds": 31}})

    assert not after.has(after.key(files(solved)))
    assert {} == after.known(after.key(files(solved)))


def test_a_known_result_is_taken_as_it_stands(exercise, solved, result):
    """Only the other notebook is opened."""
    from autograder.sandbox import open_sandbox

    factory = open_sandbox(sandboxed=False)
    try:
        started = factory.open
        opened = []
        factory.open = lambda *how: opened.append(1) or started(*how)
        known = {"batch_norm": result.notebooks[0]}
        assert known["batch_norm"].name == "batch_norm"
        again = grade_submission(files(solved), exercise, factory, Settings(), known)
    finally:
        factory.close()

    assert len(opened) == 1
    assert again == result


def test_shared_modules_concern_the_notebooks_that_import_them(exercise):
    names = {
        notebook: {path.name for path in files_of_notebook(exercise, notebook)}
        for notebook in exercise.notebooks
    }

    assert {"batch_norm.py", "batches.py", "properties.py"} <= names["batch_norm"]
    assert "batches.py" not in names["convolution"]
    assert "convolve.py" in names["convolution"]
    assert "convolve.py" not in names["batch_norm"]


def test_damaged_parts_count_as_not_there(tmp_path, exercise, solved, result):
    store = Store(tmp_path, exercise, {})
    key = store.key(files(solved))
    store.save(key, pack_result(result))
    for path in tmp_path.rglob("*.json"):
        path.write_bytes(path.read_bytes()[:-20])

    assert store.load(key) is None
    assert store.known(key) == {}


def test_no_worker_starts_for_nothing(exercise):
    setup = setup_for(exercise, Limits(), True, Settings())

    def never():
        raise AssertionError("an executor was made")

    assert list(grade_all((), setup, never)) == []


def test_a_second_run_in_the_same_course_is_refused_in_a_line(tmp_path):
    with exclusive_run(tmp_path, tmp_path):
        second = exclusive_run(tmp_path, tmp_path)
        with pytest.raises(CourseError, match="another 'autograder grade' is at work"), second:
            pass
    with exclusive_run(tmp_path, tmp_path):
        pass


def test_results_with_other_remarks_keep_them(tmp_path, exercise, solved, result):
    store = Store(tmp_path, exercise, {})
    key = store.key(files(solved))
    changed = dataclasses.replace(result, sandbox="NO SANDBOX", gradeable=False)
    store.save(key, pack_result(changed))

    assert store.load(key) == changed
