"""How files of known answers are read."""

from __future__ import annotations

import pytest

from autograder.exercise.known_answers import AnswerFileError, read_answers

TEXT = '''"""Wrong answers to double."""

# %% tripled
def double(x):
    """You take it
    three times."""
    return 3 * x


# %% negative
def helper(x):
    """Not the hint."""
    return -x


# %%+
def double(x):
    """The sign is wrong."""
    return helper(2 * x)


# %% tripled + negative
def double(x):
    return -3 * x
'''


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "double.py"
    path.write_text(TEXT)
    return path


def test_answers_have_names_cells_and_hints(file):
    tripled, negative, both = read_answers(file, "double", ("double",))

    assert tripled.cells == ("def double(x):\n    return 3 * x",)
    assert tripled.hints == ("You take it three times.",)
    assert len(negative.cells) == 2
    assert '"""Not the hint."""' in negative.cells[0]
    assert negative.hints == ("The sign is wrong.",)
    assert both.parts == ("tripled", "negative")
    assert both.hints == ("You take it three times.", "The sign is wrong.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# %% a\ndef f(:\n", "block a is no Python"),
        ("# %% a\nx = 1\n# %% a\nx = 2\n", "a name of its own"),
        ("# %%\nx = 1\n", "a name of its own"),
        ("# %% a + b\nx = 1\n", "combines a, b, which has no hint"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, text, words):
    path = tmp_path / "f.py"
    path.write_text(text)

    with pytest.raises(AnswerFileError, match=words.replace("+", r"\+")):
        read_answers(path, "f", ("f",))


def test_no_file_is_no_answers(tmp_path):
    assert read_answers(tmp_path / "none.py", "f", ("f",)) == ()
