"""What a page shows of a notebook is cleaned: formatting stays, what could run does not."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from nbconvert.exporters import HTMLExporter

from autograder.course.course import open_course
from autograder.feedback import clean_html, markdown_to_clean_html
from autograder.sanitize.formulas import ATTRIBUTES, ELEMENTS
from autograder.sanitize.safe_html import in_a_box

HARMFUL = [
    "<script>steal()</script>",
    '<img src="x" onerror="steal()">',
    '<a href="javascript:steal()">here</a>',
    '<a href="data:text/html,<script>steal()</script>">here</a>',
    '<iframe src="https://example.org"></iframe>',
    '<object data="x"></object>',
    '<svg onload="steal()"></svg>',
    '<form action="https://example.org"><input></form>',
    '<meta http-equiv="refresh" content="0;url=https://example.org">',
    '<link rel="stylesheet" href="https://example.org/x.css">',
    '<div style="background:url(https://example.org/x)">x</div>',
    '<img src="https://example.org/seen.png">',
    "<math><mtext><style><img title='</style><img src=x onerror=steal()>'>",
]


class Context(dict):
    eval_ctx = None


@pytest.mark.parametrize("html", HARMFUL)
def test_what_could_run_or_load_something_is_taken_out(html):
    for cleaned in (clean_html(html), markdown_to_clean_html(Context(), html)):
        # What is left of it is text, in which < and > are written as entities.
        tags = [part.split(">")[0] for part in cleaned.split("<")[1:]]
        for word in (
            "script",
            "onerror",
            "onload",
            "javascript",
            "data:text",
            "example.org",
            "form",
        ):
            assert not [tag for tag in tags if word in tag], cleaned


def test_tables_with_inline_styles_and_embedded_pictures_stay():
    html = (
        '<table><thead><tr><th style="text-align: left">claim</th></tr></thead></table>'
        '<p><strong>3 of 4</strong></p><img alt="a" src="data:image/png;base64,AAAA">'
        '<pre style="white-space: pre-wrap">x</pre>'
    )

    assert in_a_box(html) == clean_html(html)
    assert clean_html(html) == clean_html(clean_html(html))


def test_nothing_closes_the_box_that_it_stands_in():
    for text in ("</div></div></section><p>x</p>", "<div><div>x", "<!-- <p>x</p>", "<table>x"):
        page = clean_html(text)
        depths, depth = [], 0
        for tag in re.findall(r"<(/?)div\b", page):
            depth += -1 if tag else 1
            depths.append(depth)

        assert page.startswith('<div class="contained" style="contain:layout paint style;')
        assert page.endswith("</div>")
        assert 0 == depths[-1] and 0 not in depths[:-1]


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes, as a browser reads them."""

    @classmethod
    def of(cls, page: str) -> list[tuple[str, list[str]]]:
        reader = cls()
        reader.found = []
        reader.feed(page)
        return reader.found

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, [name for name, _ in attrs]))


def shown(source: str) -> str:
    """What stands in the box."""
    page = markdown_to_clean_html(Context(), source)
    before, after = in_a_box("|").split("|")
    assert page.startswith(before) and page.endswith(after)
    return page.removeprefix(before).removesuffix(after)


def test_a_formula_is_shown_without_a_script():
    assert (
        '<p>See <math display="inline"><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>.</p>'
    ) == shown(r"See $a < b$.").strip()
    assert '<math display="block">' in shown("$$x_i$$")
    assert "<mtable>" in shown("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}")


def test_bold_letters_are_bold_without_a_style():
    assert "\U0001d416" in shown(r"$\mathbf{W_h}$")
    assert "\U0001d738" in shown(r"$\boldsymbol{\gamma}$")


def test_every_formula_of_the_notebooks_is_understood(exercise):
    for source in exercise.notebooks.values():
        for cell in source.cells:
            if cell.cell_type == "markdown":
                text = re.sub(r"<pre.*?</pre>|<code>.*?</code>", "", shown(cell.source), flags=re.S)
                assert "$" not in text, cell.id
                assert "\\" not in text, cell.id


@pytest.mark.parametrize(
    "formula",
    [
        r"\href{javascript:steal()}{x}",
        r"\style{background:url(https://example.org)}{x}",
        r"\text{<script>steal()</script>}",
        r"\text{&lt;script&gt;steal()&lt;/script&gt;}",
        r"x' onmouseover='steal()",
    ],
)
def test_a_formula_brings_no_script_along(formula):
    for source in (f"${formula}$", f"![${formula}$](data:image/png;base64,AAAA)", f"$${formula}$$"):
        for tag, attributes in Tags.of(shown(source)):
            assert tag in {"p", "img"} | ELEMENTS
            assert set(attributes) <= {"src", "alt"} | ATTRIBUTES


@pytest.mark.parametrize(
    "formula",
    [
        r"\unheardof{x}",
        r"\def\a{\b\b}\def\b{\a\a}\a",
        "{" * 1500 + "}" * 1500,
    ],
)
def test_a_formula_that_is_not_understood_stays_as_it_was_written(formula):
    assert formula in html.unescape(shown(f"See ${formula}$."))


def test_formgrader_shows_the_marking_scheme_and_feedback_does_not(exercise, graded, monkeypatch):
    """Both pages are made by the same exporter from the same notebook."""
    course, _ = graded
    monkeypatch.chdir(course)
    config = open_course(course).config
    exporter = HTMLExporter(config=config)
    notebook = course / "autograded" / "ada" / "exercise09" / "convolution.ipynb"
    where = {"assignment_id": "exercise09", "notebook_id": "convolution"}

    formgrader, _ = exporter.from_filename(str(notebook), {**where, "submission_id": "1"})
    feedback, _ = exporter.from_filename(str(notebook), {"nbgrader": where})

    assert formgrader.count("only instructors see this") == 1
    for words in ("0.5: both counts", "is welcome but not required"):
        assert words in exercise.notebooks["convolution"].text
        assert words in formgrader
        assert words not in feedback
