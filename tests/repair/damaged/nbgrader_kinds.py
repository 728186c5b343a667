"""The damaged notebooks among nbgrader's own test files, as the behaviours they stand for."""

from __future__ import annotations

from repair.damaged import Files, Notebook, damage, index_of, notebook_damage, own_cell, write


def _nbgrader(notebook: Notebook) -> list[dict]:
    return [cell["metadata"]["nbgrader"] for cell in notebook["cells"] if _has(cell)]


def _has(cell: dict) -> bool:
    return isinstance(cell["metadata"].get("nbgrader"), dict)


@notebook_damage(says="had been changed; those of")
def blank_grade_id(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook)[::2]:
        nbgrader["grade_id"] = ""


@notebook_damage(says="had been changed; those of")
def blank_points(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook):
        nbgrader["points"] = ""


@notebook_damage()
def no_cell_type_in_the_metadata(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook):
        nbgrader.pop("cell_type", None)


@notebook_damage(says="had been changed; those of")
def first_schema(notebook: Notebook) -> None:
    """Before version 1 of its metadata nbgrader wrote no version and no cell type."""
    for nbgrader in _nbgrader(notebook):
        for key in ("schema_version", "cell_type", "locked", "task"):
            nbgrader.pop(key, None)


@notebook_damage()
def schema_too_new(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook):
        nbgrader["schema_version"] = 100


@notebook_damage(says="had been changed; those of")
def grade_cell_as_markdown(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if _has(cell) and str(cell["metadata"]["nbgrader"].get("grade_id")).startswith("test_"):
            cell["cell_type"] = "markdown"


@notebook_damage()
def wrong_checksums(notebook: Notebook) -> None:
    for nbgrader in _nbgrader(notebook):
        nbgrader["checksum"] = "0" * 32


@notebook_damage(says="had been changed; those of")
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


@notebook_damage(says="locked cells? was changed")
def a_test_that_ends_grading(notebook: Notebook) -> None:
    """nbgrader's cheat attempts: the test cell prints a score, or shows none."""
    for cell in notebook["cells"]:
        if _has(cell) and str(cell["metadata"]["nbgrader"].get("grade_id")).startswith("test_"):
            cell["source"] = "get_ipython().showtraceback = lambda *a, **k: None\n1000"


def _first(notebook: Notebook, source: str) -> None:
    """Put a cell of the student's own before the first answer."""
    k = next((k for k, one in enumerate(notebook["cells"]) if "def " in one["source"]), 0)
    notebook["cells"].insert(k, own_cell(source))


@notebook_damage(says="ran longer than", only="def convolve")
def a_cell_that_waits_for_ever(notebook: Notebook) -> None:
    _first(notebook, "import time\ntime.sleep(1000)")


@notebook_damage(says="ran longer than", only="def convolve")
def a_loop_that_prints_for_ever(notebook: Notebook) -> None:
    _first(notebook, "while True:\n    print('again ' * 100)")


@notebook_damage(only="def convolve")
def side_effects(notebook: Notebook) -> None:
    """Files that a cell writes are gone with its process."""
    _first(notebook, "with open('side-effect.txt', 'w') as file:\n    file.write('here')")


@notebook_damage(says="ended with an error", only="def convolve")
def reads_a_file_that_was_not_handed_in(notebook: Notebook) -> None:
    _first(notebook, "with open('data.txt') as file:\n    text = file.read()")


@notebook_damage(only="def convolve")
def looks_whether_it_is_validated(notebook: Notebook) -> None:
    _first(notebook, "import os\nassert os.environ.get('NBGRADER_VALIDATING', '') != '1'")


@notebook_damage(only="def convolve")
def shows_no_tracebacks(notebook: Notebook) -> None:
    _first(notebook, "get_ipython().showtraceback = lambda *rest, **more: None")


@notebook_damage()
def outputs_as_they_were_saved(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["4.0\n"]}]
            cell["execution_count"] = 7


@notebook_damage(says="language|kernel")
def a_kernel_that_is_not_there(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "julia-1.9", "language": "julia"}


@damage(says="was not used|other answers")
def a_copy_with_the_name_of_a_copy(files: Files) -> Files:
    from repair.damaged.undamaged import exercise, released

    copies = {f"{n} copy.ipynb": write(released(s)) for n, s in exercise().notebooks.items()}
    return files | copies


@damage()
def an_empty_timestamp(files: Files) -> Files:
    return files | {"timestamp.txt": b""}


@damage()
def a_timestamp_that_is_none(files: Files) -> Files:
    return files | {"timestamp.txt": b"\xff\xfe yesterday, <b>I think</b>"}
