"""The release in VS Code's and Colab's way of running, with nothing but what a student installs."""

from __future__ import annotations

import base64
import io
import json
import re

import numpy as np
import pytest
from PIL import Image

from .conftest import code_cells
from .front_ends import failed
from .grading import full_points


def pictures(notebook: dict) -> dict[str, str]:
    """What each picture shows, by id: HTML, or else text. One of them is a table, in print."""
    return {
        cell["id"]: "".join(
            "".join(one.get("data", {}).get("text/html", one.get("text", "")))
            for one in cell["outputs"]
        )
        for cell in code_cells(notebook)
        if "picture" in cell["metadata"].get("tags", ()) and cell["id"] != "weights_table"
    }


def test_the_environment_has_nothing_of_the_grader(work):
    assert "[None, None]" == work.packages


def test_running_the_release_stops_at_the_first_function_to_be_written(work, exercise):
    for name, cell in work.stopped_at.items():
        assert f"test_{next(iter(exercise.tasks[name]))}" == cell["id"]
        assert "NotImplementedError" == failed(cell["outputs"])


def test_no_unfinished_cell_fails_otherwise_than_by_what_is_not_written(work, exercise):
    for name, notebook in work.untouched.items():
        ends = {cell["id"]: failed(cell["outputs"]) for cell in code_cells(notebook)}
        stubs = {f"test_{task}" for task in exercise.tasks[name]}

        assert {"NotImplementedError"} == {ends.pop(stub) for stub in stubs}
        assert {""} == set(ends.values())


def test_pictures_say_kindly_that_there_is_nothing_yet(work):
    for notebook in work.untouched.values():
        for shown in pictures(notebook).values():
            assert "No picture yet: fill in the function above" in shown or "<img " in shown


def test_with_every_answer_written_all_checks_pass(work):
    for notebook in work.solved.values():
        assert [] == [cell["id"] for cell in code_cells(notebook) if failed(cell["outputs"])]
        for cell in code_cells(notebook):
            if cell["id"].startswith("test_"):
                assert cell["outputs"][0]["text"]
            assert not [one for one in cell["outputs"] if one.get("name") == "stderr"]


def test_the_table_of_weights_is_printed_in_columns(work):
    [cell] = [one for one in work.solved["batch_norm"]["cells"] if one["id"] == "weights_table"]
    lines = cell["outputs"][0]["text"].splitlines()

    assert 6 == len(lines)
    assert ["0.5", "0.5", "1.0", "3.0", "1.50", "1.323"] == lines[3].split()[:6]


def test_an_unwritten_answer_ends_in_a_line_that_says_so_and_how_far_one_is(work, exercise):
    for name, notebook in work.untouched.items():
        [first, *_] = exercise.tasks[name].values()
        [cell] = [one for one in notebook["cells"] if one["id"] == f"test_{first.name}"]
        said, error = cell["outputs"]

        assert f"{first.name} is still to be written" in said["text"]
        assert f"Progress: 0 of {len(exercise.tasks[name])} tasks pass" in said["text"]
        assert 1 == len(error["traceback"])


def test_the_last_check_counts_all_points(work, exercise):
    for name, notebook in work.solved.items():
        tasks = exercise.tasks[name].values()
        points = sum(task.points for task in tasks)
        last = [cell for cell in code_cells(notebook) if cell["id"].startswith("test_")][-1]

        assert (
            f"{len(tasks)} of {len(tasks)} tasks pass their checks, "
            f"{points:g} of {points:g} points can be graded." in last["outputs"][0]["text"]
        )


def test_every_picture_is_dark_on_white_whatever_the_theme(work):
    for notebook in work.solved.values():
        for shown in pictures(notebook).values():
            data = re.search('src="data:image/png;base64,([^"]*)"', shown)[1]
            with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
                pixels = np.asarray(picture.convert("RGBA"))

            assert (pixels[..., 3] == 255).all()
            assert (pixels[[0, 0, -1, -1], [0, -1, 0, -1]] == 255).all()
            assert (pixels[..., :3].max(axis=2) < 60).sum() > 200  # text and axes


def test_every_picture_has_a_description(work):
    for notebook in work.solved.values():
        descriptions = [re.search('alt="([^"]*)"', one)[1] for one in pictures(notebook).values()]

        assert len(descriptions) == len({one for one in descriptions if len(one.split()) > 15}) > 4


def test_what_is_saved_is_graded_in_full(work, points, exercise):
    earned, noticed = points(work.saved)

    assert full_points(exercise, *exercise.notebooks) == earned
    assert [] == noticed


@pytest.mark.parametrize("lost", ["nbgrader", "outputs", "id"])
def test_what_is_saved_is_graded_in_full_without(lost, work, points, exercise):
    """What some versions and converters leave out besides."""
    files = {}
    for name, text in work.saved.items():
        notebook = json.loads(text)
        for cell in notebook["cells"]:
            cell["metadata"].pop(lost, None)
            cell["metadata"].pop("tags", None)
            if lost == "outputs" and cell["cell_type"] == "code":
                cell["outputs"] = []
        files[name] = json.dumps(notebook).encode()

    earned, _ = points(files)

    assert full_points(exercise, *exercise.notebooks) == earned
