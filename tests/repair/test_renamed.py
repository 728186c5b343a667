"""A renamed function, or one for a newer Python, is an answer: it is judged, and it is said."""

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.repair import repair
from autograder.repair.reading.newer_python import in_older_words
from repair.damaged import index_of, submitted, write
from repair.damaged.undamaged import exercise, released, undamaged


def repaired_with(notebook, **sources):
    """The answers' texts and the remarks, for a notebook with these answers."""
    content = released(exercise().notebooks[notebook])
    for id, source in sources.items():
        content["cells"][index_of(content, id)]["source"] = source
    files = undamaged() | {f"{notebook}.ipynb": write(content)}
    repaired = repair(submitted(files), exercise())
    found = {cell["id"]: cell["source"] for cell in repaired.notebooks[notebook]["cells"]}
    return found, [remark for remark in repaired.remarks if remark.task in sources]


@pytest.mark.parametrize(
    "source",
    [
        "def convolution(x, h):\n    return np.convolve(x, h, 'valid')",
        "def konvolve(signal, kernel, flip=True):\n    return np.convolve(signal, kernel, 'valid')",
        "def flip(h):\n    return h[::-1]\n\n\n"
        "def conv(x, h):\n    return np.correlate(x, flip(h), 'valid')",
        "def dot(a, b):\n    return a @ b\n\n\ndef conv(x, h):\n    return np.array([dot(x, h)])",
        "def convolve_1d(*args):\n    return np.convolve(*args, 'valid')",
    ],
    ids=["other name", "misspelt", "with a helper", "helper with as many", "any number"],
)
def test_a_renamed_function_is_judged_under_its_own_name(source):
    found, (remark,) = repaired_with("convolution", convolve=source)

    own = [node.name for node in ast.parse(source).body][-1]
    assert found["convolve"] == f"{source}\n\n\nconvolve = {own}"
    assert f"defines {own}, not convolve" in remark.sentence
    assert (remark.kind, remark.urgency, remark.points) == ("repaired", 2, 2.0)


@pytest.mark.parametrize(
    ("head", "parameters", "call"),
    [
        ("@staticmethod", "x, h", "Layer.convolve"),
        ("@classmethod", "cls, x, h", "Layer.convolve"),
        ("# bound", "self, x, h", "Layer().convolve"),
        ("def __init__(self, size=3):\n        pass\n", "self, x, h", "Layer().convolve"),
    ],
)
def test_a_method_of_the_right_name_is_judged(head, parameters, call):
    source = (
        f"class Layer:\n    {head}\n    def convolve({parameters}):\n"
        "        return np.convolve(x, h, 'valid')"
    )

    found, (remark,) = repaired_with("convolution", convolve=source)

    assert found["convolve"] == f"{source}\n\n\nconvolve = {call}"
    assert f"defines {call}, not convolve" in remark.sentence


def test_a_method_of_a_class_that_needs_something_is_left_to_a_person():
    source = "class A:\n    def __init__(self, h): pass\n    def convolve(self, x, h): return x"

    found, (remark,) = repaired_with("convolution", convolve=source)

    assert found["convolve"] == source
    assert (remark.kind, remark.urgency) == ("noticed", 2)


def test_two_renamed_functions_are_told_apart_by_their_names():
    source = (
        "def count_convolutional_parameters(D, K):\n    return K\n\n\n"
        "def count_parameters_dense(D, K):\n    return D * (D - K + 1)"
    )

    found, remarks = repaired_with("convolution", count_parameters=source)

    assert found["count_parameters"].endswith(
        "count_dense_parameters = count_parameters_dense\n"
        "count_convolution_parameters = count_convolutional_parameters"
    )
    assert len(remarks) == 2


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def one(x, h):\n    return x\n\n\ndef two(x, h):\n    return h", "defines one and two"),
        ("def norm(x):\n    return x", "defines norm, not convolve"),
        ("y = np.convolve([1, 2], [3])", "holds code, and does not define convolve"),
        ("def convolve(x, h)\n    return x", "is not Python as it stands: expected ':' in line 1"),
    ],
    ids=["two that fit", "none that fits", "no function", "no Python"],
)
def test_what_stands_there_instead_is_said_and_the_answer_left_as_it_is(source, said):
    found, (remark,) = repaired_with("convolution", convolve=source)

    assert found["convolve"] == source
    assert said in remark.sentence
    assert remark.urgency == 2


def test_the_other_functions_of_the_exercise_are_no_renamed_answers():
    """Who copies the cell of another task into this one has not answered this one."""
    source = "def batch_norm(H, gamma, theta):\n    return gamma * H + theta"

    found, _ = repaired_with("batch_norm", standardize=source, batch_norm=source)

    assert "standardize = batch_norm" not in found["standardize"]


@pytest.mark.parametrize("text", ["", "# nothing yet", "    \n"])
def test_an_empty_cell_is_unanswered_without_a_word(text):
    assert repaired_with("convolution", convolve=text)[1] == []


NEWER = {
    "quotes": ('f"{"a" + ", ".join(["b", "c"])}"', "ab, c"),
    "backslash": ("f\"{'\\n'.join(['a', 'b'])}\"", "a\nb"),
    "nested": ('f"{f"{f"{1 + 1}"}"}"', "2"),
    "comment": ('f"{\n  1 + # one\n  2\n}"', "3"),
    "format": ('f"{3:{"5"}d}|{"x"!r}|{{}}"', "    3|'x'|{}"),
}


@pytest.mark.parametrize(("newer", "value"), NEWER.values(), ids=NEWER)
def test_a_formatted_string_of_python_3_12_says_the_same(newer, value):
    assert eval(in_older_words(newer)) == value


@pytest.mark.parametrize(
    ("newer", "value"),
    [
        ("def f[T](x: T) -> T:\n    return x\nvalue = f(3)", 3),
        ("class A[T: int, *U]:\n    x = 4\nvalue = A.x", 4),
        ("type V[T] = list[T] if False else list\nvalue = V", list),
        ("try:\n    1 / 0\nexcept ValueError, ZeroDivisionError:\n    value = 5", 5),
    ],
)
def test_words_of_a_newer_python_do_the_same(newer, value):
    namespace = {"T": int}
    exec(in_older_words(newer), namespace)

    assert namespace["value"] == value


def test_an_answer_for_a_newer_python_is_read_and_it_is_said():
    source = (
        "def convolve[T](x: T, h: T) -> T:\n"
        '    print(f"{" ".join(map(str, x))}")\n'
        "    return np.convolve(x, h, 'valid')"
    )

    content = released(exercise().notebooks["convolution"])
    content["cells"][index_of(content, "convolve")]["source"] = source
    repaired = repair(submitted(undamaged() | {"convolution.ipynb": write(content)}), exercise())
    cells = {cell["id"]: cell["source"] for cell in repaired.notebooks["convolution"]["cells"]}

    ast.parse(cells["convolve"])
    said = any("words of a newer Python" in remark.sentence for remark in repaired.remarks)
    assert said == (sys.version_info < (3, 12))


_CODE = st.lists(
    st.sampled_from(
        [
            'f"',
            "f'",
            '"',
            "'",
            '"""',
            "{",
            "}",
            "{{",
            "\\",
            "#",
            "\n",
            "[",
            "]",
            "x",
            "!r",
            ":",
            " ",
        ]
    ),
    max_size=60,
).map("".join)


@given(_CODE)
def test_no_text_breaks_the_translation(code):
    in_older_words(code)


@given(_CODE)
def test_code_that_this_python_reads_keeps_its_meaning(code):
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return

    assert ast.dump(ast.parse(in_older_words(code))) == ast.dump(tree)
