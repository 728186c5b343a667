"""The pictures of the solved notebooks: contrast, colours, gradients, reproducibility."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle, StepPatch
from matplotlib.text import Text

from benchmarks.visible_checks import exercise

DRAWN = [
    (name, cell.source.split("(")[1].split(")")[0])
    for name, notebook in exercise().notebooks.items()
    for cell in notebook.cells
    if "picture" in cell.tags and "tabulate" not in cell.source
]


@functools.cache
def solved(name: str) -> dict[str, Any]:
    """The names of a notebook with all answers written."""
    names: dict[str, Any] = {"__name__": "__main__", "display": lambda *shown, **how: None}
    for cell in exercise().notebooks[name].cells:
        if cell.cell_type == "code" and not cell.is_graded and "picture" not in cell.tags:
            exec(cell.solved, names)
    return names


@pytest.fixture(scope="module", params=DRAWN, ids=lambda one: one[1])
def figure(request):
    notebook, draw = request.param
    drawn = solved(notebook)[draw]()
    drawn.draw_without_rendering()
    yield drawn
    plt.close("all")


def light(colour) -> float:
    """The relative luminance of WCAG 2."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(parts, [0.2126, 0.7152, 0.0722]))


def contrast(one, other) -> float:
    pair = sorted((light(one), light(other)))
    return (pair[1] + 0.05) / (pair[0] + 0.05)


def ground(text: Text) -> Any:
    """The colour behind a text: that of the square in which it stands, else white."""
    if text.axes is None or text.get_transform() != text.axes.transData:
        return "white"
    at = text.get_transform().transform(text.get_position())
    for patch in text.axes.patches:
        if isinstance(patch, Rectangle) and patch.get_window_extent().contains(*at):
            return patch.get_facecolor()
    return "white"


def seen(figure: Figure, kind: type) -> list[Any]:
    return [one for one in figure.findobj(kind) if one.get_visible()]


def test_text_stands_out(figure):
    texts = [one for one in seen(figure, Text) if one.get_text().strip()]

    assert texts
    for text in texts:
        assert contrast(text.get_color(), ground(text)) >= 4.5, text.get_text()


def test_lines_stand_out(figure):
    for line in seen(figure, Line2D):
        assert line.get_alpha() in (None, 1)
        assert contrast(line.get_color(), "white") >= 3
    for outline in seen(figure, StepPatch):
        if not outline.get_fill():
            assert contrast(outline.get_edgecolor(), "white") >= 3
    assert not seen(figure, PathCollection)


def test_curves_of_one_chart_differ_by_more_than_their_colour(figure):
    for ax in figure.axes:
        lines = [one for one in ax.lines if not one.get_label().startswith("_")]
        looks = {
            (one.get_color(), str(one._dash_pattern), one.get_linewidth(), one.get_marker())
            for one in lines
        }
        assert len(lines) == len(looks)


@pytest.mark.parametrize("name", exercise().notebooks)
def test_nothing_but_the_pictures_is_drawn_by_the_folded_cell(name):
    """What students are to write stands in no helper: a name of a task is only called there."""
    source = exercise().notebooks[name].by_id["pictures"].source

    for tasks in exercise().tasks.values():
        for task in tasks.values():
            for function in task.functions:
                assert f"def {function}(" not in source


def test_the_gradient_that_trains_the_network_is_that_of_its_loss():
    names = solved("batch_norm")
    rng = np.random.default_rng(5)
    x, side = names["spirals"](rng, 12)

    def network():
        made = names["Network"](1.3, True, layers=2, width=4)
        made.gamma += np.random.default_rng(6).normal(0, 0.3, made.gamma.shape)
        made.theta += np.random.default_rng(7).normal(0, 0.3, made.theta.shape)
        return made

    def loss(made):
        return np.logaddexp(0, -side * made.f(x, test_mode=False)).mean()

    rate, trained = 1e-7, network()
    trained.train(x, side, rate)
    before = network()
    for part in ("gamma", "theta", "last", "W"):
        arrays = getattr(before, part) if part == "W" else [getattr(before, part)]
        after = getattr(trained, part) if part == "W" else [getattr(trained, part)]
        for k, array in enumerate(arrays):
            for at in list(np.ndindex(array.shape))[::3]:
                made, step = network(), 1e-6
                moved = (getattr(made, part) if part == "W" else [getattr(made, part)])[k]
                moved[at] += step
                up = loss(made)
                moved[at] -= 2 * step
                numeric = (up - loss(made)) / (2 * step)
                assert numeric == pytest.approx((array[at] - after[k][at]) / rate, abs=2e-6)


def test_in_test_mode_an_output_depends_on_its_own_example_alone():
    names = solved("batch_norm")
    network, rng = names["Network"](1, True, layers=2), np.random.default_rng(3)
    for _ in range(20):
        network.train(*names["spirals"](rng, 32))
    x, _ = names["spirals"](rng, 16)
    together = network.f(x, test_mode=True)

    assert np.allclose([network.f(one[None], test_mode=True)[0] for one in x], together)
    assert not np.allclose(network.f(x[:4], test_mode=False), network.f(x, test_mode=False)[:4])


def test_training_gives_the_same_picture_where_rounding_differs():
    """Other processors add in another order: what is drawn must not depend on it."""
    names = solved("batch_norm")
    x, side = names["spirals"](np.random.default_rng(9), 128)
    for scale, normalize in [(0.2, True), (0.5, True), (5, True), (5, False)]:
        curves = []
        for shift in (0, 1e-15):
            network = names["Network"](scale, normalize)
            network.W[0] = network.W[0] * (1 + shift)
            curves.append([network.train(x, side)[0] for _ in range(200)])

        assert np.abs(np.subtract(*curves)).max() < 1e-4


def test_what_the_text_says_about_the_training_is_so():
    names = solved("batch_norm")
    x, side = names["spirals"](np.random.default_rng(9), 128)

    def last(scale, normalize):
        network = names["Network"](scale, normalize)
        return np.mean([network.train(x, side)[0] for _ in range(200)][-10:])

    without = {scale: last(scale, False) for scale in (0.2, 0.5, 1, 2)}
    assert abs(without[0.2] - np.log(2)) < 0.01
    assert without[0.5] > 0.15
    assert max(without[1], without[2]) < 0.03
    assert max(last(scale, True) for scale in (0.2, 1, 5)) < 0.03
