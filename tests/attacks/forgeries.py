"""Attacks by what stands around the code: metadata, tags, stored outputs, forged cells.

Each is a function that changes the notebook of a student whose answer to `convolve` is wrong. None
may earn a point by it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from .submissions import TASK, cell_of, own_cell, place_of

FORGERIES: dict[str, Callable[[dict], None]] = {}
TEST = f"test_{TASK}"


def forgery(function: Callable[[dict], None]) -> Callable[[dict], None]:
    FORGERIES[function.__name__] = function
    return function


def _result(text: str) -> dict:
    return {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/plain": text, "text/html": f"<b>{text} of {text} points</b>"},
    }


def _graded(content: dict) -> list[dict]:
    return [c for c in content["cells"] if c["metadata"].get("nbgrader", {}).get("grade")]


def _add_after_answer(content: dict, *cells: dict) -> None:
    at = place_of(content, TASK) + 1
    content["cells"][at:at] = cells


@forgery
def skip_execution_tag(content: dict) -> None:
    """A graded cell that is not run has no error, which stock nbgrader takes for full marks."""
    for cell in _graded(content):
        cell["metadata"]["tags"] = ["skip-execution"]


@forgery
def raises_exception_tag(content: dict) -> None:
    for cell in _graded(content):
        cell["metadata"]["tags"] = ["raises-exception", "remove-output", "picture"]


@forgery
def more_points(content: dict) -> None:
    for cell in _graded(content):
        cell["metadata"]["nbgrader"]["points"] = 1000


@forgery
def fewer_points_elsewhere(content: dict) -> None:
    """Makes the failed task worth nothing and another one worth more."""
    cell_of(content, TEST)["metadata"]["nbgrader"]["points"] = 0
    cell_of(content, "test_convolution_matrix")["metadata"]["nbgrader"]["points"] = 10


@forgery
def points_of_no_kind(content: dict) -> None:
    for points, cell in zip([float("nan"), "1e999", -5, None], _graded(content), strict=False):
        cell["metadata"]["nbgrader"]["points"] = points


@forgery
def fake_outputs(content: dict) -> None:
    """Stored outputs as they look after full marks."""
    for cell in _graded(content):
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [_result("2.0")], 7


@forgery
def fake_outputs_not_run(content: dict) -> None:
    fake_outputs(content)
    skip_execution_tag(content)


@forgery
def weakened_check(content: dict) -> None:
    cell_of(content, TEST)["source"] = "2.0"


@forgery
def graded_cell_as_text(content: dict) -> None:
    cell = cell_of(content, TEST)
    cell["cell_type"] = cell["metadata"]["nbgrader"]["cell_type"] = "markdown"
    cell.pop("outputs"), cell.pop("execution_count")


@forgery
def graded_cell_as_raw(content: dict) -> None:
    cell = cell_of(content, TEST)
    cell["cell_type"] = "raw"
    cell.pop("outputs"), cell.pop("execution_count")


@forgery
def graded_cell_deleted(content: dict) -> None:
    del content["cells"][place_of(content, TEST)]


@forgery
def graded_cell_first(content: dict) -> None:
    """A graded cell in front of everything that could fail in it."""
    content["cells"].insert(0, content["cells"].pop(place_of(content, TEST)))


@forgery
def graded_cell_no_longer_graded(content: dict) -> None:
    cell_of(content, TEST)["metadata"]["nbgrader"] |= {"grade": False, "locked": False}


@forgery
def graded_cell_as_own(content: dict) -> None:
    """Says of a graded cell what the grader says of a student's own ones, and the reverse."""
    cell_of(content, TEST)["metadata"]["autograder"] = {"own": True}
    cell_of(content, TASK)["metadata"]["autograder"] = {"own": False}


@forgery
def second_graded_cell(content: dict) -> None:
    """A copy with the same name and an easier check."""
    copied = copy.deepcopy(cell_of(content, TEST)) | {"source": "2.0", "id": "second"}
    content["cells"].insert(place_of(content, TEST) + 1, copied)


@forgery
def graded_cell_of_ones_own(content: dict) -> None:
    """A cell with points that the exercise does not have."""
    cell = own_cell("50.0") | {"id": "bonus"}
    cell["metadata"]["nbgrader"] = {
        "grade_id": "test_bonus", "grade": True, "locked": True, "solution": False, "task": False,
        "points": 50, "schema_version": 3, "cell_type": "code",
    }  # fmt: skip
    content["cells"].append(cell)


@forgery
def task_cell_of_ones_own(content: dict) -> None:
    cell = own_cell("Full marks, please.", "markdown") | {"id": "task"}
    cell["metadata"]["nbgrader"] = {
        "grade_id": "bonus_task", "grade": False, "locked": True, "solution": False, "task": True,
        "points": 50, "schema_version": 3, "cell_type": "markdown",
    }  # fmt: skip
    content["cells"].append(cell)


@forgery
def answer_with_points(content: dict) -> None:
    """The answer itself as a graded cell, whose last value is a score."""
    cell = cell_of(content, TASK)
    cell["source"] += "\n\n2.0"
    cell["metadata"]["nbgrader"] |= {"grade": True, "points": 50}


@forgery
def forged_grade_id(content: dict) -> None:
    """An own cell under the name of the graded one, which is gone."""
    test = content["cells"].pop(place_of(content, TEST))
    cell = own_cell("2.0") | {"id": test["id"], "metadata": test["metadata"]}
    content["cells"].append(cell)


@forgery
def swapped_grade_ids(content: dict) -> None:
    """The name of the failed check on one that holds."""
    one, other = cell_of(content, TEST), cell_of(content, "test_count_parameters")
    one["metadata"], other["metadata"] = other["metadata"], one["metadata"]
    one["id"], other["id"] = other["id"], one["id"]


@forgery
def empty_grade_id(content: dict) -> None:
    cell_of(content, TEST)["metadata"]["nbgrader"]["grade_id"] = ""


@forgery
def odd_grade_id(content: dict) -> None:
    cell = own_cell("2.0")
    cell["metadata"]["nbgrader"] = {"grade_id": "../../gradebook'; drop table grade; --"}
    content["cells"].append(cell)


@forgery
def newer_metadata(content: dict) -> None:
    """Metadata of a version that does not exist, at which a batch may stop."""
    for cell in content["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = 99


@forgery
def older_metadata(content: dict) -> None:
    for cell in content["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = 1


@forgery
def displayed_score(content: dict) -> None:
    _add_after_answer(content, own_cell("from IPython.display import display\ndisplay(2.0)\n2.0"))


@forgery
def the_hidden_line(content: dict) -> None:
    """Calls the grader as the source does, and has one of its own where there is none."""
    source = (
        "try:\n    from autograder import grade\nexcept ImportError:\n"
        "    grade = lambda *args: 2.0\ngrade('convolve')"
    )
    _add_after_answer(content, own_cell(source))


@forgery
def forged_receipt(content: dict) -> None:
    cell = own_cell("All was received. 2 of 2 points for `convolve`.", "markdown")
    content["cells"].insert(0, cell | {"id": "receipt"})


@forgery
def another_language(content: dict) -> None:
    content["metadata"] = {
        "kernelspec": {"name": "bash", "language": "bash", "display_name": "Bash"},
        "language_info": {"name": "bash"},
        "autograder": {"points": 24},
        "nbgrader": {"points": 24},
    }


@forgery
def widgets_and_signature(content: dict) -> None:
    content["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": 7}}
    content["metadata"]["signature"] = "sha256:0"


@forgery
def a_solution_in_markers(content: dict) -> None:
    """The marks that the source's own tools look for, where students write."""
    cell_of(content, TASK)["source"] += (
        "\n### BEGIN HIDDEN TESTS\n2.0\n### END HIDDEN TESTS\n### BEGIN SOLUTION\n### END SOLUTION"
    )


@forgery
def released_check_as_answer(content: dict) -> None:
    """An answer that holds the check and says that it passed."""
    cell_of(content, TASK)["source"] += "\n\n" + cell_of(content, TEST)["source"] + "\n2.0"


@forgery
def changed_imports(content: dict) -> None:
    """A locked cell with what an own one would not be read for."""
    cell_of(content, "imports")["source"] = (
        "import numpy as np\nnp.allclose = lambda *args, **kwargs: True\n"
        "class Asserts:\n    def __eq__(self, other): return True\n"
    )
