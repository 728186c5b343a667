"""Regrade requests: read as students write them, listed with the verdict, accepted, declined."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from support.courses import ASSIGNMENT, run

from autograder.attempts.rules import digest_of
from autograder.course.course import open_course
from autograder.errors import CourseError
from autograder.requests import deciding
from autograder.requests.listing import all_requests
from autograder.requests.reading import requests_of, split_requests
from autograder.submission.files import SubmittedFile

TASKS = ("convolve", "convolution_matrix", "explain_rescaling")


def read(text: str) -> list[tuple[str, str]]:
    return [(one.task, one.reason) for one in requests_of("ada", [("regrade.md", text)], TASKS)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Regrade request\nconvolve: it is right", [("convolve", "it is right")]),
        ("# Regrade request: convolve\nIt is\nright.", [("convolve", "It is right.")]),
        ("**convolve** - it is", [("convolve", "it is")]),
        (
            "regrade request\n- `convolution_matrix`: a\n  b\n- test_convolve: c",
            [("convolution_matrix", "a b"), ("convolve", "c")],
        ),
        ("I think that I am right.", [("", "I think that I am right.")]),
        ("", []),
        ("convolve: a\nconvolve: b", [("convolve", "b")]),
        ("convolved: no task", [("", "convolved: no task")]),
    ],
)
def test_a_request_is_read_as_students_write_it(text, expected):
    assert expected == read(text)


def notebook(*sources: str) -> SubmittedFile:
    cells = [{"cell_type": "markdown", "source": source, "metadata": {}} for source in sources]
    content = json.dumps({"cells": cells}).encode()
    return SubmittedFile("convolution.ipynb", len(content), content)


def test_a_request_is_no_part_of_the_submission():
    file = SubmittedFile("regrade request.md", 9, b"convolve: x")
    texts, others = split_requests([notebook("x = 1", "Regrade request: convolve\nwhy"), file])

    assert ["Regrade request: convolve\nwhy", "convolve: x"] == [text for _, text in texts]
    assert digest_of([notebook("x = 1")]) == digest_of(others)


def test_a_notebook_without_a_request_stays_byte_for_byte():
    one = notebook("I say: no regrade request here")
    broken = SubmittedFile("a.ipynb", 20, b"{regrade request")

    assert ([], (one, broken)) == split_requests([one, broken])


@pytest.fixture(scope="module")
def asked(graded, tmp_path_factory) -> Path:
    """A graded course in which two students ask."""
    course = Path(shutil.copytree(graded[0], tmp_path_factory.mktemp("asked") / "course"))
    folder = course / "requests" / "mixed" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "regrade.md").write_text("convolution_matrix: \x1b[31mmine is\x07 right")
    folder = course / "submitted" / "kurt" / ASSIGNMENT
    (folder / "regrade.txt").write_text("please look again")
    return course


def test_requests_are_listed_with_verdict_criterion_and_call(asked):
    said = run(asked, "autograder", "requests", ASSIGNMENT)

    assert "mixed:convolution_matrix: 0 of 4 points" in said
    assert "asks: \N{REPLACEMENT CHARACTER}[31mmine is\N{REPLACEMENT CHARACTER} right" in said
    assert "fails: " in said and "call: convolution_matrix(" in said and "came back: " in said
    assert "kurt:?: no verdict" in said and said.rstrip().endswith("2 requests")


def test_accepting_changes_one_score_and_the_request_is_closed(asked, copy_of):
    course = copy_of(asked)
    command = ("autograder", "requests", ASSIGNMENT)
    done = ("--points", "3", "--comment", "You are right.")
    said = run(course, *command, "--accept", "mixed:convolution_matrix", *done)

    assert "mixed:convolution_matrix: 0 -> 3 points" in said
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        where = ("convolution", ASSIGNMENT, "mixed")
        grade = gradebook.find_grade("test_convolution_matrix", *where)
        assert (3, 0, False) == (grade.manual_score, grade.auto_score, grade.needs_manual_grade)
        comment = gradebook.find_comment("convolution_matrix", *where)
        assert "You are right." == comment.manual_comment
    assert run(course, *command).rstrip().endswith("1 request")


@pytest.mark.parametrize(
    "options, part",
    [
        (("--accept", "kurt:?", "--points", "1"), "names no task"),
        (("--accept", "nobody:convolve", "--points", "1"), "there is no request"),
        (("--accept", "mixed:convolution_matrix"), "needs either --points or --as-variant"),
    ],
)
def test_an_answer_that_is_none_is_refused_in_a_line(asked, options, part):
    said = run(asked, "autograder", "requests", ASSIGNMENT, *options, ok=False)

    assert part in said and "Traceback" not in said


def test_points_that_a_task_does_not_give_are_refused(asked, exercise):
    [request] = [one for one in all_requests(open_course(asked), exercise) if one.task]
    with pytest.raises(CourseError, match="between 0 and 4 points"):
        deciding.give_points(open_course(asked), exercise, request, 5, "")


def test_an_answer_becomes_a_variant_once(exercise, tmp_path, monkeypatch):
    variants = tmp_path / ASSIGNMENT / "variants"
    variants.mkdir(parents=True)
    (variants / "convolve.py").write_text("# %% plain\ndef convolve(x, h):\n    pass\n")
    monkeypatch.setattr(deciding, "PACKAGE", tmp_path)
    source = "def convolve(x, h):\n    return 1\n"

    taken = exercise.variants("convolve")[0].name

    path = deciding.add_variant(exercise, "convolve", "as_ada_does", source)
    deciding.add_variant(exercise, "convolve", "as_ada_does", source)

    assert path.read_text().endswith(f"    pass\n\n\n# %% as_ada_does\n{source}")
    for name, text in (("No Name", source), ("x", "# %% other\n"), (taken, "x = 1\n")):
        with pytest.raises(CourseError):
            deciding.add_variant(exercise, "convolve", name, text)
