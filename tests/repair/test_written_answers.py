"""A written answer is shown to the grader, whatever kind of cell or attachment it was put in."""

from __future__ import annotations

import json

import pytest

from autograder.repair import Repaired, repair
from autograder.repair.reading.words import words_in_code
from autograder.sanitize.notebooks import harmless_notebook
from repair.damaged import index_of, own_cell, submitted, write
from repair.damaged.undamaged import exercise, released

TASK = "explain_parameter_sharing"
WORDS = "One kernel is used in all places, so D does not matter."
PICTURE = {"image/png": "iVBORw0KGgo="}


def repaired(change) -> Repaired:
    notebook = released(exercise().notebooks["convolution"])
    change(notebook["cells"], index_of(notebook, TASK))
    return repair(submitted({"convolution.ipynb": write(notebook)}), exercise())


def answer(result: Repaired) -> dict:
    cells = result.notebooks["convolution"]["cells"]
    (cell,) = [cell for cell in cells if cell["id"] == TASK]
    return cell


def assert_answered(result: Repaired) -> None:
    assert TASK in result.answers["convolution"]
    assert answer(result)["cell_type"] == "markdown"


@pytest.mark.parametrize(
    "source",
    [
        f"# {WORDS}",
        f'"""{WORDS}"""',
        f'"""\n{WORDS}\n"""\n',
        f'print("{WORDS}")',
        f'answer = "{WORDS}"',
        f'print("{WORDS[:20]}" + "{WORDS[20:]}")',
        f'Markdown("{WORDS}")',
        f"%%markdown\n{WORDS}",
    ],
)
@pytest.mark.parametrize("stub", ["left", "emptied", "deleted"])
def test_words_in_a_code_cell_are_the_answer(source, stub):
    def change(cells, k):
        cells.insert(k + 1, own_cell(source))
        if stub == "emptied":
            cells[k]["source"] = ""
        elif stub == "deleted":
            del cells[k]

    result = repaired(change)

    assert_answered(result)
    assert WORDS[:20] in answer(result)["source"] and WORDS[20:] in answer(result)["source"]
    assert "#" not in answer(result)["source"] and "print" not in answer(result)["source"]
    assert any("found by its place" in remark.sentence for remark in result.remarks)


@pytest.mark.parametrize(
    "source",
    [
        "# ok",
        "print('done')",
        "x = 1  # what is tried here is nothing",
        "print(x)",
        f"import numpy as np\n# {WORDS}",
        "%%bash\n# what is tried here is nothing\n",
        "def f():\n    'what is tried here is nothing'",
    ],
)
def test_a_code_cell_that_does_something_is_no_written_answer(source):
    result = repaired(lambda cells, k: cells.insert(k + 1, own_cell(source)))

    assert TASK not in result.answers["convolution"]
    assert source in [cell["source"] for cell in result.notebooks["convolution"]["cells"]]


def test_an_answer_s_cell_that_became_code_shows_its_words():
    def change(cells, k):
        cells[k] |= {"cell_type": "code", "source": f"# {WORDS}", "outputs": []}

    result = repaired(change)

    assert_answered(result)
    assert answer(result)["source"] == WORDS


@pytest.mark.parametrize("text", ["", "YOUR ANSWER HERE"])
@pytest.mark.parametrize("name", ["photo.png", "my photo (1).png", "Größe.png"])
def test_an_answer_that_is_a_picture_only_is_seen(text, name):
    def change(cells, k):
        cells[k] |= {"source": text, "attachments": {name: PICTURE}}

    result = repaired(change)

    assert_answered(result)
    (shown,) = answer(result)["attachments"]
    assert f"![{shown}](attachment:{shown})" in answer(result)["source"]
    safe = harmless_notebook(result.notebooks["convolution"])
    (cell,) = [cell for cell in safe["cells"] if cell.get("id") == TASK]
    assert f"attachment:{shown}" in cell["source"] and list(cell["attachments"]) == [shown]


def test_a_picture_in_a_cell_below_the_empty_answer_is_seen():
    def change(cells, k):
        cells.insert(k + 1, own_cell("", "markdown") | {"attachments": {"a.png": PICTURE}})

    result = repaired(change)

    assert_answered(result)
    assert "attachment:a.png" in answer(result)["source"]


def test_a_picture_that_the_text_shows_already_is_shown_once():
    text = f"{WORDS}\n\n![a](attachment:a.png)"

    result = repaired(lambda cells, k: cells[k].update(source=text, attachments={"a.png": PICTURE}))

    assert answer(result)["source"] == text


def test_an_attachment_that_is_no_picture_is_named():
    pdf = {"application/pdf": "JVBERi0="}

    result = repaired(lambda cells, k: cells[k].update(source="", attachments={"scan.pdf": pdf}))

    assert_answered(result)
    assert "scan.pdf" in answer(result)["source"]


def test_repairing_what_was_repaired_changes_nothing():
    first = repaired(lambda cells, k: cells[k].update(source="", attachments={"a b.png": PICTURE}))
    content = json.dumps(first.notebooks["convolution"]).encode()

    again = repair(submitted({"convolution.ipynb": content}), exercise())

    assert again.notebooks["convolution"] == first.notebooks["convolution"]


def test_what_is_put_into_a_text_keeps_its_place():
    assert words_in_code('print(f"It has {K} weights")') == "It has {K} weights"
    assert words_in_code("# first this\nprint('then that one')\n# at last") == (
        "first this\nthen that one\nat last"
    )
