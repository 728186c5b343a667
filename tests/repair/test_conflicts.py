"""Both sides of a merge conflict, as git writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.repair.reading.conflicts import sides

CONFLICT = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n"


@pytest.mark.parametrize(
    ("text", "both"),
    [
        (f"a\n{CONFLICT}b", ("a\nours\nb", "a\ntheirs\nb")),
        (CONFLICT * 2, ("ours\n" * 2, "theirs\n" * 2)),
        (CONFLICT.replace("=", "||||||| base\nold\n=", 1), ("ours\n", "theirs\n")),
        (CONFLICT.rstrip("\n"), ("ours\n", "theirs\n")),
        ("<<<<<<< one\n" + CONFLICT, ("<<<<<<< one\nours\n", "<<<<<<< one\ntheirs\n")),
        (CONFLICT + "<<<<<<< two\nx", ("ours\n<<<<<<< two\nx", "theirs\n<<<<<<< two\nx")),
        ("<<<<<<< HEAD\nours\n=======\ntheirs", None),
        ("a\n=======\nb\n>>>>>>> c\n", None),
        ("", None),
    ],
)
def test_each_side_has_its_own_lines_and_all_that_is_common(text, both):
    assert sides(text) == both


@given(st.lists(st.sampled_from(["<<<<<<<", "|||||||", "=======", ">>>>>>>", "a", ""])))
def test_no_line_comes_from_nowhere_and_without_a_conflict_all_stay(lines):
    text = "".join(f"{line}\n" for line in lines)

    both = sides(text)

    if both is not None:
        assert all(set(side.split("\n")) <= set(text.split("\n")) for side in both)
        assert all(side.count("a") <= text.count("a") for side in both)
