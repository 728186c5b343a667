"""Notebooks are written byte for byte as nbformat writes them."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.grading.notebook_text import notebook_text

SOLUTIONS = sorted((Path(__file__).parents[2] / "solutions").rglob("*.ipynb"))

TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\n\r\t\x0b\x0c\x1c\x85\u2028"\\/'),
    max_size=20,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
METADATA = st.dictionaries(
    TEXT | st.sampled_from(["trusted", "tags", "signature", "orig_nbformat"]), JSON, max_size=3
)
MIME = st.sampled_from(
    [
        "text/plain",
        "text/html",
        "image/png",
        "image/svg+xml",
        "application/json",
        "application/javascript",
        "application/vnd.custom+json",
    ]
)
BUNDLE = st.dictionaries(MIME, TEXT | JSON, max_size=3)
LINES = TEXT | st.lists(TEXT, max_size=3)


def output(kind: str, **fields) -> st.SearchStrategy:
    return st.fixed_dictionaries({"output_type": st.just(kind)} | fields)


OUTPUT = (
    output("stream", name=st.just("stdout"), text=LINES)
    | output("display_data", data=BUNDLE, metadata=METADATA)
    | output("execute_result", data=BUNDLE, metadata=METADATA, execution_count=st.just(3))
    | output("error", ename=TEXT, evalue=TEXT, traceback=st.lists(TEXT, max_size=2))
)
CELL = st.fixed_dictionaries(
    {
        "cell_type": st.just("code"),
        "id": TEXT,
        "metadata": METADATA,
        "source": LINES,
        "outputs": st.lists(OUTPUT, max_size=3),
        "execution_count": st.none() | st.integers(),
    }
) | st.fixed_dictionaries(
    {"cell_type": st.just("markdown"), "id": TEXT, "metadata": METADATA, "source": LINES},
    optional={"attachments": st.dictionaries(TEXT, BUNDLE, max_size=2)},
)
NOTEBOOK = st.fixed_dictionaries(
    {
        "cells": st.lists(CELL, max_size=4),
        "metadata": METADATA,
        "nbformat": st.just(4),
        "nbformat_minor": st.just(5),
    }
)


@settings(max_examples=200, deadline=None)
@given(NOTEBOOK)
def test_the_text_of_any_notebook_is_nbformats(content):
    before = json.dumps(content)
    by_nbformat = nbformat.v4.writes(nbformat.from_dict(content))

    text = notebook_text(content)

    assert text == by_nbformat + "\n"
    assert json.dumps(content) == before


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.name)
def test_the_text_of_the_solutions_is_nbformats(path):
    notebook = nbformat.read(path, as_version=4)

    text = notebook_text(json.loads(json.dumps(notebook)))

    assert text == nbformat.writes(notebook) + "\n"
