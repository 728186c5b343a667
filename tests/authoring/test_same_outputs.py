"""The plugin for nbval: the same for a reader is the same, and nothing else is."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import sys

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from nbformat.v4 import new_code_cell, new_notebook
from support.courses import REPOSITORY

from autograder.authoring import drawn
from autograder.authoring.same_outputs import why_different

TOLERANCE = 1e-6


@pytest.fixture
def saved(monkeypatch):
    """Saves a figure as text, as a notebook holds it; what it draws is recorded."""
    monkeypatch.setattr(FigureCanvasAgg, "print_png", FigureCanvasAgg.print_png)
    drawn.record()

    def save(draw, dpi: int = 100, **options) -> str:
        figure, axes = plt.subplots()
        draw(axes)
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=dpi, **options)
        plt.close(figure)
        return base64.b64encode(file.getvalue()).decode()

    return save


def bars(heights, color="C0", title="heights"):
    def draw(axes):
        axes.bar(range(len(heights)), heights, color=color)
        axes.set_title(title)

    return draw


def test_a_picture_in_another_size_is_the_same(saved):
    one, other = saved(bars([1, 3, 2])), saved(bars([1, 3, 2]), dpi=60, bbox_inches="tight")

    assert one != other and [] == why_different(one, other, TOLERANCE)


def test_rounding_makes_no_other_picture(saved):
    values = [1, 3 + 1e-9, 2]

    assert [] == why_different(saved(bars([1, 3, 2])), saved(bars(values)), TOLERANCE)


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (bars([1, 3.01, 2]), "patches"),
        (bars([1, 3, 2, 2]), "patches"),
        (bars([1, 3, 2], title="widths"), "title"),
        (bars([1, 3, 2], color="C1"), "patches"),
        (lambda axes: (bars([1, 3, 2])(axes), axes.set_yscale("log")), "scales"),
        (lambda axes: (bars([1, 3, 2])(axes), axes.plot([0, 1], [2, 2])), "lines"),
        (lambda axes: (bars([1, 3, 2])(axes), axes.set_xlim(0, 9)), "limits"),
    ],
)
def test_what_is_drawn_otherwise_is_named(saved, other, named):
    assert named in " ".join(why_different(saved(bars([1, 3, 2])), saved(other), TOLERANCE))


@pytest.mark.parametrize("change", [(0, 0), (299, 7), (150, 299)])
def test_one_pixel_of_a_large_image_counts(saved, change):
    image = np.random.default_rng(0).normal(size=(300, 300))
    changed = image.copy()
    changed[change] += 1

    one, other = (saved(lambda axes, shown=shown: axes.imshow(shown)) for shown in (image, changed))
    assert why_different(one, other, TOLERANCE)


def test_pictures_that_say_nothing_are_compared_by_their_pixels():
    def plain(color: str) -> str:
        file = io.BytesIO()
        figure, axes = plt.subplots(figsize=(1, 1))
        axes.plot([0, 1], color=color)
        figure.savefig(file, format="png")
        plt.close(figure)
        return base64.b64encode(file.getvalue()).decode()

    assert [] == why_different(plain("C0"), plain("C0"), TOLERANCE)
    assert why_different(plain("C0"), plain("C1"), TOLERANCE)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("mean 0.30000000000000004", "mean 0.3", True),
        ("mean 0.3", "mean 0.31", False),
        ("[1.0, 2.0]", "[1.0, 2.0, 3.0]", False),
        ("1.5 2.5", "2.5 1.5", False),
        ("5 of 8", "6 of 8", False),
        ("1e-17", "-2e-17", True),
        ("<function f at 0x7f3a5c0>", "<function f at 0x7e1b2d0>", True),
        ("Wall time: 3.2 ms", "Wall time: 9 ms", True),
        ("version 3.9.2", "version 3.10.1", False),
    ],
)
def test_texts_are_the_same_up_to_rounding_and_what_no_run_repeats(one, other, same):
    assert same == (not why_different(one, other, TOLERANCE))


def test_the_plugin_finds_the_one_notebook_that_draws_something_else(tmp_path):
    """Copied into another course, as its page says, with notebooks that were run elsewhere."""
    for name in ("drawn.py", "same_outputs.py"):
        shutil.copyfile(REPOSITORY / "autograder" / "authoring" / name, tmp_path / name)
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["same_outputs"]\n')
    source = (
        "import matplotlib.pyplot as plt\nplt.bar([0, 1], [1.0, {}])\nplt.show()\nprint(1 / {})"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    for name in ("same", "other"):
        notebook = new_notebook(cells=[new_code_cell(source.format(2, 3))])
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    names = [str(tmp_path / f"{name}.ipynb") for name in ("same", "other")]
    command = [sys.executable, str(tmp_path / "drawn.py"), *names]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    notebook = nbformat.read(names[1], as_version=4)
    notebook.cells[0].source = source.format(2.5, 3)
    nbformat.write(notebook, names[1])

    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", *names]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, text=True, capture_output=True, timeout=120
    )

    assert re.search(r"1 failed, 1 passed", done.stdout), done.stdout + done.stderr
    assert "other.ipynb::Cell 0" in done.stdout
