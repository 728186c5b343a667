"""Whatever a notebook shows, making it safe takes time in proportion to its size."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sanitize.filters import clean_html, markdown
from autograder.sanitize.notebooks import MAX_MARKDOWN_CHARACTERS, harmless_notebook

SHORT = 25_000
TIMES = 4
MOST = 3.0
"""How much longer than in proportion it may take: a square would be 4 times, a cube 16."""
NOISE = 0.1
"""Seconds that are too few to be measured."""

PIECES = [
    *("<", "<!--", "<a ", "<a href='", "<b>", "</b>", "<div>", "</div>", "<img src=", "<img ", "&"),
    *("&#", "&lt;", "<script>", "</script>", "<style>", "<table><td>", "<svg><math>", "<p style='"),
    *("![", "[a](", "](", "[a]: ", "`", "```", "~~~", "$", "$$", "\\(", "\\begin{a}", "*", "**"),
    *("_", "> ", "- ", "1. ", "    ", "\n", "\n\n", " ", "\t", "| a ", "|--", "#", "\\", "\x1b["),
    *("\x1b[31m", "\x1b]", "\x1b", "\x00", "javascript:", "data:", "attachment:x", "\\href", '"'),
    *("<p style='color:red;", "(((", "calc(", "/*", "src=", "alt=", "é", "\u202e", "<details>"),
]


def notebook(text):
    """A notebook that shows the text in each place where a student can bring some."""
    data = {"text/plain": text, "text/html": text, "text/latex": text, "text/markdown": text}
    outputs = [
        {"output_type": "display_data", "data": data, "metadata": {}},
        {"output_type": "stream", "name": "stdout", "text": text},
        {"output_type": "error", "ename": text, "evalue": text, "traceback": [text]},
        {"output_type": "display_data", "data": {"image/svg+xml": text}, "metadata": {}},
    ]
    written = {"cell_type": "markdown", "metadata": {}, "source": text}
    return {"cells": [written, {"cell_type": "code", "source": text, "outputs": outputs}]}


def cleaned(text):
    harmless_notebook(notebook(text))
    clean_html(text)


def shown(text):
    """As feedback shows a written answer: only this much of it is read as Markdown."""
    markdown(harmless_notebook(notebook(text))["cells"][0]["source"], {})


def seconds(do, text):
    start = time.process_time()
    do(text)
    return time.process_time() - start


def repeated(piece, size):
    return piece * (size // len(piece))


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_four_times_the_size_takes_about_four_times_as_long(piece):
    for _ in range(3):  # the machine may have been busy
        short = seconds(cleaned, repeated(piece, SHORT))
        long = seconds(cleaned, repeated(piece, TIMES * SHORT))
        if long <= NOISE + MOST * TIMES * short:
            return
    pytest.fail(f"{long:.2f} s for {TIMES} times of what took {short:.2f} s")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join))
def test_no_mixture_takes_long(text):
    assert seconds(cleaned, repeated(text, SHORT)) < 2
    assert seconds(shown, repeated(text, SHORT)) < 8


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_the_longest_markdown_is_shown_in_seconds(piece):
    assert seconds(shown, repeated(piece, MAX_MARKDOWN_CHARACTERS - 100)) < 8
