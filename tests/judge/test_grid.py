"""The picture in a verdict: the student's matrix with its wrong entries marked."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.exercise.calls import Reply
from autograder.feedback import clean_html
from autograder.judge.compare import DOUBLE
from autograder.judge.grid import grid_of, where
from autograder.judge.report import report_html, report_text
from autograder.result import CriterionResult, TaskResult, from_json, to_json

RIGHT = np.array([[31.0, 17.0, 0.0, 0.0], [0.0, 31.0, 17.0, 0.0], [0.0, 0.0, 31.0, 17.0]])


def changed(*entries: tuple[int, int]) -> np.ndarray:
    """The right matrix with 5 in place of these entries."""
    matrix = RIGHT.copy()
    for entry in entries:
        matrix[entry] = 5
    return matrix


def report_on(matrix) -> TaskResult:
    grid = grid_of(matrix, RIGHT, DOUBLE)
    failed = CriterionResult("it is right", 1, 0, False, call="matrix()", wrong="no", grid=grid)
    return TaskResult("matrix", 0, 1, (failed,))


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([(1, 2)], "the entry [1, 2]"),
        ([(0, 1), (1, 2), (2, 3)], "the diagonal from [0, 1]"),
        ([(1, 0), (2, 1), (0, 2), (1, 3)], "the diagonals from [1, 0] and [0, 2]"),
        ([(1, j) for j in range(4)], "the row 1"),
        ([(i, j) for i in range(3) for j in (0, 3)], "the columns 0 and 3"),
        ([(0, 0), (1, 3)], "the entries [0, 0] and [1, 3]"),
    ],
)
def test_wrong_entries_are_named_by_the_lines_that_they_fill(entries, words):
    grid = grid_of(changed(*entries), RIGHT, DOUBLE)

    assert sorted(entries) == sorted(grid.wrong)
    assert words == where(grid)


def test_right_entries_of_the_reference_are_never_in_the_report():
    result = report_on(changed(*((i, i) for i in range(3))))
    assert result.criteria[0].grid is not None

    for report in (report_html(result), report_text(result)):
        assert "31" not in report


@pytest.mark.parametrize(
    "matrix",
    [
        RIGHT,
        RIGHT + 1,
        [1.0, 2.0],
        3.0,
        "matrix",
        None,
        RIGHT * 1j,
        np.zeros((3, 13)),
        np.zeros((0, 4)),
    ],
)
def test_there_is_no_picture_where_it_would_show_nothing(matrix):
    assert grid_of(matrix, RIGHT, DOUBLE) is None


def test_lists_and_matrices_with_nan_are_pictured_too():
    grid = grid_of(changed((0, 0)).tolist(), RIGHT, DOUBLE)
    lost = changed()
    lost[2, 3] = np.nan

    assert ((0, 0),) == grid.wrong
    assert "nan" == grid_of(lost, RIGHT, DOUBLE).entries[2][3]


def test_a_wrong_shape_stands_beside_the_one_that_is_asked_for():
    page = report_html(report_on(RIGHT.T))

    assert "yours: 4 rows and 3 columns" in page
    assert "asked for: 3 rows and 4 columns" in page
    assert "\N{BALLOT X}" not in page


def test_wrong_entries_are_marked_without_colour_and_stay_so_in_nbgraders_feedback():
    page = clean_html(report_html(report_on(changed((0, 1), (1, 2), (2, 3)))))

    assert 3 == page.count("\N{BALLOT X}")
    assert 3 == page.count("border: 3px solid")
    assert 'scope="col"' in page and 'scope="row"' in page


def test_a_picture_can_be_stored():
    result = report_on(changed((1, 2)))

    assert result == from_json(TaskResult, to_json(result))


def test_the_first_failing_call_is_pictured(examiner_of_matrices):
    result = examiner_of_matrices.judge("matrix", Doubled())

    heart, own_check = result.criteria
    assert ((0, 1),) == heart.grid.wrong
    assert own_check.holds is False and own_check.grid is None


@pytest.fixture
def examiner_of_matrices():
    import json

    from autograder.exercise.source_notebooks import SourceNotebook
    from autograder.exercise.tasks import Call, Criterion, Finding, Task
    from autograder.judge import Examiner

    def calls(rng):
        return [Call("matrix", (n,)) for n in (1, 2, 3)]

    task = Task(
        "matrix",
        Criterion("as the reference", 1, calls),
        Criterion("one of many", 1, calls, check=lambda *_: Finding("it is not one of them")),
    )
    meta = {"grade_id": "matrix", "solution": True, "grade": False}
    source = "import numpy as np\ndef matrix(n):\n    return np.eye(n)"
    cell = {"id": "matrix", "cell_type": "code", "source": source, "metadata": {"nbgrader": meta}}
    notebook = SourceNotebook("small", json.dumps({"cells": [cell]}))
    return Examiner(notebook, {"matrix": task})


class Doubled:
    """A student's functions: right for n = 1, then wrong beside the diagonal."""

    def ask(self, calls, stand_ins={}):
        return [
            Reply(value=np.eye(n) + np.eye(n, k=1) * (np.arange(n) == 1))
            for n in (call.args[0] for call in calls)
        ]
