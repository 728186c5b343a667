"""Repair cannot be used against the grading: the source always wins."""

from __future__ import annotations

import copy
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.repair import repair
from autograder.submission.files import SubmittedFile
from repair.damaged import index_of, own_cell, submitted, write
from repair.damaged.undamaged import answered, exercise, undamaged


def repaired_with(change):
    """The repaired convolution notebook after a change to it, and the whole result."""
    notebook = answered(exercise().notebooks["convolution"])
    change(notebook)
    files = undamaged() | {"convolution.ipynb": write(notebook)}
    repaired = repair(submitted(files), exercise())
    return repaired.notebooks["convolution"], repaired


def cell_of(notebook, id):
    return next(cell for cell in notebook["cells"] if cell["id"] == id)


def test_a_forged_graded_cell_is_replaced_by_the_sources():
    def forge(notebook):
        notebook["cells"][index_of(notebook, "test_convolve")]["source"] = "1000"

    notebook, repaired = repaired_with(forge)
    source = exercise().notebooks["convolution"].by_id["test_convolve"]

    assert cell_of(notebook, "test_convolve")["source"] == source.released
    assert any("test_convolve" in remark.sentence for remark in repaired.remarks)


def test_a_second_graded_cell_becomes_an_ordinary_cell():
    def forge(notebook):
        k = index_of(notebook, "test_convolve")
        forged = copy.deepcopy(notebook["cells"][k]) | {"source": "print('mine')", "id": "forged"}
        notebook["cells"].insert(k + 1, forged)

    notebook, _ = repaired_with(forge)

    assert cell_of(notebook, "forged")["metadata"] == {"autograder": {"own": True}}
    ordered = exercise().notebooks["convolution"].cells
    assert sum("nbgrader" in cell["metadata"] for cell in notebook["cells"]) == sum(
        bool(cell.nbgrader) for cell in ordered
    )


def test_unknown_grade_ids_make_ordinary_cells():
    def forge(notebook):
        cell = own_cell("5.0") | {"id": "bonus"}
        cell["metadata"] = {
            "tags": ["skip-execution"],
            "nbgrader": {"grade_id": "bonus", "grade": True, "points": 50, "locked": True},
        }
        notebook["cells"].append(cell)

    notebook, _ = repaired_with(forge)

    assert cell_of(notebook, "bonus")["metadata"] == {"autograder": {"own": True}}


def test_a_cell_cannot_take_the_receipts_name():
    def forge(notebook):
        notebook["cells"].insert(0, own_cell("All is well.", "markdown") | {"id": "receipt"})

    notebook, _ = repaired_with(forge)

    assert all(cell["id"] != "receipt" for cell in notebook["cells"])


def test_a_thousand_claims_leave_one_answer():
    def forge(notebook):
        k = index_of(notebook, "convolve")
        notebook["cells"][k:k] = [
            copy.deepcopy(notebook["cells"][k]) | {"source": f"def convolve(*a): return {n}"}
            for n in range(1000)
        ]

    notebook, repaired = repaired_with(forge)

    assert sum(cell["id"] == "convolve" for cell in notebook["cells"]) == 1
    assert len(notebook["cells"]) < 600
    assert any("too many" in remark.sentence for remark in repaired.remarks)


def test_imports_added_to_a_locked_cell_are_not_lost():
    """VS Code and Colab let students write there; the answer needs them."""

    def add(notebook):
        imports = notebook["cells"][index_of(notebook, "imports")]
        imports["source"] = "import math\n" + imports["source"].replace("np", "numpy_", 1)
        answer = notebook["cells"][index_of(notebook, "convolve")]
        answer["source"] += "\nroot = math.sqrt"

    notebook, _ = repaired_with(add)
    sources = [cell["source"] for cell in notebook["cells"]]
    released = exercise().notebooks["convolution"].by_id["imports"].released

    assert sources.index(released) < sources.index("import math")


def test_code_that_is_never_run_by_repair(tmp_path):
    witness = tmp_path / "ran"

    def trap(notebook):
        notebook["cells"].append(own_cell(f"open({str(witness)!r}, 'w')"))

    repaired_with(trap)

    assert not witness.exists()


LONG = 100_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("convolution.ipynb", "```" + "\n" * LONG),
        ("convolution.ipynb", "```" + "\n " * LONG + "x"),
        ("convolution.ipynb", " " * LONG),
        ("convolution.ipynb", "\t" * LONG + "\n1"),
        ("convolution.ipynb", "``` " + " " * LONG + "!"),
        ("convolution.py", "x = 1" + "\n" * LONG + " y"),
        ("convolution.py", "%run" + " " * LONG),
        ("convolution.md", "```py\n" * LONG),
    ],
)
def test_blanks_and_fences_do_not_hold_up_the_class(name, text):
    """Each of these took a regular expression hours."""
    files = undamaged() | {name: text.encode()}
    if name.endswith(".ipynb"):
        notebook = answered(exercise().notebooks["convolution"])
        cell = {"cell_type": "markdown", "metadata": {}, "source": text}
        notebook["cells"].insert(index_of(notebook, "test_convolve"), cell)
        notebook["cells"].append(own_cell(text))
        files[name] = write(notebook)
    start = time.perf_counter()
    repair(submitted(files), exercise())

    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "source",
    [
        "(" * 50_000,
        "-" * 100_000 + "1",
        "x" + ".y" * 60_000,
        "1" + " + 1" * 40_000,
        "if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, 400)),
        "f'" + "{" * 5_000,
        "\\\n" * 50_000,
        "9" * 100_000,
        "def convolve(x, h):\n    return '" + "\\N{DIGIT ONE}" * 15_000 + "'",
        "=" * 100_000,
        "%" * 100_000 + "?",
        "a = " * 20_000 + "1",
        "lambda: " * 10_000 + "1",
        "x if y else " * 15_000 + "z",
    ],
    ids=range(14),
)
def test_code_made_to_break_parsers_is_kept_as_it_is(source):
    def trap(notebook):
        notebook["cells"][index_of(notebook, "convolve")]["source"] = source

    notebook, _ = repaired_with(trap)

    assert cell_of(notebook, "convolve")["source"] == source


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_no_change_of_bytes_is_a_crash(data):
    content = bytearray(undamaged()["convolution.ipynb"])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 300))
        content[at : at + length] = data.draw(st.binary(max_size=20))
    repaired = repair(
        [SubmittedFile("convolution.ipynb", len(content), bytes(content))], exercise()
    )

    assert set(repaired.notebooks) == set(exercise().notebooks)
    json.dumps(repaired.notebooks, allow_nan=False).encode("utf-8")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "cell_type",
                    "source",
                    "metadata",
                    "nbgrader",
                    "grade_id",
                    "id",
                    "tags",
                    "outputs",
                    "attachments",
                    "worksheets",
                    "input",
                    "kernelspec",
                    "language",
                    "nbformat",
                    "level",
                    "points",
                ]
            ),
            inner | st.sampled_from(["code", "markdown", "convolve", "test_convolve", 3, 4]),
            max_size=6,
        )
    ),
    max_leaves=40,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.fixed_dictionaries({"cells": st.lists(JSON, max_size=6) | JSON, "metadata": JSON}))
def test_no_json_value_is_a_crash(value):
    content = json.dumps(value).encode("utf-8", "surrogatepass")
    repaired = repair([SubmittedFile("convolution.ipynb", len(content), content)], exercise())

    json.dumps(repaired.notebooks, allow_nan=False).encode("utf-8")
