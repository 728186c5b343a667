"""Damage to the answers themselves: split, doubled, moved, turned into something else, lost."""

from __future__ import annotations

import copy
import textwrap

from repair.damaged import Notebook, index_of, notebook_damage, own_cell

CONVOLUTION = ("convolve", "convolution_matrix", "count_parameters")


def _split(notebook: Notebook, id: str, at: str, keep_metadata: bool) -> None:
    """Split a cell before a line that begins with a text, as JupyterLab does."""
    k = index_of(notebook, id)
    if k is None or f"\n{at}" not in notebook["cells"][k]["source"]:
        return
    cell = notebook["cells"][k]
    head, tail = cell["source"].split(f"\n{at}", 1)
    second = copy.deepcopy(cell) if keep_metadata else own_cell("")
    second.pop("id", None)
    second["source"] = (at + tail).strip("\n")
    cell["source"] = head.strip("\n")
    notebook["cells"].insert(k + 1, second)


@notebook_damage(says="put together", only="convolution_matrix")
def answer_split_inside_a_function(notebook: Notebook) -> None:
    _split(notebook, "convolution_matrix", "    K = len(h)", keep_metadata=False)


@notebook_damage(says="put together", only="convolution_matrix")
def answer_split_inside_a_function_with_metadata(notebook: Notebook) -> None:
    _split(notebook, "convolution_matrix", "    K = len(h)", keep_metadata=True)


@notebook_damage(says="put together", only="convolution_matrix")
def answer_split_inside_its_docstring(notebook: Notebook) -> None:
    _split(notebook, "convolution_matrix", "    Args:", keep_metadata=True)


@notebook_damage(says="put together", only="count_parameters")
def answer_split_between_functions(notebook: Notebook) -> None:
    _split(notebook, "count_parameters", "def count_convolution_parameters", keep_metadata=False)


@notebook_damage(says="put together", only="count_parameters")
def answer_split_between_functions_with_metadata(notebook: Notebook) -> None:
    _split(notebook, "count_parameters", "def count_convolution_parameters", keep_metadata=True)


@notebook_damage(says="put together", only="convolve")
def answer_split_into_three(notebook: Notebook) -> None:
    _split(notebook, "convolution_matrix", "    W_h = ", keep_metadata=True)
    _split(notebook, "convolution_matrix", "    K = len(h)", keep_metadata=True)


@notebook_damage(says="several answers", only="convolve")
def older_answer_kept_with_metadata(notebook: Notebook) -> None:
    """Copied to try something else; the last version stands."""
    for id in ("convolve", "standardize"):
        k = index_of(notebook, id)
        if k is not None:
            older = copy.deepcopy(notebook["cells"][k])
            older["source"] = f"def {id}(*anything):\n    return 'older'"
            older.pop("id", None)
            notebook["cells"].insert(k, older)


@notebook_damage(only="convolve")
def older_answer_in_own_cell(notebook: Notebook) -> None:
    k = index_of(notebook, "convolve")
    if k is not None:
        notebook["cells"].insert(k, own_cell("def convolve(x, h):\n    return 'older'"))


@notebook_damage(only="def ")
def stub_left_beside_the_answer(notebook: Notebook) -> None:
    """The answer was written in a cell below, the released one left as it was."""
    for id, arguments in (("convolution_matrix", "h, D"), ("recover_layer", "H")):
        k = index_of(notebook, id)
        if k is not None:
            cell = notebook["cells"][k]
            notebook["cells"].insert(k + 1, own_cell(cell["source"]))
            cell["source"] = (
                f"def {id}({arguments}):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
            )


@notebook_damage(says="functions that they define", only="def ")
def answers_at_the_end_in_own_cells(notebook: Notebook) -> None:
    for id in (*CONVOLUTION, "standardize", "equivalent_weight"):
        k = index_of(notebook, id)
        if k is not None:
            notebook["cells"].append(own_cell(notebook["cells"].pop(k)["source"]))


@notebook_damage(says="functions that they define", only="def ")
def all_answers_in_one_cell(notebook: Notebook) -> None:
    sources = []
    for k in range(len(notebook["cells"]) - 1, -1, -1):
        nbgrader = notebook["cells"][k]["metadata"].get("nbgrader", {})
        if nbgrader.get("solution") and notebook["cells"][k]["cell_type"] == "code":
            sources.insert(0, notebook["cells"].pop(k)["source"])
    if sources:
        notebook["cells"].append(own_cell("\n\n\n".join(sources)))


@notebook_damage(says="turned back", only="def ")
def answer_as_markdown(notebook: Notebook) -> None:
    for id in ("convolve", "batch_statistics"):
        k = index_of(notebook, id)
        if k is not None:
            notebook["cells"][k]["cell_type"] = "markdown"


@notebook_damage(says="turned back", only="def ")
def answer_as_raw(notebook: Notebook) -> None:
    for id in ("convolution_matrix", "network_batch_norm"):
        k = index_of(notebook, id)
        if k is not None:
            notebook["cells"][k]["cell_type"] = "raw"


@notebook_damage(says="turned back", only="def ")
def answer_as_fenced_markdown(notebook: Notebook) -> None:
    for id in ("convolution_matrix", "network_batch_norm"):
        k = index_of(notebook, id)
        if k is not None:
            cell = notebook["cells"][k]
            cell["cell_type"] = "markdown"
            cell["source"] = f"```python\n{cell['source']}\n```"


@notebook_damage(says="turned back")
def written_answer_as_code(notebook: Notebook) -> None:
    for id in ("explain_parameter_sharing", "explain_rescaling"):
        k = index_of(notebook, id)
        if k is not None:
            notebook["cells"][k]["cell_type"] = "code"


@notebook_damage(says="found by its place")
def written_answer_below_the_stub(notebook: Notebook) -> None:
    for id in ("explain_parameter_sharing", "explain_batch_norm"):
        k = index_of(notebook, id)
        if k is not None:
            cell = notebook["cells"][k]
            notebook["cells"].insert(k + 1, own_cell(cell["source"], "markdown"))
            cell["source"] = "YOUR ANSWER HERE"


@notebook_damage(says="put together")
def written_answer_split(notebook: Notebook) -> None:
    for id in ("explain_parameter_sharing", "explain_batch_norm"):
        k = index_of(notebook, id)
        if k is not None:
            cell = notebook["cells"][k]
            head, _, tail = cell["source"].partition("\n\n")
            second = copy.deepcopy(cell) | {"source": tail}
            second.pop("id", None)
            if head and tail:
                cell["source"] = head
                notebook["cells"].insert(k + 1, second)


@notebook_damage(says="[Nn]o cell with an answer", lost=("convolve",), only="convolve")
def deleted_answer(notebook: Notebook) -> None:
    k = index_of(notebook, "convolve")
    if k is not None:
        del notebook["cells"][k]


@notebook_damage(lost=("equivalent_weight",), only="equivalent_weight")
def emptied_answer(notebook: Notebook) -> None:
    k = index_of(notebook, "equivalent_weight")
    if k is not None:
        notebook["cells"][k]["source"] = "\n"


@notebook_damage(says="[Nn]o cell with an answer", lost=("explain_rescaling",))
def deleted_written_answer(notebook: Notebook) -> None:
    k = index_of(notebook, "explain_rescaling")
    if k is not None:
        del notebook["cells"][k]


@notebook_damage(says="a locked cell was changed", only="def ")
def answer_pretends_to_be_a_test(notebook: Notebook) -> None:
    """An answer with the metadata of a graded cell, and the graded cell gone."""
    k, test = index_of(notebook, "recover_layer"), index_of(notebook, "test_recover_layer")
    if k is not None and test is not None:
        answer, graded = notebook["cells"][k], notebook["cells"][test]
        answer["metadata"], answer["id"] = graded["metadata"], "test_recover_layer"
        notebook["cells"].remove(graded)


@notebook_damage(says="functions that they define", only="def ")
def swapped_ids(notebook: Notebook) -> None:
    """Two answers that carry each other's metadata."""
    a, b = index_of(notebook, "convolve"), index_of(notebook, "convolution_matrix")
    if a is not None and b is not None and a != b:
        one, other = notebook["cells"][a], notebook["cells"][b]
        one["source"], other["source"] = other["source"], one["source"]


@notebook_damage(says="several answers", only="def convolve")
def a_thousand_cells_with_one_id(notebook: Notebook) -> None:
    """What a submission could do to be read forever; the last version stands."""
    k = index_of(notebook, "convolve")
    if k is not None:
        cell = notebook["cells"][k]
        forged = [
            copy.deepcopy(cell) | {"source": f"def convolve(x, h):\n    return {n}", "id": f"f{n}"}
            for n in range(1000)
        ]
        notebook["cells"][k:k] = forged


@notebook_damage(only="def ")
def answers_with_magics(notebook: Notebook) -> None:
    """A cell magic before, a line magic and a shell command in the answer."""
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") in ("convolve", "standardize"):
            cell["source"] = "%matplotlib inline\n!pip install numpy\n" + cell["source"]


@notebook_damage(only="def ")
def answer_indented(notebook: Notebook) -> None:
    """Not Python, but IPython takes the indentation away."""
    k = index_of(notebook, "count_parameters")
    if k is not None:
        notebook["cells"][k]["source"] = textwrap.indent(notebook["cells"][k]["source"], "  ")


@notebook_damage(only="def ")
def merge_markers_in_an_answer(notebook: Notebook) -> None:
    k = index_of(notebook, "convolution_matrix")
    if k is not None:
        source = notebook["cells"][k]["source"]
        notebook["cells"][k]["source"] = (
            f"<<<<<<< local\n{source}\n=======\ndef convolution_matrix(:\n>>>>>>> remote"
        )


@notebook_damage(only="def ")
def answer_merged_with_its_test(notebook: Notebook) -> None:
    """Shift+M: the answer's cell goes on with the test's text."""
    k, test = index_of(notebook, "standardize"), index_of(notebook, "test_standardize")
    if k is not None and test is not None and test > k:
        notebook["cells"][k]["source"] += "\n\n" + notebook["cells"].pop(test)["source"]


@notebook_damage(says="found by its place")
def written_answer_merged_with_its_question(notebook: Notebook) -> None:
    for id in ("explain_parameter_sharing", "explain_batch_norm"):
        k, prompt = index_of(notebook, id), index_of(notebook, f"{id}_prompt")
        if k is not None and prompt is not None and k == prompt + 1:
            notebook["cells"][prompt]["source"] += "\n\n" + notebook["cells"].pop(k)["source"]


@notebook_damage(says="found by its place")
def written_answer_in_the_question(notebook: Notebook) -> None:
    """Typed between the lines of the locked cell, the answer's own cell left empty."""
    for id in ("explain_parameter_sharing", "explain_batch_norm"):
        k, prompt = index_of(notebook, id), index_of(notebook, f"{id}_prompt")
        if k is not None and prompt is not None:
            text = notebook["cells"][k]["source"]
            head, _, tail = notebook["cells"][prompt]["source"].partition("\n")
            notebook["cells"][prompt]["source"] = f"{head}\n\n{text}\n\n{tail} (done)"
            notebook["cells"][k]["source"] = "YOUR ANSWER HERE"
