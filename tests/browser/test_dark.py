"""Notebooks in JupyterLab's dark theme, as they come: with outputs, and not trusted."""

from __future__ import annotations

import io
import itertools
import json
import re
import shutil
from contextlib import closing

import numpy as np
import pytest
from PIL import Image
from support.courses import ASSIGNMENT, REPOSITORY, first_mistake

from autograder.exercise.source_notebooks import load_exercise
from autograder.grading.grade import grade_submission
from autograder.sandbox import open_sandbox
from autograder.submission.files import SubmittedFile

from .lab import Desk, Notebook

CONTRAST = """one => {
    const light = colour => {
        const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(part => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const ground = element => {
        const colour = getComputedStyle(element).backgroundColor;
        const clear = colour === "transparent" || /, 0\\)$/.test(colour);
        return clear && element.parentElement ? ground(element.parentElement) : colour;
    };
    const pair = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
}"""
"""The contrast between an element's text and what is behind it, as WCAG 2 defines it."""


@pytest.fixture(scope="module")
def dark(desk: Desk):
    desk.open("lab?reset")
    desk.page.locator(".jp-Launcher, .jp-DirListing").first.wait_for()
    desk.menu("Settings", "Theme", "JupyterLab Dark")
    desk.page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    yield desk
    desk.open("lab?reset")
    desk.menu("Settings", "Theme", "JupyterLab Light")
    desk.page.locator("body[data-jp-theme-light=true]").wait_for(state="attached")


@pytest.fixture(scope="module", params=["convolution", "batch_norm"])
def solutions(dark: Desk, request) -> Notebook:
    path = f"solutions-{request.param}.ipynb"
    shutil.copyfile(
        REPOSITORY / "solutions" / ASSIGNMENT / f"{request.param}.ipynb", dark.root / path
    )
    notebook = dark.open_notebook(path)
    dark.page.locator(".jp-OutputArea-output img").nth(4).wait_for()
    # Formulas move what is below them as long as they are being set.
    dark.page.wait_for_function(
        "() => ![...document.querySelectorAll('.jp-RenderedMarkdown')]"
        ".some(one => one.innerText.includes('\\\\mathbf'))"
    )
    return notebook


def on_screen(picture) -> np.ndarray:
    """The grey values that a person sees, once nothing around the picture moves any more."""
    before, now = b"", picture.screenshot()
    while before != now:
        picture.page.wait_for_timeout(200)
        before, now = now, picture.screenshot()
    return np.asarray(Image.open(io.BytesIO(now)).convert("L"))


def test_pictures_have_white_behind_them(dark, solutions):
    pictures = solutions.page.locator(".jp-OutputArea-output img")

    assert pictures.count() in (5, 6)
    for picture in pictures.all():
        pixels = on_screen(picture)
        assert (pixels[4, 4:-4] > 250).all() and (pixels[-4, 4:-4] > 250).all()
        assert 0.02 < (pixels < 128).mean() < 0.5


def test_what_pictures_show_reaches_screen_readers(solutions):
    outputs = solutions.page.locator(".jp-OutputArea-output")

    pictures = outputs.locator("img").count()
    assert pictures == outputs.get_by_role("img", name=re.compile(r"^(\S+\s+){15}")).count() > 0


def test_headings_go_down_one_level_at_a_time(solutions):
    headings = solutions.page.locator(".jp-Notebook").get_by_role("heading")
    levels = [int(tag[1]) for tag in headings.evaluate_all("all => all.map(one => one.tagName)")]

    assert 1 == levels[0] and 1 == levels.count(1)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_wrong_entries_of_a_matrix_are_marked_and_readable(dark):
    exercise = load_exercise(ASSIGNMENT, REPOSITORY / "source")
    files = [
        SubmittedFile(name, len(text), text.encode())
        for name, text in first_mistake(exercise, {}, "convolution_matrix").items()
    ]
    with closing(open_sandbox()) as sandbox:
        result = grade_submission(files, exercise, sandbox)
    [graded] = [one.content for one in result.notebooks if one.name == "convolution"]
    (dark.root / "graded.ipynb").write_text(json.dumps(graded), encoding="utf-8")
    notebook = dark.open_notebook("graded.ipynb")
    verdict = notebook.cell("# convolution_matrix: 4 points.").locator(".jp-OutputArea-output")
    table = verdict.locator("table").nth(1)
    table.scroll_into_view_if_needed()

    wrong = table.locator("td").filter(has_text="✗")
    assert 4 == wrong.count()
    assert {"3px"} == {
        one.evaluate("one => getComputedStyle(one).borderTopWidth") for one in wrong.all()
    }
    for entry in table.locator("th, td:not(:empty)").all():
        assert entry.evaluate(CONTRAST) > 4.5, entry.inner_text()
