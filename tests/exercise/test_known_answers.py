"""How files of known answers are read."""

from __future__ import annotations

import pytest

from autograder.exercise.known_answers import Answer, AnswerFileError, read_answers

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


VARIANTS = (Answer("double", "plain", ("def double(x):\n    y = x + x\n    return y",)),)
CHANGES = """
# %% tripled from plain
# You take it
# three times.
# with: negative
#-    y = x + x
#+    y = x + x + x

# %% negative from plain
# The sign is wrong.
# with: listed
#-    return y
#+    return -y

# %% listed
def double(x):
    '''You return a list.'''
    return [2 * x]

# %% tripled + listed from listed
#-    return [2 * x]
#+    return [3 * x]
"""
SLIPS = {"listed": (("return -y", "return [-y]"),)}


def read(tmp_path, text, slips=SLIPS):
    path = tmp_path / "double.py"
    path.write_text(text)
    return {one.name: one for one in read_answers(path, "double", ("double",), VARIANTS, slips)}


def test_a_mistake_is_its_change_to_a_right_answer(tmp_path):
    answers = read(tmp_path, CHANGES)

    assert answers["tripled"].cells == ("def double(x):\n    y = x + x + x\n    return y",)
    assert answers["tripled"].hints == ("You take it three times.",)
    assert answers["tripled + listed"].cells == ("def double(x):\n    return [3 * x]",)


def test_combinations_are_made_from_the_changes_and_where_they_clash_from_slips(tmp_path):
    answers = read(tmp_path, CHANGES)

    both = answers["tripled + negative"]
    assert both.cells == ("def double(x):\n    y = x + x + x\n    return -y",)
    assert both.hints == ("You take it three times.", "The sign is wrong.")
    assert answers["negative + listed"].cells == ("def double(x):\n    y = x + x\n    return [-y]",)
    with pytest.raises(AnswerFileError, match=r"negative \+ listed cannot be made"):
        read(tmp_path, CHANGES, {})


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("#-    y = x + x\n", "#-    z = 1\n", "'z = 1' stands 0 times in plain, not once"),
        ("from plain\n# The", "from plan\n# The", "changes plan, which is neither a variant nor"),
        ("from plain\n# The", "from negative\n# The", "negative changes itself"),
        ("#+    return -y", "#+    return -", "block negative is no Python"),
        ("#+    return -y", "    return -y", "begin with #-, #\\+ or #"),
        ("#-    return y\n#+    return -y", "", "block negative changes nothing of plain"),
        ("with: negative", "with: nobody", "combines nobody, which has no hint"),
        ("with: negative", "with: listed", "written and named in a 'with:'"),
        ("# The sign is wrong.\n# with: listed\n", "", "combines negative, which has no hint"),
    ],
)
def test_a_change_that_does_not_fit_is_one_line(tmp_path, old, new, words):
    assert old in CHANGES

    with pytest.raises(AnswerFileError, match=words):
        read(tmp_path, CHANGES.replace(old, new, 1))
