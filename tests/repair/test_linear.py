"""Whatever a file holds, reading it takes time in proportion to its size.

Each kind of input once took time with a power of its size, or stands beside one that did. What is
compared is the processor time for an input and for one four times as long, not a number of seconds.
"""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.repair import repair
from autograder.submission.files import SubmittedFile
from repair.damaged import index_of
from repair.damaged.undamaged import exercise, released

SHORT = 30_000
TIMES = 4
MOST = 3.0
"""How much longer than in proportion it may take: a square would be 4 times, a cube 16."""
NOISE = 0.1
"""Seconds that are too few to be measured."""

NOTEBOOKS = {
    "conflicts that begin": "<<<<<<< a\n",
    "conflicts without end": "<<<<<<< a\n=======\n",
    "conflicts with a base": "<<<<<<< a\n||||||| b\n=======\n",
    "conflict marks": "=======\n>>>>>>> b\n",
    "lists of Python": "{'a': [1, ",
    "bytes of Python": "b'x', ",
    "deep lists": "[",
    "deep objects": '{"cells": ',
    "cells that break off": '{"cells": [{"cell_type": "code", "source": [',
    "a long word": '{"cell_type":"code", a',
    "a word without end": "a",
    "comments": '{"cell_type": [/* , ',
    "like cells": '{"source":',
    "blanks": '{"cells": [ \n',
    "backslashes": '{"cells": ["\\',
    "divisions": "<html><div>",
    "page comments": "<html><!--",
    "declarations": "<html><!a",
    "attributes": "<html><a b='",
    "tags that end": "<html></a ",
    "scripts": "<html><script>",
    "ampersands": "<html><pre>&",
    "blocks of code": "<html><pre>a</pre>",
}
SCRIPTS = {
    "light": "# +\n",
    "light with blanks": "# +\n\n",
    "percent": "# %%\n",
    "prompts": "# In[1]:\n",
    "prompts and blanks": "# In[1]:\n\n \n",
    "prompts and comments": "# In[1]:\nx\n\n# a\n\n",
    "blanks": "x\n \n \n",
    "texts": '\n\n"""',
    "grade ids": '# %% "grade_id":"',
    "Databricks": "# COMMAND ----------\n",
    "marimo": "import marimo\napp = marimo.App()\n@app.cell\ndef _():\n    return\n",
}
TEXTS = {
    "blocks": "```python\n",
    "blocks in one line": "```{python ",
    "closed blocks": "```python\nx\n```\n",
    "tildes": "~~~ {.python}\n```\n",
    "heads": "---\na\n---a\n",
    "options": "```python\n:a\n",
}
CELLS = {
    "conflicts": "<<<<<<< a\n=======\n",
    "blocks": "```python\n",
    "prompts": ">>> ",
    "terminal": "\x1b[",
    "questions": "a b?",
    "brackets": ")?",
    "assignments": "a,",
    "page signs": "&lt;",
    "line breaks": "\\n",
    "quotes": "'''\"\"\"",
    "strings": 'f"{',
    "diff": "+x(\n",
    "functions": "def convolve(x, h):\n    return 1\n",
    "minus": "-",
    "parentheses": "(",
}


def repeated(text, size):
    """A text of this size: what repeats is the last of its parts that can."""
    head = ""
    for start in ("<html>", '{"cells": [', '{"cell_type":"code", ', '{"cell_type": [', "{'a': ["):
        if text.startswith(start) and len(text) > len(start):
            head, text = start, text.removeprefix(start)
    return head + text * (size // len(text))


def with_answer(text):
    notebook = released(exercise().notebooks["convolution"])
    notebook["cells"][index_of(notebook, "convolve")]["source"] = text
    return json.dumps(notebook)


def with_cells(sources):
    notebook = released(exercise().notebooks["convolution"])
    empty = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"] += [empty | {"source": source} for source in sources]
    return json.dumps(notebook)


LOCKED = "".join(exercise().notebooks["convolution"].cells[1].source)
INPUTS = {
    **{f"notebook: {k}": ("convolution.ipynb", lambda n, t=t: repeated(t, n))
       for k, t in NOTEBOOKS.items()},
    **{f"script: {k}": ("convolution.py", lambda n, t=t: repeated(t, n))
       for k, t in SCRIPTS.items()},
    **{f"text: {k}": ("convolution.md", lambda n, t=t: repeated(t, n)) for k, t in TEXTS.items()},
    **{f"cell: {k}": ("convolution.ipynb", lambda n, t=t: with_answer(repeated(t, n)))
       for k, t in CELLS.items()},
    **{f"cells: {k}": ("convolution.ipynb",
                       lambda n, t=t: with_cells([repeated(t, 200)] * (n // 200)))
       for k, t in CELLS.items()},
    "cells: similar": ("convolution.ipynb", lambda n: with_cells(
        f"def convolve(x, h):\n    return {k}" for k in range(n // 100))),
    "cells: incomplete": ("convolution.ipynb", lambda n: with_cells(
        ["def f(x):\n  ("] * (n // 100))),
    "cells: merged": ("convolution.ipynb", lambda n: with_answer(
        "\n".join([LOCKED] * (n // len(LOCKED))))),
}  # fmt: skip


def seconds(path, text):
    content = text.encode()
    start = time.process_time()
    repair([SubmittedFile(path, len(content), content)], exercise())
    return time.process_time() - start


@pytest.mark.parametrize(("path", "made"), INPUTS.values(), ids=INPUTS)
def test_four_times_the_size_takes_about_four_times_as_long(path, made):
    for _ in range(3):  # the machine may have been busy
        short, long = seconds(path, made(SHORT)), seconds(path, made(TIMES * SHORT))
        if long <= NOISE + MOST * TIMES * short:
            return
    pytest.fail(f"{long:.2f} s for {TIMES} times of what took {short:.2f} s")


def test_many_files_that_import_many_take_no_power_of_their_number():
    def files(count):
        lines = "\n".join(f"import m{k}" for k in range(count))
        parts = {"convolution.ipynb": with_answer(lines)}
        parts |= {f"m{k}.py": f"import m{k + 1}" for k in range(count)}
        return [SubmittedFile(path, len(text), text.encode()) for path, text in parts.items()]

    def taken(count):
        start = time.process_time()
        repair(files(count), exercise())
        return time.process_time() - start

    assert taken(2000) <= NOISE + MOST * TIMES * taken(500)


_PIECES = st.sampled_from(
    ["<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "||||||| c\n", "```python\n", "```\n", "~~~\n"]
    + ["# +\n", "# -\n", "# %%\n", "# In[1]:\n", "\n", " ", "x = 1\n", '"""', "'", '"', "{", "}"]
    + [
        "[",
        "]",
        ":",
        ",",
        '"cells"',
        '"cell_type"',
        '"source"',
        '"code"',
        "\\",
        "/*",
        "*/",
        "<div>",
    ]
    + [
        "<pre>",
        "</pre>",
        "def convolve(x, h):\n",
        "    return x\n",
        "(",
        ")",
        "\t",
        "\x00",
        "\u2028",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["a.ipynb", "a.py", "a.md", "a.html", "a.txt", "a.json"]),
    st.lists(_PIECES, max_size=40).map("".join),
)
def test_no_text_stops_the_repair(path, text):
    """A file may hold anything: it is read, or it is said why not."""
    content = text.encode("utf-8", "replace")

    repaired = repair([SubmittedFile(path, len(content), content)], exercise())

    assert set(repaired.notebooks) == set(exercise().notebooks)
    assert [file.path for file in repaired.received] == [path]
