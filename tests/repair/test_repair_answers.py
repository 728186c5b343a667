"""Answers are found by id, then by what they define, then by their place; never in quotations."""

from __future__ import annotations

import pytest

from autograder.repair import repair
from autograder.repair.matching.order import longest_increasing
from autograder.repair.reading.python_text import PythonText
from repair.damaged import index_of, own_cell, submitted, write
from repair.damaged.undamaged import answered, exercise, released, undamaged

CONVOLVE = "def convolve(x, h):\n    return np.convolve(x, h, mode='valid')"


def release_with(change):
    """What the repaired convolution notebook has for convolve, the rest being unanswered."""
    notebook = released(exercise().notebooks["convolution"])
    change(notebook["cells"], index_of(notebook, "convolve"))
    files = undamaged() | {"convolution.ipynb": write(notebook)}
    repaired = repair(submitted(files), exercise())
    found = {cell["id"]: cell["source"] for cell in repaired.notebooks["convolution"]["cells"]}
    answer = found["convolve"] if "convolve" in repaired.answers["convolution"] else None
    return answer, [cell["source"] for cell in repaired.notebooks["convolution"]["cells"]]


@pytest.mark.parametrize(
    "quotation",
    [
        own_cell(f'text = """\n{CONVOLVE}\n"""'),
        own_cell("# " + CONVOLVE.replace("\n", "\n# ")),
        own_cell(f"I tried\n\n{CONVOLVE}\n\nbut it fails.", "markdown"),
        own_cell(f"```python\n{CONVOLVE}\n```\n\nSee above.", "markdown"),
        own_cell("%%writefile answer.py\n" + CONVOLVE),
        own_cell("%%html\n<pre>\n" + CONVOLVE + "\n</pre>"),
        own_cell("class Mine:\n    " + CONVOLVE.replace("\n", "\n    ")),
        own_cell("convolve(x, h)"),
        own_cell("def convolve(x, h):\n    raise NotImplementedError"),
    ],
    ids=range(9),
)
def test_what_only_quotes_an_answer_is_none(quotation):
    def change(cells, k):
        cells.append(quotation)

    answer, _ = release_with(change)

    assert answer is None


@pytest.mark.parametrize(
    "source",
    [
        CONVOLVE,
        "%%time\n" + CONVOLVE,
        "%matplotlib inline\n!pip install scipy\n" + CONVOLVE,
        "import scipy\n\n" + CONVOLVE + "\n\nprint(convolve([1], [1]))",
        "convolve = lambda x, h: np.convolve(x, h, 'valid')",
        "@functools.cache\n" + CONVOLVE,
    ],
    ids=range(6),
)
def test_an_answer_in_a_cell_of_its_own_is_found_by_what_it_defines(source):
    def change(cells, k):
        cells.append(own_cell(source))

    assert release_with(change)[0] == source


def test_of_several_answers_the_last_one_stands_and_the_others_are_kept():
    def change(cells, k):
        cells[k]["source"] = CONVOLVE.replace("np.", "1 * np.")
        cells.insert(k + 1, cells[k] | {"source": CONVOLVE, "id": "second"})

    answer, sources = release_with(change)

    assert answer == CONVOLVE
    assert sources.index(CONVOLVE.replace("np.", "1 * np.")) < sources.index(CONVOLVE)


def test_an_answer_that_is_not_python_is_shown_as_it_is():
    def change(cells, k):
        cells[k]["source"] = "def convolve(x, h)\n    return 1"

    assert release_with(change)[0] == "def convolve(x, h)\n    return 1"


def test_an_answer_without_any_id_that_is_not_python_is_found_by_its_place():
    def change(cells, k):
        cells[k] = own_cell("def convolve(x, h)\n    return 1")

    assert release_with(change)[0] == "def convolve(x, h)\n    return 1"


def test_helper_cells_stay_before_the_answer_that_needs_them():
    helper = "def reverse(h):\n    return np.asarray(h)[::-1]"
    answer = "def convolve(x, h, flip=reverse):\n    return np.correlate(x, flip(h), 'valid')"

    def change(cells, k):
        cells += [own_cell(helper), own_cell("unused = 1"), own_cell(answer)]

    found, sources = release_with(change)

    assert found == answer
    assert sources.index(helper) < sources.index(answer) < sources.index("unused = 1")


def test_answers_are_taken_from_a_second_copy_where_the_first_has_none():
    one = released(exercise().notebooks["convolution"])
    other = released(exercise().notebooks["convolution"])
    one["cells"][index_of(one, "convolve")]["source"] = CONVOLVE
    counts = (
        "def count_dense_parameters(D, K): return 1\n"
        "def count_convolution_parameters(D, K): return K"
    )
    other["cells"][index_of(other, "count_parameters")]["source"] = counts
    files = {"convolution.ipynb": write(one), "convolution (1).ipynb": write(other)}
    repaired = repair(submitted(files), exercise())

    assert repaired.answers["convolution"] == {"convolve", "count_parameters"}
    assert any("was taken from" in remark.sentence for remark in repaired.remarks)


def test_the_newest_of_equal_copies_is_graded_and_said():
    notebook = answered(exercise().notebooks["convolution"])
    files = {"convolution.ipynb": write(notebook)}
    notebook["cells"][index_of(notebook, "convolve")]["source"] = CONVOLVE
    files["convolution (2).ipynb"] = write(notebook)
    repaired = repair(submitted(files), exercise())
    used = {file.path: file.used_as for file in repaired.received}

    assert used == {"convolution (2).ipynb": "convolution", "convolution.ipynb": ""}
    assert any(
        remark.urgency == 2 and "other answers" in remark.sentence for remark in repaired.remarks
    )


def test_pictures_in_a_written_answer_are_kept():
    notebook = answered(exercise().notebooks["convolution"])
    cell = notebook["cells"][index_of(notebook, "explain_parameter_sharing")]
    cell["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}, "b.svg": {"image/svg+xml": "x"}}
    repaired = repair(submitted({"convolution.ipynb": write(notebook)}), exercise())
    (found,) = [one for one in repaired.notebooks["convolution"]["cells"] if "attachments" in one]

    assert found["attachments"] == {"a.png": {"image/png": "iVBORw0KGgo="}}


def test_extracting_takes_along_what_a_function_needs():
    text = PythonText(
        "import math\nimport os\nc = 2\n\ndef helper(a):\n    return c * math.sqrt(a)\n\n"
        "@staticmethod\ndef f(a):\n    return helper(a)\n\ndef g():\n    return f(1)"
    )
    extracted = text.extract(["f"])

    assert PythonText(extracted).defines == {"math", "c", "helper", "f"}
    assert "@staticmethod" in extracted


def test_the_longest_increasing_selection_uses_each_cell_once():
    pairs = [(0, 5), (0, 1), (1, 2), (2, 9), (3, 3), (4, 2), (5, 4)]

    assert longest_increasing(pairs) == [(0, 1), (1, 2), (3, 3), (5, 4)]
