"""Cells that were prepared in the fork server give what they give without that."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.exercise.source_notebooks import load_exercise
from autograder.sandbox import open_sandbox

SOURCE = Path(__file__).parents[2] / "source"
BEFORE = {
    "nothing": "",
    "another cell": "x = 1\nx",
    "a changed compiler": "from __future__ import annotations",
    "a transformer of trees": (
        "import ast\n"
        "class Silent(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node):\n"
        "        return ast.copy_location(ast.Pass(), node)\n"
        "get_ipython().ast_transformers.append(Silent())"
    ),
    "a transformer of lines": (
        "get_ipython().input_transformers_post.append("
        "lambda lines: [line.replace('assert', 'print') for line in lines])"
    ),
    "a cleanup of lines": (
        "get_ipython().input_transformer_manager.cleanup_transforms.append("
        "lambda lines: [line.replace('assert', 'print') for line in lines])"
    ),
}


@pytest.fixture(scope="module")
def exercise():
    return load_exercise("exercise09", SOURCE)


@pytest.fixture(scope="module")
def factories(exercise):
    found = [open_sandbox(cells=cells) for cells in ((), exercise.released_code)]
    for _ in range(len(exercise.released_code) + 2):  # each prepares for tracebacks through a cell
        found[1].open().close()
    yield found
    for factory in found:
        factory.close()


def outputs(factory, cells: list[str]) -> list:
    session = factory.open()
    try:
        return [(run.ended, run.outputs) for run in map(session.run_cell, cells)]
    finally:
        session.close()


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("name", ["convolution", "batch_norm"])
def test_outputs_are_the_same(factories, exercise, name, before):
    cells = [
        cell
        for cell in exercise.notebooks[name].cells
        if cell.cell_type == "code" and "picture" not in cell.tags
    ]
    sources = [cell.released for cell in cells] + [cell.solved for cell in cells]
    sources = [BEFORE[before], *sources]

    plain, known = (outputs(factory, sources) for factory in factories)

    assert known == plain
    assert {"ok", "error"} <= {ended for ended, _ in plain} or "transformer of" in before


def test_cells_as_they_were_released_are_known(exercise, factories):
    count = "len(get_ipython().compile._trees), len(get_ipython().compile._codes)"
    none, some = (outputs(factory, [count])[0][1] for factory in factories)

    assert none[0]["data"]["text/plain"] == "(0, 0)"
    trees, codes = eval(some[0]["data"]["text/plain"])
    assert trees == len(set(exercise.released_code))
    assert codes > trees


def test_tracebacks_through_cells_as_they_were_released_are_known(exercise, factories):
    count = "import sys; len(sys.modules['inside.ipython_patches']._sources)"
    none, some = (outputs(factory, [count])[0][1] for factory in factories)

    assert none[0]["data"]["text/plain"] == "0"
    may_fail = {
        cell
        for cell in exercise.released_code
        if any(line.strip().startswith(("assert", "raise")) for line in cell.split("\n"))
    }
    assert int(some[0]["data"]["text/plain"]) == len(may_fail) >= 20
