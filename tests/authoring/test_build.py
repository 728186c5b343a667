"""`autograder build`: what students get holds nothing that they must not see, and never changes."""

from __future__ import annotations

import html
import json
import re
import shutil

import pytest
from support.courses import ASSIGNMENT, new_course, notebook, run

from autograder.exercise.source_notebooks import (
    BEGIN_HIDDEN,
    BEGIN_SOLUTION,
    END_HIDDEN,
    END_SOLUTION,
)

GENERATED = ("release", "solutions")


def contents(course) -> dict[str, bytes]:
    return {
        str(path.relative_to(course)): path.read_bytes()
        for step in GENERATED
        for path in sorted((course / step).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    course = new_course(tmp_path_factory.mktemp("built") / "course")
    run(course, "autograder", "build", ASSIGNMENT)
    return course


@pytest.fixture(scope="session")
def secrets(exercise) -> set[str]:
    """Every line of a solution, model answer, marking scheme or hidden test."""
    found = set()
    for source in exercise.notebooks.values():
        for cell in source.cells:
            secret = False
            for line in cell.source.split("\n"):
                if BEGIN_SOLUTION in line or BEGIN_HIDDEN in line:
                    secret = True
                elif END_SOLUTION in line or END_HIDDEN in line:
                    secret = False
                elif secret and len(line.strip()) >= 8:
                    found.add(line.strip())
        shown = {line.strip() for cell in source.cells for line in cell.released.split("\n")}
        found -= shown
    # A page shows formulas in another form: what stands between them has to be missing as well.
    words = {part.strip() for line in found for part in re.split(r"\$[^$]*\$|[*`]+", line)}
    text = " ".join(cell.released for book in exercise.notebooks.values() for cell in book.cells)
    return found | {part for part in words if len(part) >= 25 and part not in text}


def test_building_again_gives_the_same_bytes(built, copy_of):
    course = copy_of(built)
    for step in GENERATED:
        shutil.rmtree(course / step)

    run(course, "autograder", "build", ASSIGNMENT)

    assert contents(built) == contents(course)


def test_building_makes_no_gradebook(built):
    assert not (built / "gradebook.db").exists()


def test_nbgraders_own_commands_give_the_same_bytes(built, copy_of):
    course = copy_of(built)
    for step in GENERATED:
        shutil.rmtree(course / step)

    run(course, "nbgrader", "generate_assignment", ASSIGNMENT)
    run(course, "nbgrader", "generate_solution", ASSIGNMENT)

    assert contents(built) == contents(course)


def test_check_names_what_differs_and_what_to_do(built, copy_of):
    course = copy_of(built)
    path = course / "release" / ASSIGNMENT / "convolution.ipynb"
    path.write_text(path.read_text() + " ")
    (course / "solutions" / ASSIGNMENT / "left_over.ipynb").write_text("{}")

    said = run(course, "autograder", "build", ASSIGNMENT, "--check", ok=False)

    assert f"release/{ASSIGNMENT}/convolution.ipynb" in said
    assert f"solutions/{ASSIGNMENT}/left_over.ipynb" in said
    assert "batch_norm" not in said
    assert f"autograder build {ASSIGNMENT}" in said


def test_the_release_is_what_the_grader_takes_for_it(built, exercise):
    for name, source in exercise.notebooks.items():
        released = notebook(built / "release" / ASSIGNMENT / f"{name}.ipynb")

        assert [cell.released for cell in source.cells] == [
            "".join(cell["source"]) for cell in released["cells"]
        ]
        assert [cell.id for cell in source.cells] == [cell["id"] for cell in released["cells"]]


def test_the_release_holds_no_line_of_what_is_hidden(built, secrets):
    assert secrets
    for path in (built / "release").rglob("*"):
        if path.is_file():
            content = json.dumps(notebook(path), ensure_ascii=False)
            text = content.replace('\\"', '"').replace("\\\\", "\\")

            assert [] == [line for line in secrets if line in text or line in content]


@pytest.mark.parametrize("word", ["BEGIN ", "END ", "autograder", "SOLUTION", "HIDDEN"])
def test_the_release_names_nothing_of_the_grader(built, word):
    for path in (built / "release").rglob("*.ipynb"):
        assert word not in path.read_text(encoding="utf-8")


def test_the_release_has_no_outputs_and_no_metadata_of_its_own(built):
    for path in (built / "release").rglob("*.ipynb"):
        content = notebook(path)

        assert {"kernelspec", "language_info"} == set(content["metadata"])
        assert {"name": "python"} == content["metadata"]["language_info"]
        for cell in content["cells"]:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None
            assert set(cell["metadata"]) <= {
                *("nbgrader", "deletable", "editable", "tags", "jupyter", "cellView")
            }


def test_the_solutions_hold_model_answers_and_no_hidden_line(built, exercise):
    for name, source in exercise.notebooks.items():
        text = (built / "solutions" / ASSIGNMENT / f"{name}.ipynb").read_text(encoding="utf-8")

        assert "grade(" not in text
        assert "HIDDEN TESTS" not in text
        for cell in source.written_answers:
            model_answer = cell.source.split(BEGIN_SOLUTION)[1].split(END_SOLUTION)[0]
            for line in filter(None, map(str.strip, model_answer.split("\n"))):
                assert json.dumps(line, ensure_ascii=False)[1:-1] in text


def test_the_solutions_ran_and_show_pictures(built):
    for path in (built / "solutions").rglob("*.ipynb"):
        outputs = [o for cell in notebook(path)["cells"] for o in cell.get("outputs", ())]

        assert not [o for o in outputs if o["output_type"] == "error"]
        assert any("<img " in str(output.get("data", {}).get("text/html")) for output in outputs)


def test_the_solutions_hold_nothing_of_this_machine(built):
    for path in (built / "solutions").rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")

        assert not re.search(r"at 0x[0-9a-f]{6}|ipykernel_\d|/tmp/|iopub", text)


def test_the_feedback_on_an_empty_answer_holds_no_line_of_what_is_hidden(with_feedback, secrets):
    course, _ = with_feedback
    for path in (course / "feedback" / "kurt").rglob("*.html"):
        shown = html.unescape(re.sub(r"<[^>]*>", "", path.read_text(encoding="utf-8")))

        assert [] == [line for line in secrets if line in shown]


def test_a_solution_that_fails_is_named(built, copy_of):
    course = copy_of(built)
    path = course / "source" / ASSIGNMENT / "convolution.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    [cell] = [cell for cell in content["cells"] if cell["id"] == "convolve"]
    cell["source"] = [line.replace("x.ndim", "x.dimension") for line in cell["source"]]
    path.write_text(json.dumps(content), encoding="utf-8")

    said = run(course, "autograder", "build", ASSIGNMENT, ok=False)

    assert said.strip().splitlines()[-1].startswith("error: convolution.ipynb, cell ")
    assert contents(built) == contents(course)
