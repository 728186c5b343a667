"""Bad input gets one clear line and a non-zero exit."""

from __future__ import annotations

import json

import pytest
from support.courses import ASSIGNMENT, hand_in, new_course, run


def refused(course, *command: str) -> str:
    said = run(course, "autograder", *command, ok=False).strip().splitlines()
    assert 1 == len(said), said
    assert said[0].startswith("error: ")
    return said[0]


def change_cell(course, notebook: str, cell_id: str, change) -> None:
    path = course / "source" / ASSIGNMENT / f"{notebook}.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    [cell] = [cell for cell in content["cells"] if cell["id"] == cell_id]
    change(cell)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def course(tmp_path, solved):
    course = new_course(tmp_path / "course")
    hand_in(course, "ada", solved)
    return course


def test_an_unknown_assignment_is_named_with_those_that_exist(course):
    said = refused(course, "grade", "exercise10")

    assert "exercise10" in said
    assert ASSIGNMENT in said


@pytest.mark.parametrize("name", ["../exercise09", "exercise09/..", "a b", ""])
def test_an_assignment_is_a_name_and_no_path(course, name):
    assert "unknown assignment" in refused(course, "build", name)


def test_an_unknown_student_is_named(course):
    assert "nobody" in refused(course, "grade", ASSIGNMENT, "--student", "nobody")


@pytest.mark.parametrize("address", ["nowhere", "http://127.0.0.1:9"])
def test_a_scheduler_without_a_proper_address_is_named(course, address):
    said = refused(course, "grade", ASSIGNMENT, "--scheduler", address)

    assert f"no scheduler answers at {address}" in said


def test_an_empty_course_says_that_nothing_was_handed_in(tmp_path):
    course = new_course(tmp_path / "course")

    assert "nothing was handed in" in refused(course, "grade", ASSIGNMENT)


def test_a_course_folder_that_is_not_there_is_named(course):
    assert "nowhere" in refused(course, "grade", ASSIGNMENT, "--course-dir", "nowhere")


def test_a_config_with_a_mistake_is_named_with_the_mistake(course):
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 3 +\n")

    assert "nbgrader_config.py" in refused(course, "grade", ASSIGNMENT)


@pytest.mark.parametrize(
    "setting, value",
    [
        ("Grading.memory", '"plenty"'),
        ("Grading.memory", "-1024"),
        ("Grading.scratch", "0"),
        ("Grading.notebook_timeout", "0"),
        ("Execute.timeout", '"1 min"'),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named(course, setting, value):
    with open(course / "nbgrader_config.py", "a") as file:
        file.write(f"c.{setting} = {value}\n")

    said = refused(course, "grade", ASSIGNMENT)
    assert "nbgrader_config.py" in said
    assert setting.split(".")[1] in said


def test_a_source_notebook_that_is_no_json_is_named(course):
    (course / "source" / ASSIGNMENT / "convolution.ipynb").write_text("{")

    assert "convolution.ipynb" in refused(course, "grade", ASSIGNMENT)


def test_a_graded_cell_without_its_hidden_line_is_named(course):
    def without(cell):
        cell["source"] = [line for line in cell["source"] if "grade(" not in line]

    change_cell(course, "convolution", "test_convolve", without)

    assert "test_convolve" in refused(course, "grade", ASSIGNMENT)
    assert "test_convolve" in refused(course, "build", ASSIGNMENT, "--check")


def test_points_that_do_not_add_up_are_named_with_both_sums(course):
    def dearer(cell):
        cell["metadata"]["nbgrader"]["points"] = 3

    change_cell(course, "convolution", "explain_parameter_sharing", dearer)

    said = refused(course, "grade", ASSIGNMENT)
    assert "11" in said
    assert "10" in said


def test_a_gradebook_that_is_none_is_named(course):
    (course / "gradebook.db").write_text("this is no database, and longer than its header")

    assert "gradebook" in refused(course, "grade", ASSIGNMENT).lower()


def test_a_folder_with_other_things_is_not_made_a_sample_class(course):
    assert "not empty" in refused(course, "sample", ASSIGNMENT, "submitted")


def test_names_with_control_characters_do_not_reach_the_terminal(course, solved):
    hand_in(course, "eve\x1b[2J\x07", solved)

    said = run(course, "autograder", "grade", ASSIGNMENT, "--student", "eve\x1b[2J\x07")

    assert "\x1b" not in said
    assert "\x07" not in said
    assert "eve" in said
