"""Repair leaves alone what is not broken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.repair import repair
from autograder.repair.receipt import receipt_markdown
from repair.damaged import read, submitted, write
from repair.damaged.undamaged import answered, exercise, released, undamaged

NAMES = tuple(exercise().notebooks)


@pytest.fixture(scope="module")
def repaired():
    return repair(submitted(undamaged()), exercise())


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_student_is_unchanged_byte_for_byte(repaired, name):
    handed_in = read(undamaged()[f"{name}.ipynb"])

    for before, after in zip(handed_in["cells"], repaired.notebooks[name]["cells"], strict=True):
        assert before["id"] == after["id"]
        assert before["cell_type"] == after["cell_type"]
        assert before["source"] == after["source"]


def test_there_is_nothing_to_remark(repaired):
    assert repaired.remarks == ()
    assert all(file.used_as == file.path.removesuffix(".ipynb") for file in repaired.received)


def test_the_receipt_is_one_line(repaired):
    receipt = receipt_markdown(repaired.received, repaired.remarks, "in a sandbox", {"numpy": "2"})

    assert len(receipt.splitlines()) == 1


def test_repairing_twice_is_repairing_once(repaired):
    files = {f"{n}.ipynb": json.dumps(nb).encode() for n, nb in repaired.notebooks.items()}
    twice = repair(submitted(files), exercise())

    assert twice.notebooks == repaired.notebooks
    assert twice.remarks == ()


@pytest.mark.parametrize("lost", ["nothing", "ids", "ids and tags", "order"])
def test_predictions_are_kept_as_the_student_wrote_them(lost):
    """They are no cells of the exercise, so nothing is put in their place, wherever they stand."""
    files, written = {}, {}
    for name, source in exercise().notebooks.items():
        notebook = answered(source)
        for known in source.cells:
            if known.is_prediction:
                [cell] = [one for one in notebook["cells"] if one["id"] == known.id]
                cell["source"] = f"I predict that {known.id} goes up."
                written[cell["source"]] = name
                if lost == "order":
                    notebook["cells"].remove(cell)
                    notebook["cells"].append(cell)
        for number, cell in enumerate(notebook["cells"]):
            if lost.startswith("ids"):
                cell["id"] = f"other-{number}"
            if lost.endswith("tags"):
                cell["metadata"] = {k: v for k, v in cell["metadata"].items() if k != "tags"}
        files[f"{name}.ipynb"] = write(notebook)

    repaired = repair(submitted(files), exercise())

    assert len(written) == 11
    for text, name in written.items():
        assert 1 == [one["source"] for one in repaired.notebooks[name]["cells"]].count(text)
    assert not [remark for remark in repaired.remarks if remark.urgency]


def test_an_untouched_release_is_unanswered_and_nothing_is_amiss():
    files = {f"{n}.ipynb": write(released(s)) for n, s in exercise().notebooks.items()}
    repaired = repair(submitted(files), exercise())

    assert repaired.remarks == ()
    assert set(repaired.answers.values()) == {frozenset()}


def test_the_students_own_cells_keep_no_metadata(repaired):
    own = [
        cell
        for notebook in repaired.notebooks.values()
        for cell in notebook["cells"]
        if cell["id"].startswith(("my-", "scratch-"))
    ]

    assert own
    assert all(cell["metadata"] == {"autograder": {"own": True}} for cell in own)


def test_a_redefinition_after_the_test_stays_where_it_is():
    """Playing on below the test is no second answer."""
    files = undamaged()
    notebook = answered(exercise().notebooks["convolution"])
    play = {"cell_type": "code", "id": "play", "metadata": {}, "outputs": []}
    play |= {"source": "def convolve(x, h):\n    return x", "execution_count": None}
    notebook["cells"].append(play)
    files["convolution.ipynb"] = write(notebook)
    repaired = repair(submitted(files), exercise())

    assert repaired.remarks == ()
    assert repaired.notebooks["convolution"]["cells"][-1]["id"] == "play"


def test_the_notebooks_are_valid_for_nbformat(repaired):
    nbformat = pytest.importorskip("nbformat")

    for notebook in repaired.notebooks.values():
        nbformat.validate(nbformat.from_dict(notebook))


def test_checksums_are_those_of_nbgrader(repaired):
    utils = pytest.importorskip("nbgrader.utils")
    nbformat = pytest.importorskip("nbformat")

    for name, source in exercise().notebooks.items():
        cells = {cell["id"]: cell for cell in repaired.notebooks[name]["cells"]}
        for original in source.exercise_cells:
            released_cell = nbformat.from_dict(cells[original.id] | {"source": original.released})
            expected = utils.compute_checksum(released_cell)

            assert expected == cells[original.id]["metadata"]["nbgrader"]["checksum"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("for i in range(3):\n    print(i)", "    x = 5"),
        ("text = 'a'", "%%writefile a.py\ndef convolve(x, h):\n    return 0"),
        ("x = 1", "x = = 2"),
        ("import time", "%%time\nx = 1"),
        ("!ls", "await asyncio.sleep(0)"),
    ],
)
def test_neighbouring_cells_that_are_complete_are_not_joined(first, second):
    notebook = answered(exercise().notebooks["convolution"])
    for k, source in enumerate((first, second)):
        cell = {"cell_type": "code", "id": f"own-{k}", "metadata": {}, "outputs": []}
        notebook["cells"].append(cell | {"source": source, "execution_count": None})
    files = undamaged() | {"convolution.ipynb": write(notebook)}
    repaired = repair(submitted(files), exercise())

    assert repaired.remarks == ()
    assert [c["source"] for c in repaired.notebooks["convolution"]["cells"]][-2:] == [first, second]


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=200
).filter(str.strip)
"""What a student may write into a text cell, line ends of other systems left out."""


@settings(max_examples=60, deadline=None, derandomize=True)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), place=st.integers(0, 20))
def test_any_text_of_the_student_is_kept_byte_for_byte(texts, place):
    notebook = answered(exercise().notebooks["convolution"])
    cells = [
        {"cell_type": "markdown", "id": f"text-{k}", "metadata": {}, "source": text}
        for k, text in enumerate(texts)
    ]
    notebook["cells"][place:place] = cells
    files = undamaged() | {"convolution.ipynb": write(notebook)}
    fixed = repair(submitted(files), exercise())
    kept = {cell["id"]: cell["source"] for cell in fixed.notebooks["convolution"]["cells"]}

    assert [kept[cell["id"]] for cell in cells] == texts
    again = {f"{n}.ipynb": json.dumps(nb).encode() for n, nb in fixed.notebooks.items()}
    assert repair(submitted(again), exercise()).notebooks == fixed.notebooks


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(["x", "rows", "my_result"]),
    value=st.one_of(st.integers(), st.floats(allow_nan=False), st.text(max_size=40), st.binary()),
    tabs=st.booleans(),
)
def test_code_that_is_python_is_kept_byte_for_byte(name, value, tabs):
    indent = "\t" if tabs else "  "
    code = f"if True:\n{indent}{name} = {value!r}  # “mine” – 1\u00a0\u200b"
    notebook = answered(exercise().notebooks["convolution"])
    cell = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": []}
    notebook["cells"].append(cell | {"source": code, "execution_count": None})
    files = undamaged() | {"convolution.ipynb": write(notebook)}
    fixed = repair(submitted(files), exercise())

    assert fixed.remarks == ()
    assert fixed.notebooks["convolution"]["cells"][-1]["source"] == code
