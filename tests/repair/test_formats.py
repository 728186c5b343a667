"""Notebooks kept as text are read: each format that is claimed, with a cell of each kind."""

from __future__ import annotations

import pytest

from autograder.repair import repair
from autograder.repair.reading.scripts import markdown_cells, read_markdown, read_script
from repair.damaged import submitted
from repair.damaged.undamaged import exercise

CONVOLVE = "def convolve(x, h):\n    return np.convolve(x, h, 'valid')"
INDENTED = CONVOLVE.replace("\n", "\n    ")

MARIMO = f'''import marimo

__generated_with = "0.9.14"
app = marimo.App(width="medium")

with app.setup:
    import numpy as np


@app.cell(hide_code=True)
def _(mo):
    mo.md(
        r"""
        # Convolution
        """
    )
    return


@app.cell
def _(
    np,
):  # what it needs
    # the sum
    {INDENTED}
    return (convolve,)


@app.function
def helper(a):
    return a


@app.cell
def _(convolve):
    convolve([1], [1])
    return


app._unparsable_cell(
    r"""
    def half(
    """,
    name="_",
)

if __name__ == "__main__":
    app.run()
'''

AROUND = {
    "MyST": ("a.md", "```{code-cell} ipython3\n:tags: [hide-input]\n\n", "```\n\n+++\n"),
    "MyST with metadata": ("a.md", "```{code-cell}\n---\na: b\n---\n", '```\n\n+++ {"c": 1}\n'),
    "Quarto": ("a.qmd", "```{python}\n", "```\n"),
    "R Markdown": ("a.Rmd", "```{python, echo=FALSE}\n", "```\n"),
    "Pandoc": ("a.md", ":::: {#b .cell .code}\n``` {.python .numberLines}\n", "```\n::::\n"),
    "Pandoc's tildes": ("a.md", "~~~~ python\n", "~~~~\n"),
    "jupytext Markdown": ("a.md", '```python id="b"\n', "```\n"),
    "GitHub": ("a.md", "```py\n", "```\n"),
}
TEXTS = {
    name: (path, f"---\ntitle: x\n---\n# Title\n\n{before}{CONVOLVE}\n{after}\nText.\n")
    for name, (path, before, after) in AROUND.items()
}


@pytest.mark.parametrize(("path", "text"), TEXTS.values(), ids=TEXTS)
def test_a_markdown_format_gives_its_cells(path, text):
    cells = read_markdown(path, text).cells

    assert [(cell.kind, cell.source) for cell in cells] == [
        ("markdown", "# Title"),
        ("code", CONVOLVE),
        ("markdown", "Text."),
    ]


@pytest.mark.parametrize(("path", "text"), TEXTS.values(), ids=TEXTS)
def test_what_a_markdown_format_answers_is_graded(path, text):
    repaired = repair(submitted({path: text.encode()}), exercise())

    assert "convolve" in repaired.answers["convolution"]


def test_a_marimo_notebook_gives_its_cells():
    cells = read_script("a.py", MARIMO).cells

    assert [(cell.kind, cell.source) for cell in cells] == [
        ("code", "import numpy as np"),
        ("markdown", "# Convolution"),
        ("code", f"# the sum\n{CONVOLVE}"),
        ("code", "def helper(a):\n    return a"),
        ("code", "convolve([1], [1])"),
        ("code", "def half("),
    ]


def test_what_a_marimo_notebook_answers_is_graded_and_it_is_said_what_it_is():
    repaired = repair(submitted({"work.py": MARIMO.encode()}), exercise())

    assert "convolve" in repaired.answers["convolution"]
    assert any("is a marimo notebook" in remark.sentence for remark in repaired.remarks)


@pytest.mark.parametrize("language", ["r", "{r}", "{bash}", "julia", "mypython"])
def test_code_in_another_language_is_no_python(language):
    cells = markdown_cells(f"```{language}\nx <- 1\n```\n")

    assert [cell.kind for cell in cells] == ["markdown"]


def test_a_block_that_nothing_closes_is_text_and_the_next_one_is_code():
    cells = markdown_cells("~~~~python\nx\n\n```python\ny\n```\n~~~\n")

    assert [(cell.kind, cell.source) for cell in cells] == [
        ("markdown", "~~~~python\nx"),
        ("code", "y"),
        ("markdown", "~~~"),
    ]


def test_a_longer_fence_closes_a_block_and_a_shorter_one_does_not():
    cells = markdown_cells("````python\n```\n`````\n")

    assert [(cell.kind, cell.source) for cell in cells] == [("code", "```")]


def test_text_before_the_first_unindented_line_of_a_script_is_kept():
    (cell, after) = read_script("a.py", "\n\n    x = 1\n\ny = 2\n").cells

    assert (cell.source, after.source) == ("    x = 1", "y = 2")
