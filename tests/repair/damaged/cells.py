"""Damage to cells other than the answers, and to what nbgrader wrote beside the cells."""

from __future__ import annotations

import copy
import random

from repair.damaged import Notebook, index_of, notebook_damage, own_cell


def _graded(notebook: Notebook) -> list[int]:
    return [
        k
        for k, cell in enumerate(notebook["cells"])
        if str(cell["metadata"].get("nbgrader", {}).get("grade_id", "")).startswith("test_")
    ]


@notebook_damage(says="stood twice")
def duplicated_test_cell(notebook: Notebook) -> None:
    """Copy and paste keep nbgrader's metadata; stock nbgrader stops at the second one."""
    for k in _graded(notebook)[:1]:
        notebook["cells"].insert(k + 1, copy.deepcopy(notebook["cells"][k]))


@notebook_damage(says="stood twice")
def every_cell_twice(notebook: Notebook) -> None:
    notebook["cells"] = [copy.deepcopy(cell) for cell in notebook["cells"] for _ in range(2)]


@notebook_damage(says="put back")
def deleted_test_cell(notebook: Notebook) -> None:
    for k in _graded(notebook)[1:2]:
        del notebook["cells"][k]


@notebook_damage(says="put back")
def deleted_all_test_cells(notebook: Notebook) -> None:
    for k in reversed(_graded(notebook)):
        del notebook["cells"][k]


@notebook_damage(says="put back")
def deleted_everything_but_answers(notebook: Notebook) -> None:
    notebook["cells"] = [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
        or not cell["metadata"].get("nbgrader")
    ]


@notebook_damage(says="put back")
def deleted_imports(notebook: Notebook) -> None:
    k = index_of(notebook, "imports")
    if k is not None:
        del notebook["cells"][k]


@notebook_damage(says="locked cells? was changed")
def weakened_test_cell(notebook: Notebook) -> None:
    """A test cell that a student made pass."""
    for k in _graded(notebook):
        notebook["cells"][k]["source"] = "assert True"


@notebook_damage(says="locked cells? was changed")
def emptied_test_cell(notebook: Notebook) -> None:
    for k in _graded(notebook)[:1]:
        notebook["cells"][k]["source"] = ""


@notebook_damage(says="locked cells? was changed")
def test_cell_as_markdown_with_other_text(notebook: Notebook) -> None:
    for k in _graded(notebook)[:1]:
        notebook["cells"][k]["cell_type"] = "markdown"
        notebook["cells"][k]["source"] = "*passed*"


@notebook_damage(says="had been changed; those of")
def test_cell_as_raw(notebook: Notebook) -> None:
    for k in _graded(notebook):
        notebook["cells"][k]["cell_type"] = "raw"


@notebook_damage(says="added to")
def added_to_imports(notebook: Notebook) -> None:
    """VS Code and Colab let students write into locked cells."""
    k = index_of(notebook, "imports")
    if k is not None:
        notebook["cells"][k]["source"] += "\nimport math\nEPSILON = 1e-9"


@notebook_damage(says="added to")
def prompts_changed(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id", "").endswith("_task"):
            cell["source"] += "\n\n(done)"


@notebook_damage(says="functions that they define|found by its place")
def lost_all_ids(notebook: Notebook) -> None:
    """A notebook whose cells were copied into a new one."""
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    notebook["nbformat_minor"] = 4


@notebook_damage(says="names of their cells")
def lost_nbgrader_metadata(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"].pop("nbgrader", None)


@notebook_damage(says="had been changed; those of")
def lost_grade_id(notebook: Notebook) -> None:
    """nbgrader 0.9 stops at a cell with metadata and no grade_id."""
    for cell in notebook["cells"][::3]:
        cell["metadata"].get("nbgrader", {}).pop("grade_id", None)


@notebook_damage(says="")
def lost_cell_ids(notebook: Notebook) -> None:
    """VS Code writes notebooks of format 4.2."""
    for cell in notebook["cells"]:
        cell.pop("id", None)
    notebook["nbformat_minor"] = 2


@notebook_damage(says="had been changed; those of")
def same_cell_id_everywhere(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["id"] = "cell"


@notebook_damage(says="had been changed; those of")
def invalid_cell_ids(notebook: Notebook) -> None:
    for k, cell in enumerate(notebook["cells"]):
        cell["id"] = f"zelle nr. {k} äöü " + "x" * 80


@notebook_damage(says="[Tt]ags")
def skip_execution_tags(notebook: Notebook) -> None:
    """With this tag stock nbgrader gives full marks."""
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception"]


@notebook_damage()
def collapsed_and_hidden_cells(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] |= {
            "collapsed": True,
            "jupyter": {"source_hidden": True, "outputs_hidden": True},
            "editable": True,
            "deletable": True,
        }


@notebook_damage(says="had been changed; those of")
def points_changed(notebook: Notebook) -> None:
    """A submission that gives itself a thousand points."""
    for cell in notebook["cells"]:
        if "points" in cell["metadata"].get("nbgrader", {}):
            cell["metadata"]["nbgrader"]["points"] = 1000


@notebook_damage(says="had been changed; those of")
def locked_flags_changed(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"].get("nbgrader", {}).update(
            {"locked": False, "grade": True, "solution": True, "schema_version": 1}
        )


@notebook_damage(says="back in order")
def test_cells_before_answers(notebook: Notebook) -> None:
    for k in _graded(notebook)[:2]:
        notebook["cells"].insert(0, notebook["cells"].pop(k))


@notebook_damage(says="back in order")
def shuffled_cells(notebook: Notebook) -> None:
    random.Random(9).shuffle(notebook["cells"])


@notebook_damage(says="back in order")
def reversed_cells(notebook: Notebook) -> None:
    notebook["cells"].reverse()


@notebook_damage()
def two_thousand_empty_cells(notebook: Notebook) -> None:
    notebook["cells"] += [own_cell("") for _ in range(2000)]


@notebook_damage(says="left out")
def two_thousand_own_cells(notebook: Notebook) -> None:
    notebook["cells"] += [own_cell(f"trial_{k} = {k}") for k in range(2000)]


@notebook_damage()
def own_cells_that_quote_answers(notebook: Notebook) -> None:
    """Text that only quotes an answer is not one."""
    quote = "def convolve(x, h):\n    return 0\n\ndef standardize(H):\n    return 0"
    notebook["cells"] += [
        own_cell(quote.replace("\n", "\n# ").join(("# ", ""))),
        own_cell(f'text = """\n{quote}\n"""'),
        own_cell(f"For example:\n\n```python\n{quote}\n```\n\nis wrong.", "markdown"),
        own_cell(f"%%writefile wrong.py\n{quote}"),
    ]


@notebook_damage()
def own_cells_with_outputs_of_other_types(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [None, 3, {"output_type": "unheard-of"}, {"data": [], "text": {}}]
            cell["execution_count"] = "seven"
