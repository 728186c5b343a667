"""The damaged notebooks among nbgrader's own test files, as the behaviours they stand for."""

from __future__ import annotations

from damaged import Notebook, index_of, notebook_damage


def _nbgrader(notebook: Notebook) -> list[dict]:
    return [cell["metadata"]["nbgrader"] for cell in notebook["cells"] if _has(cell)]


def _has(cell: dict) -> bool:
    return isinstance(cell["metadata"].get("nbgrader"), dict)


@notebook_damage()
def blank_grade_id(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook)[::2]:
        nbgrader["grade_id"] = ""


@notebook_damage()
def blank_points(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook):
        nbgrader["points"] = ""


@notebook_damage()
def no_cell_type_in_the_metadata(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook):
        nbgrader.pop("cell_type", None)


@notebook_damage()
def first_schema(notebook: Notebook) -> None:
    """Before version 1 of its metadata nbgrader wrote no version and no cell type."""
    for nbgrader in _nbgrader(notebook):
        for key in ("schema_version", "cell_type", "locked", "task"):
            nbgrader.pop(key, None)


@notebook_damage()
def schema_too_new(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook):
        nbgrader["schema_version"] = 100


@notebook_damage()
def grade_cell_as_markdown(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if _has(cell) and str(cell["metadata"]["nbgrader"].get("grade_id")).startswith("test_"):
            cell["cell_type"] = "markdown"


@notebook_damage()
def wrong_checksums(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook):
        nbgrader["checksum"] = "0" * 32


@notebook_damage()
def nbgrader_metadata_of_wrong_types(notebook: Notebook) -> None:
    for k, cell in enumerate(notebook["cells"]):
        if k % 4 == 0:
            cell["metadata"]["nbgrader"] = {"grade_id": {"convolve": 1}, "points": []}


@notebook_damage()
def hidden_tests_marks_of_its_own(notebook: Notebook) -> None:
    """Marks that nbgrader would cut out of a source notebook stand in an answer."""
    k = index_of(notebook, "convolve")
    if k is not None:
        notebook["cells"][k]["source"] += "\n### BEGIN HIDDEN TESTS\n### END SOLUTION\n"


@notebook_damage(says="locked cells was changed")
def a_test_that_ends_grading(notebook: Notebook) -> None:
    """nbgrader's cheat attempts: the test cell prints a score, or shows none."""
    for cell in notebook["cells"]:
        if _has(cell) and str(cell["metadata"]["nbgrader"].get("grade_id")).startswith("test_"):
            cell["source"] = "get_ipython().showtraceback = lambda *a, **k: None\n1000"
