"""The whole sample class, graded with and without a wall: the same notebooks to the last output."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from autograder.authoring.sample import sample_class
from autograder.exercise.source_notebooks import load_exercise
from autograder.grading.grade import grade_submission
from autograder.grading.run_notebook import Settings
from autograder.repair.receipt import escape
from autograder.result import to_json
from autograder.sandbox import open_sandbox
from autograder.submission.files import SubmittedFile

EXERCISE = load_exercise("exercise09", Path(__file__).parents[2] / "source")
CLASS = sample_class(EXERCISE)
WITH_PICTURES = "ada"
"""Whose notebooks also draw the source's pictures, in the same process, so to the same byte."""


@pytest.fixture(scope="module")
def graded():
    """What each student's submission came to, behind the wall and without one."""
    results = []
    for sandboxed in (True, False):
        with open_sandbox(sandboxed=sandboxed) as factory:
            results.append({name: _graded(name, factory) for name in CLASS})
    return results


@pytest.mark.parametrize("student", CLASS)
def test_outputs_and_scores_are_the_same_with_and_without_the_sandbox(graded, student):
    with_wall, without = (one[student] for one in graded)

    assert with_wall == without
    assert any(cell.get("outputs") for one in with_wall["notebooks"] for cell in _cells(one))


def test_pictures_and_tracebacks_are_among_what_was_compared(graded):
    outputs = [
        output
        for result in graded[0].values()
        for one in result["notebooks"]
        for cell in _cells(one)
        for output in cell.get("outputs", ())
    ]

    assert any("<img" in output.get("data", {}).get("text/html", "") for output in outputs)
    assert any(output["output_type"] == "error" for output in outputs)
    assert any(output["output_type"] == "stream" for output in outputs)


def _graded(student: str, factory) -> dict:
    files = tuple(
        SubmittedFile(name, len(text.encode()), text.encode())
        for name, text in CLASS[student].items()
    )
    settings = Settings(run_pictures=student == WITH_PICTURES)
    text = json.dumps(to_json(grade_submission(files, EXERCISE, factory, settings)))
    result = json.loads(re.sub(r"0x[0-9a-f]{6,}", "0x", text))
    # That and the receipt name the wall, as they should.
    assert result.pop("sandbox") == factory.description
    assert escape(factory.description) in result.pop("receipt")
    return result


def _cells(notebook: dict) -> list[dict]:
    return notebook["content"]["cells"]
