"""The release in nbclassic, run by a kernel that has nothing but what a student installs."""

from __future__ import annotations

import json
import shutil
from contextlib import closing

import pytest
from students.grading import full_points, graded
from support.courses import ASSIGNMENT, REPOSITORY, notebook

from autograder.sandbox import open_sandbox

from .lab import ClassicNotebook, Desk
from .test_round import MISTAKE, RIGHT, exercise

__all__ = ["exercise"]
SAVED = "classic/convolution.ipynb"


@pytest.fixture(scope="module")
def classic(desk: Desk, student) -> ClassicNotebook:
    """The release as it was handed out, open in nbclassic with the student's kernel."""
    shutil.copytree(student.kernels, desk.root / "kernels", dirs_exist_ok=True)
    path = desk.root / SAVED
    path.parent.mkdir()
    content = notebook(REPOSITORY / "release" / ASSIGNMENT / "convolution.ipynb")
    content["metadata"]["kernelspec"] = {"name": "student", "display_name": "student"}
    path.write_text(json.dumps(content), encoding="utf-8")
    return desk.open_in_classic(SAVED)


def test_running_all_stops_kindly_at_the_first_function_to_be_written(classic):
    classic.run_all()

    assert "No picture yet: fill in the function above" in classic.said("show(draw_echo)")
    assert "NotImplementedError" in classic.said("# convolve: 2 points.")
    assert "" == classic.said("# convolution_matrix: 4 points.")


def test_a_check_tells_a_mistake_and_then_passes(classic):
    classic.write("Return the convolution x * h", MISTAKE)
    assert "which way does the index of x go" in classic.run("# convolve: 2 points.")

    classic.write("x[k : k + K] @ h", RIGHT)
    assert "shape, values and errors are right here" in classic.run("# convolve: 2 points.")


def test_a_picture_appears_with_its_description(classic):
    classic.run("show(draw_echo)")

    picture = classic.cell("show(draw_echo)").locator(".output img")
    assert "Bar charts: an input of zeros" in picture.get_attribute("alt")
    assert picture.evaluate("one => one.naturalWidth") > 500


def test_what_nbclassic_saves_is_graded_in_full(desk, classic, exercise):
    for task in ("convolution_matrix", "count_parameters"):
        answer = exercise.variants(task)[0].cells[0]
        classic.write(f"def {exercise.tasks['convolution'][task].functions[0]}", answer)
    classic.write("YOUR ANSWER HERE", "The rows of the matrix share the kernel.")
    classic.run_all()
    classic.save()
    content = notebook(desk.root / SAVED)
    # Versions before 6.4 write no cell ids, and so format 4.4.
    older = content | {"nbformat_minor": 4}
    older["cells"] = [{k: v for k, v in cell.items() if k != "id"} for cell in content["cells"]]

    with closing(open_sandbox()) as sandbox:
        for saved in (content, older):
            files = {"convolution.ipynb": json.dumps(saved).encode()}
            points, noticed = graded(files, exercise, sandbox)

            assert full_points(exercise, "convolution").items() <= points.items()
            assert not [one for one in noticed if "convolution" in one]
